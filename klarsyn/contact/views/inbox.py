"""The counsellors' inbox: what waits, a contact opened, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from klarsyn.base.errors import Refused
from klarsyn.base.vault import Busy
from klarsyn.contact import inbox
from klarsyn.contact.forms import AnswerForm
from klarsyn.contact.views.talk import download
from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

Act = Callable[[User, Unlocked | None, UUID], None]


@require_safe
@staff_required(Permission.CASE_READ)
@keys_required
def inbox_page(request: HttpRequest) -> HttpResponse:
    """New and ongoing contacts of the own receptions; nothing of what stands in them."""
    by = staff(request)
    teams = [t for t in Team.objects.order_by("name") if by.may_in_team(Permission.CASE_READ, t)]
    return render(request, "contact/inbox.html", {"shown": [(t, inbox.read_list(by, t)) for t in teams]})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.CASE_READ)
@keys_required
def contact(request: HttpRequest, id: UUID) -> HttpResponse:
    """Shut at first; its content is the answer to a posted form, so that no address shows it again."""
    if request.method == "POST":
        return _opened(request, id, AnswerForm())
    return render(request, "contact/shut.html", {"contact": inbox.readable(staff(request), id)})


@require_POST
@sensitive_post_parameters("text")
@staff_required(Permission.CASE_WRITE)
@keys_required
def answer(request: HttpRequest, id: UUID) -> HttpResponse:
    """Send an answer. A form that is not right comes back with what was written and the contact above it."""
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _opened(request, id, form, 422)
    try:
        inbox.answer(staff(request), keys(request), id, text=form.cleaned_data["text"])
    except Refused as refused:
        form.add_error("text", str(refused))
        return _opened(request, id, form, 409)
    messages.success(request, _("Svaret är skickat. Den som skrev läser det med sin kod."))
    return redirect("contact:inbox")


@require_POST
@staff_required(Permission.CASE_WRITE)
@keys_required
def handle(request: HttpRequest, id: UUID) -> HttpResponse:
    """Needs no answer; or, with `taken` posted, goes on as a case."""
    if "taken" in request.POST:
        return _done(request, id, inbox.take_over, _("Kontakten är markerad som övertagen i ett ärende."))
    return _done(request, id, inbox.handle, _("Kontakten är markerad som hanterad."))


@require_POST
@staff_required(Permission.CASE_WRITE)
@keys_required
def close(request: HttpRequest, id: UUID) -> HttpResponse:
    return _done(request, id, inbox.close, _("Kontakten är avslutad. Den går att läsa till sin sista dag."))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(Permission.CASE_WRITE)
@step_up_required
@keys_required
def new_code(request: HttpRequest, id: UUID) -> HttpResponse:
    """A new code for who has lost theirs: shown once, to be said in talk."""
    found = inbox.readable(staff(request), id)
    if request.method != "POST":
        return render(request, "contact/new_code.html", {"contact": found})
    try:
        code = inbox.new_code(staff(request), keys(request), id)
    except Busy:
        raise Refused(_("Många loggar in just nu. Koden är inte bytt. Försök igen om en stund.")) from None
    return render(request, "contact/new_code.html", {"contact": found, "code": code.shown})


@require_POST
@staff_required(Permission.CASE_READ)
@keys_required
def read_file(request: HttpRequest, id: UUID, file: UUID) -> HttpResponse:
    """One file of a contact, to be saved; never shown by the browser."""
    about, body = inbox.read_file(staff(request), keys(request), id, file)
    return download(about.name, about.media_type, body)


def _opened(request: HttpRequest, id: UUID, form: AnswerForm, status: int = 200) -> HttpResponse:
    shown = inbox.read(staff(request), keys(request), id)
    may_write = staff(request).may_in_team(Permission.CASE_WRITE, shown.team)
    page = {"contact": shown, "form": form, "may_write": may_write}
    return render(request, "contact/contact.html", page, status=status)


def _done(request: HttpRequest, id: UUID, act: Act, told: str) -> HttpResponse:
    act(staff(request), keys(request), id)
    messages.success(request, told)
    return redirect("contact:inbox")
