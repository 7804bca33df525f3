"""Which years a team has records of, and how each stands against its counting."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from klarsyn.base import rows
from klarsyn.people.models import Team
from klarsyn.receptions.models import CountedYear, StatisticsKey


@dataclass(frozen=True, slots=True)
class KeptYear:
    """A year that has its key. `counted`: how many records its newest counting held; None without one."""

    year: int
    records: int
    counted: int | None

    @property
    def is_counted(self) -> bool:
        """Whether the counting holds all that stands there."""
        return self.counted == self.records


def kept_years(team: Team) -> list[KeptYear]:
    """Newest first; how many records, never what is in one."""
    with rows.of_teams([team.pk], is_reading=True):
        held = StatisticsKey.objects.filter(team=team).annotate(n=Count("records")).order_by("-year")
        found = list(held.values_list("year", "n"))
    counted: dict[int, int] = {}
    for one in CountedYear.objects.filter(team=team):  # the newest of each year first
        counted.setdefault(one.year, one.records)
    return [KeptYear(year, number, counted.get(year)) for year, number in found]
