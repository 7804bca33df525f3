"""In and out: password, second factor, the demonstration's one click, the vault after a federated sign-in."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.people import demo, entering, throttle, unlocked
from klarsyn.people.access import staff, staff_required
from klarsyn.people.factors import held, passkeys
from klarsyn.people.forms import FactorForm, PasswordForm, SignInForm
from klarsyn.people.models import User
from klarsyn.people.outside import leaving
from klarsyn.people.queries import list_demo_cast
from klarsyn.people.views.way import onward, wanted

PAGES = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(PAGES)
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        response = HttpResponse(status=302)
        is_in = entering.begin(request, response, form.user, form.keys, wanted(request))
        response["Location"] = onward(request) if is_in else redirect("people:second_factor").url
        return _known(response, form.user) if is_in else response
    page = {
        "form": form, "demo_cast": list_demo_cast(), "demo_password": demo.DEMO_PASSWORD,
        "next": wanted(request),
        "has_oidc": bool(settings.OIDC_ISSUER), "has_saml": bool(settings.SAML_IDP_METADATA),
    }  # fmt: skip
    return render(request, "people/sign_in.html", page, status=422 if form.errors else 200)


@never_cache
@require_http_methods(PAGES)
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step; also for somebody signed in who got a role that needs it. Who has none sets one up."""
    waiting = entering.halfway(request)
    user = waiting.user if waiting else request.user
    if not isinstance(user, User):
        return redirect("people:sign_in")
    kinds = held.kinds(user)
    if not kinds:
        return redirect_to_login(wanted(request), login_url=resolve_url("people:add_app"))
    form = FactorForm(request, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        entering.enter(request, user, way="second_factor", factor=form.factor)
        return _known(redirect(onward(request, waiting.next if waiting else "")), user)
    page = {"form": form, "next": wanted(request), **_passkey(request, user, kinds)}
    return render(request, "people/second_factor.html", page, status=422 if form.errors else 200)


@never_cache
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """One click as an invented person, with the password on the page; only in the demonstration."""
    if not settings.DEMO:
        raise Http404
    user = get_object_or_404(User, username=request.POST.get("username", ""), is_demo=True, is_active=True)
    keys = demo.demo_keys(user)
    response = redirect(onward(request))
    entering.enter(request, user, way="demo", factor="demo")
    unlocked.keep(request, response, keys)
    return response


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out here at once; who came by the municipality's own sign-in goes on to be signed out there.

    The browser is sent on by a header of a page of ours: a form may lead nowhere but to ourselves.
    """
    is_from_outside = leaving.came_from_outside(request)
    onwards = leaving.way_out(request) if is_from_outside else None
    if onwards is None:
        there = redirect("people:signed_out" if is_from_outside else "people:sign_in")
        entering.leave(request, there)
        return there
    response = HttpResponse(headers={"Refresh": f"0; url={onwards.where}"})
    entering.leave(request, response)
    response.content = render_to_string("people/signed_out.html", {"where": onwards.where}, request)
    leaving.keep(response, onwards.asked)
    return response


@never_cache
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Back from the other side, or never sent there: says what is known to be so and nothing more."""
    if isinstance(request.user, User):
        return redirect("people:desk")
    response = render(request, "people/signed_out.html", {"is_out_there": leaving.is_out_there(request)})
    response.delete_cookie(leaving.COOKIE, samesite="Lax")
    return response


@require_http_methods(PAGES)
@staff_required(before_second_factor=True)
def unlock(request: HttpRequest) -> HttpResponse:
    """The vault password, for a session that carries no key: after a federated sign-in, or a lost cookie."""
    form = PasswordForm(request, staff(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        response = redirect(onward(request))
        unlocked.keep(request, response, form.keys)
        entering.step_up(request)
        return response
    page = {"form": form, "next": wanted(request)}
    return render(request, "people/unlock.html", page, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(before_second_factor=True)
def step_up(request: HttpRequest) -> HttpResponse:
    """The password or a second factor once more, before something that cannot be taken back."""
    user, kinds = staff(request), held.kinds(staff(request))
    by_factor = FactorForm(request, user, request.POST if _is_factor(request) else None)
    by_password = PasswordForm(request, user, None if _is_factor(request) else request.POST or None)
    shown = by_factor if _is_factor(request) else by_password
    if request.method == "POST" and shown.is_valid():
        entering.step_up(request)
        return redirect(onward(request))
    page = {
        "form": shown, "by_factor": by_factor, "by_password": by_password, "has_factor": bool(kinds),
        "next": wanted(request), **_passkey(request, user, kinds),
    }  # fmt: skip
    return render(request, "people/step_up.html", page, status=422 if shown.errors else 200)


def _is_factor(request: HttpRequest) -> bool:
    return "code" in request.POST or "answer" in request.POST


def _passkey(request: HttpRequest, user: User, kinds: frozenset[str]) -> dict[str, str]:
    """What the browser needs to ask for a passkey, if the person has one."""
    return {"passkey_options": passkeys.options_to_use(user)} if "webauthn" in kinds else {}


def _known(response: HttpResponse, user: User) -> HttpResponse:
    if not user.is_demo:
        throttle.mark_browser(response, user)
    return response
