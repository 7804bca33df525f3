"""The reception's call list, the cards it prints, and how many of both led to what."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from klarsyn.base.errors import Refused
from klarsyn.base.front import frame
from klarsyn.contact import sweeping
from klarsyn.contact.cards import access, actions, queries, sheets
from klarsyn.contact.cards.forms import CallForm, CardForm
from klarsyn.contact.words import LANGUAGES
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import Reach

PAGES = ["GET", "HEAD", "POST"]


@require_safe
@staff_required(Permission.CASE_READ)
def call_list(request: HttpRequest) -> HttpResponse:
    """Those who wait for a call: no name and no number."""
    now, by = timezone.localtime(), staff(request)
    sweeping.sweep(now)
    shown = [(team, access.list_calls(by, team, now.date())) for team in _teams(by, Permission.CASE_READ)]
    return render(request, "contact/staff/call_list.html", {"shown": shown, "today": now.date()})


@require_http_methods(PAGES)
@staff_required(Permission.CASE_READ)
@keys_required
def call(request: HttpRequest, id: UUID) -> HttpResponse:
    """One call: what is asked first, name and number as the answer to a posted form, how it went."""
    by, mine, today = staff(request), keys(request), timezone.localdate()
    waiting = access.waiting(by, id, today)
    form = CallForm(waiting.asks_first)
    page: dict[str, Any] = {"waiting": waiting, "form": form, "called": None}
    if request.POST.get("step") == "open":
        return render(request, "contact/staff/call.html", {**page, "called": access.open_call(by, mine, id)})
    if request.method == "POST":
        form = CallForm(waiting.asks_first, request.POST)
        if form.is_valid():
            try:
                return _ended(request, id, form)
            except Refused as refused:
                form.add_error(None, str(refused))
        return render(request, "contact/staff/call.html", {**page, "form": form}, status=422)
    return render(request, "contact/staff/call.html", page)


def _ended(request: HttpRequest, id: UUID, form: CallForm) -> HttpResponse:
    told = {"outcome": form.cleaned_data["outcome"], "has_asked": form.cleaned_data.get("has_asked", False)}
    is_over = access.end_call(staff(request), keys(request), id, today=timezone.localdate(), **told)
    if is_over:
        messages.success(request, _("Klart. Namn och nummer är borttagna."))
    else:
        messages.success(request, _("Antecknat. Samtalet står kvar i listan."))
    return redirect("contact:call_list")


@require_http_methods(PAGES)
@staff_required(Permission.CARD_MAKE)
@sensitive_variables("codes")
def cards(request: HttpRequest) -> HttpResponse:
    """A sheet of cards, each with a code that is shown on it and nowhere else."""
    by, today = staff(request), timezone.localdate()
    names = {code: frame(code)["said"].name for code in LANGUAGES}
    form = CardForm(_for_cards(by), names, request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        codes = actions.make_cards(
            team=told["team"], partner=told["partner"], count=told["count"], by=by, today=today
        )
        sheet = sheets.sheet(told["team"].kind, codes, told["languages"], today)
        if told["form"] == "page":
            return render(request, "contact/staff/sheet.html", {"sheet": sheet})
        headers = {"Content-Disposition": 'attachment; filename="kort.pdf"'}
        return HttpResponse(sheets.pdf(sheet), content_type="application/pdf", headers=headers)
    return render(request, "contact/staff/cards.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@staff_required(Permission.CONTACT_COUNT)
def counts(request: HttpRequest) -> HttpResponse:
    """The own receptions' cards, times and calls by month."""
    teams = _teams(staff(request), Permission.CONTACT_COUNT)
    shown = [(team, queries.counts_of(team)) for team in teams]
    return render(request, "contact/staff/counts.html", {"shown": shown})


def _teams(by: User, permission: Permission) -> list[Team]:
    return [team for team in Team.objects.order_by("name") if by.may_in_team(permission, team)]


def _for_cards(by: User) -> list[Team]:
    """The own reception's; any for who works for none of them and hands cards out."""
    elsewhere = any(
        Permission.CARD_MAKE in role.permissions and role.reach is not Reach.TEAM for role in by.roles
    )
    every = list(Team.objects.filter(reception__isnull=False).order_by("name"))
    return every if elsewhere else [t for t in every if by.may_in_team(Permission.CARD_MAKE, t)]
