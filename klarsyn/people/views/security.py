"""One's own security: password, second factors, recovery codes, sessions."""

from __future__ import annotations

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import (
    clear_totp_secret,
    get_totp_secret,
)
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.qr import picture
from klarsyn.people import entering, passwords, throttle, unlocked
from klarsyn.people.access import shown_factor_required, staff, staff_required, step_up_required
from klarsyn.people.factors import codes, held, passkeys
from klarsyn.people.forms import AppForm, NewPasswordForm, PasskeyForm
from klarsyn.people.models import User
from klarsyn.people.queries import words_of_key
from klarsyn.people.sessions import list_sessions, sign_out_everywhere
from klarsyn.people.views.way import onward, wanted

PAGES = ["GET", "HEAD", "POST"]
CODES = "new_recovery_codes"  # shown on the next page alone


@require_safe
@staff_required()
def overview(request: HttpRequest) -> HttpResponse:
    user = staff(request)
    page = {
        "factors": held.list_factors(user), "codes_left": codes.recovery_codes_left(user),
        "sessions": list_sessions(user, request.session.session_key),
        "needs_factor": user.needs_second_factor,
        "is_unlocked": unlocked.keys_of(request) is not None,
        "key_words": words_of_key(user),
    }  # fmt: skip
    return render(request, "people/security.html", page)


@require_http_methods(PAGES)
@staff_required()
@shown_factor_required
def password(request: HttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (response := _changed(request, form)) is not None:
        return response
    return render(request, "people/password.html", {"form": form}, status=422 if form.errors else 200)


def _changed(request: HttpRequest, form: NewPasswordForm) -> HttpResponse | None:
    """The same keys under the new password, in a new session; every other session has ended."""
    user, data = staff(request), form.cleaned_data
    key = throttle.key_of(user.username, request)
    if throttle.wait_until(key, throttle.now()):
        form.add_error("old", _("För många försök. Vänta en stund och försök sedan igen."))
        return None
    try:
        keys = passwords.change_password(user=user, old=data["old"], new=data["new"])
    except Refused as weak:
        form.add_error("new", str(weak))
        return None
    if keys is None:
        throttle.note_failure(key, throttle.now())
        form.add_error("old", _("Lösenordet stämmer inte. Inget är ändrat."))
        return None
    response = redirect("people:security")
    entering.begin_anew(request, user)
    unlocked.keep(request, response, keys)
    messages.success(request, _("Lösenordet är bytt. Du är utloggad överallt utom här."))
    return response


@require_http_methods(PAGES)
@staff_required(before_second_factor=True)
@shown_factor_required
@step_up_required
def add_app(request: HttpRequest) -> HttpResponse:
    """A secret for an app that shows one-time codes; kept when the app's first code is right."""
    user, form = staff(request), AppForm(request.POST or None)
    secret = get_totp_secret(regenerate=False)
    if request.method == "POST" and form.is_valid():
        if codes.add_app(user, secret, form.cleaned_data["code"]):
            clear_totp_secret(request)
            return _added(request, user, "totp")
        form.add_error("code", _("Koden stämmer inte. Kontrollera telefonens klocka och skriv nästa kod."))
    address = get_adapter().build_totp_url(user, secret)
    page = {"form": form, "next": wanted(request), "secret": _in_fours(secret), "picture": picture(address)}
    return render(request, "people/add_app.html", page, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(before_second_factor=True)
@shown_factor_required
@step_up_required
def add_passkey(request: HttpRequest) -> HttpResponse:
    user, form = staff(request), PasskeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if passkeys.add(user, form.cleaned_data["answer"], form.cleaned_data["name"]):
            return _added(request, user, "webauthn")
        form.add_error(None, _("Passnyckeln gav inget svar. Inget är sparat. Försök igen."))
    page = {"form": form, "next": wanted(request), "passkey_options": passkeys.options_to_add(user)}
    return render(request, "people/add_passkey.html", page, status=422 if form.errors else 200)


def _added(request: HttpRequest, user: User, kind: str) -> HttpResponse:
    """A new factor counts as shown; the first one brings recovery codes."""
    request.session[entering.FACTOR] = kind
    entering.step_up(request)
    if codes.recovery_codes_left(user):
        messages.success(request, _("Den är tillagd."))
        return redirect(onward(request))
    return _with_codes(request, user)


@require_POST
@staff_required()
@shown_factor_required
@step_up_required
def remove_factor(request: HttpRequest, pk: int) -> HttpResponse:
    user = staff(request)
    if user.needs_second_factor and len(held.list_factors(user)) < 2:
        raise Refused(
            _("Din roll behöver en andra faktor. Inget är ändrat. Lägg till en ny och ta sedan bort den här.")
        )
    with transaction.atomic():
        kind = held.remove(user, pk)
        if not kind:
            raise Http404
        record(action="factor.remove", by=user.pseudonym, object=kind)
    return redirect("people:security")


@require_POST
@staff_required()
@shown_factor_required
@step_up_required
def renew_codes(request: HttpRequest) -> HttpResponse:
    if not held.kinds(staff(request)):
        raise Http404
    return _with_codes(request, staff(request))


def _with_codes(request: HttpRequest, user: User) -> HttpResponse:
    with transaction.atomic():
        request.session[CODES] = codes.new_recovery_codes(user)
        record(action="factor.codes", by=user.pseudonym)
    request.session["after_codes"] = wanted(request)
    return redirect("people:recovery_codes")


@require_safe
@staff_required(before_second_factor=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes, this once: they leave the session as they are shown."""
    fresh = request.session.pop(CODES, None)
    if fresh is None:
        return redirect("people:security")
    page = {"codes": fresh, "next": onward(request, request.session.pop("after_codes", ""))}
    return render(request, "people/recovery_codes.html", page)


@require_POST
@staff_required(before_second_factor=True)
def leave_everywhere(request: HttpRequest) -> HttpResponse:
    user, response = staff(request), redirect("people:sign_in")
    with transaction.atomic():
        sign_out_everywhere(user)
        record(action="sign_out.everywhere", by=user.pseudonym)
    request.session.flush()
    unlocked.forget(request, response)
    return response


def _in_fours(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
