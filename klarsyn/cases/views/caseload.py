"""The counsellor's start page, the search, and a new case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from klarsyn.base.errors import Refused
from klarsyn.cases import caseload as day
from klarsyn.cases import clocks, leave
from klarsyn.cases.access import search_cases
from klarsyn.cases.card import Track
from klarsyn.cases.entry_forms import BESIDES, EntryForm
from klarsyn.cases.forms import CardForm, SearchForm
from klarsyn.cases.kinds.intake import INTAKE
from klarsyn.cases.values import Listed
from klarsyn.people.access import keys, keys_required, staff, staff_required
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission
from klarsyn.receptions.queries import nameless_decision

PAGES = ["GET", "HEAD", "POST"]
_ON_THE_CARD: Final = frozenset({"title", "track", "is_another", "searched", "words", "kontakt"})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list with the colleague's name."""

    case: Listed
    who: str
    due: date | None
    is_overdue: bool
    what: str = ""  # what is due, when it is near


@require_http_methods(PAGES)
@staff_required(Permission.CASE_READ)
@keys_required
def case_list(request: HttpRequest) -> HttpResponse:
    """My cases, overdue, this week, new; and what was searched for. None where the person has no key."""
    by, today = staff(request), timezone.localdate()
    form = SearchForm(request.POST or None)
    teams = [t for t in Team.objects.order_by("name") if by.may_in_team(Permission.CASE_READ, t)]
    page: dict[str, object] = {"form": form, "today": today, "me": by}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        found = [(team, lines(search_cases(by, keys(request), team, words), today)) for team in teams]
        return render(request, "cases/found.html", page | {"found": found, "words": words})
    shown = [
        (team, _loaded(day.caseload(by, keys(request), team, today), today), leave.mine(by, team, today))
        for team in teams
    ]
    return render(request, "cases/list.html", page | {"shown": shown}, status=422 if form.errors else 200)


@require_http_methods(PAGES)
@staff_required(Permission.CASE_WRITE)
@keys_required
def take_in(request: HttpRequest, team: UUID) -> HttpResponse:
    """Search first; then the first picture, of which nothing must be answered."""
    by, found = staff(request), get_object_or_404(Team, pk=team)
    if not by.may_in_team(Permission.CASE_WRITE, found) or found.kind not in INTAKE:
        raise Http404
    if request.method == "POST" and "searched" in request.POST:
        return _kept(request, found)
    form = SearchForm(request.POST or None)
    page: dict[str, object] = {"form": form, "team": found, "contact": _contact(request) or ""}
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        held, searched = day.search_first(by, keys(request), found, words)
        if held is None:
            raise Http404
        return _asked(
            request, found, searched, page | {"words": words, "held": lines(held, timezone.localdate())}
        )
    return render(request, "cases/search_first.html", page, status=422 if form.errors else 200)


def _kept(request: HttpRequest, team: Team) -> HttpResponse:
    card, picture = _forms(request, team)
    searched = request.POST.get("searched", "")
    if card.is_valid() and picture.is_valid():
        words = {name: card.cleaned_data[name] for name in ("title", "is_another")}
        try:
            made = day.take_in(
                staff(request), keys(request), team, track=Track(card.cleaned_data["track"]),
                event_day=picture.cleaned_data["event_day"], data=picture.values(), searched=searched,
                contact=_contact(request), **words,
            )  # fmt: skip
        except Refused as refused:
            card.add_error(None, str(refused))
        else:
            messages.success(request, _("Ärendet är upplagt. Skriv varför du öppnar det, så visas det."))
            return redirect("cases:case", made)
    return _asked(request, team, searched, {"card_form": card, "picture": picture}, status=422)


def _asked(
    request: HttpRequest, team: Team, searched: str, page: dict[str, object], status: int = 200
) -> HttpResponse:
    if "picture" not in page:
        card, picture = CardForm(nameless_decision(team, timezone.localdate())), _picture(team, None)
        page |= {"card_form": card, "picture": picture}
    page |= {"team": team, "searched": searched, "decision": nameless_decision(team, timezone.localdate())}
    page["contact"] = _contact(request) or ""
    return render(request, "cases/take_in.html", page, status=status)


def _contact(request: HttpRequest) -> UUID | None:
    """The contact that is taken over; None for what is no id. Whether it may be read its own page asks."""
    try:
        return UUID(request.POST.get("kontakt", "") or request.GET.get("kontakt", ""))
    except ValueError:
        return None


def _forms(request: HttpRequest, team: Team) -> tuple[CardForm, EntryForm]:
    card = CardForm(nameless_decision(team, timezone.localdate()), request.POST)
    return card, _picture(team, request)


def _picture(team: Team, request: HttpRequest | None) -> EntryForm:
    """The first picture, without what tells who somebody is: on whatever track, that is not asked here."""
    return EntryForm(
        INTAKE[team.kind], request.POST if request else None, today=timezone.localdate(), is_nameless=True,
        besides=BESIDES | _ON_THE_CARD,
    )  # fmt: skip


def _loaded(held: day.Caseload | None, today: date) -> dict[str, Sequence[Line]] | None:
    if held is None:
        return None
    parts = {
        "overdue": held.overdue,
        "week": held.this_week,
        "new": held.new,
        "mine": held.mine,
        "all": held.all,
    }
    return {name: lines(list(cases), today) or [] for name, cases in parts.items()}


def lines(held: list[Listed] | None, today: date) -> list[Line] | None:
    """The list with names and days; None for who has no key."""
    if held is None:
        return None
    names = names_by_pseudonym()
    return [_line(one, names.get(one.card.responsible, ""), today) for one in held]


def _line(one: Listed, who: str, today: date) -> Line:
    due = one.card.next_due()
    if due is None:
        return Line(one, who, None, is_overdue=False)
    what = clocks.told(one.card.tasks[:1])[0].text if due < today + day.WEEK else ""
    return Line(one, who, due, due < today, what)
