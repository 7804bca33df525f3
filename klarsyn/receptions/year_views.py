"""A reception's year in counts: shown to its own, counted by who holds its key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from klarsyn.people.access import keys, keys_required, staff, staff_required, step_up_required
from klarsyn.people.models import Team
from klarsyn.people.permissions import Permission
from klarsyn.receptions.measures import PERSONS, TOLD
from klarsyn.receptions.models import CountedYear, Reception
from klarsyn.receptions.statistics.actions import count_year
from klarsyn.receptions.statistics.destroying import destroy_key
from klarsyn.receptions.statistics.queries import kept_years
from klarsyn.receptions.statistics.telling import Point

# What is shown: of which measure which variable; and at which point of follow-up.
SHOWN: Final[Sequence[tuple[str | Promise, str, str, str]]] = (
    (_("Nya och gamla"), PERSONS, "standing", ""),
    (_("Kön"), PERSONS, "gender", ""),
    (_("Ålder"), PERSONS, "age", ""),
    (_("Väg in"), PERSONS, "way_in", ""),
    (_("Bor i"), PERSONS, "residence", ""),
    (_("Fick stöd med"), "reception_support", "support", ""),
    (_("Kontakter"), "reception_contacts", "channel", ""),
    (_("Avslutade"), "reception_closed", "closing", ""),
    (_("Uppföljning efter tre månader"), "reception_followup", "change", Point.THREE),
    (_("Uppföljning efter tolv månader"), "reception_followup", "change", Point.TWELVE),
)


@require_safe
@staff_required(Permission.TALLY_READ)
def year(request: HttpRequest) -> HttpResponse:
    """The newest counting of each year of the own receptions, by one band at a time."""
    by, today = staff(request), timezone.localdate()
    shown = []
    for reception in Reception.objects.select_related("team").order_by("team__name"):
        if by.may_in_team(Permission.TALLY_READ, reception.team):
            counted = CountedYear.objects.filter(team=reception.team).order_by("-year", "-pk").first()
            may = by.may_in_team(Permission.STATISTICS_COUNT, reception.team)
            groups = _groups(counted) if counted else []
            kept = kept_years(reception.team)
            ends = by.may_in_team(Permission.CASE_DISPOSE, reception.team)
            shown.append(
                {"reception": reception, "counted": counted, "groups": groups, "may": may}
                | {"kept": kept, "ends": ends}
            )
    page = {"shown": shown, "years": (today.year, today.year - 1), "today": today}
    return render(request, "receptions/year.html", page)


@require_POST
@staff_required(Permission.STATISTICS_COUNT)
@step_up_required
@keys_required
def count(request: HttpRequest, team: UUID, year: int) -> HttpResponse:
    """Open what was told of the year, and count it."""
    found = get_object_or_404(Team, pk=team)
    if not staff(request).may_in_team(Permission.STATISTICS_COUNT, found):
        raise Http404
    count_year(team=found, year=year, by=staff(request), keys=keys(request), today=timezone.localdate())
    messages.success(request, gettext("Året är räknat."))
    return redirect("receptions:year")


@require_POST
@staff_required(Permission.CASE_DISPOSE)
@step_up_required
def destroy(request: HttpRequest, team: UUID, year: int) -> HttpResponse:
    """Destroy the key of a year that somebody else has counted."""
    found = get_object_or_404(Team, pk=team)
    if not staff(request).may_in_team(Permission.CASE_DISPOSE, found):
        raise Http404
    destroy_key(team=found, year=year, by=staff(request), today=timezone.localdate())
    messages.success(request, gettext("Nyckeln är förstörd. Antalen står kvar."))
    return redirect("receptions:year")


def _groups(counted: CountedYear) -> list[tuple[str, list[tuple[str, int]]]]:
    """The sums of each band, never two crossed: (what, [(band, how many)])."""
    cells = [
        (measure, dict(part.split("=", 1) for part in categories.split("|")), number)
        for measure, categories, number in counted.cells.values_list("measure", "categories", "number")
    ]
    found = []
    for title, of, variable, point in SHOWN:
        sums: Counter[str] = Counter()
        for measure, cell, number in cells:
            if measure == of and (not point or cell["point"] == point):
                sums[cell[variable]] += number
        if sums:
            found.append(
                (str(title), [(str(word), sums[band]) for band, word in TOLD[of].bands[variable].items()])
            )
    return found
