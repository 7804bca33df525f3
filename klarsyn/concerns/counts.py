"""The door to statistics: signs without persons, by the year, and the weeks that they stand against."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Final

from django.conf import settings

from klarsyn.base.event_weeks import DURING, parted
from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations.signs import catalogue
from smallcounts.counts import Count, CountTable

MEASURES: Final = MappingProxyType({"observations": "signs"})  # each measure and its unit


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Signs logged in the years, one row for each combination of bands; never a month, a unit or a person.

    `categories`: `during` ("event" or "other"), `place` and `sign` (its group in signs.toml). `population` is
    the number of weeks that the row's `during` had in the year, from the first month in which anybody had
    logged anything to the last: its exposure. `kind` names whoever counts. Nothing here is public. The same
    thing may be seen by several and logged by each. An unknown measure raises KeyError; another
    municipality than this site's has no rows.
    """
    unit = MEASURES[measure]
    rows = Sighting.objects.filter(is_withdrawn=False) if host_code == settings.MUNICIPALITY else None
    if rows is None or not rows.exists():
        return CountTable(measure, unit, ())
    invented = rows.filter(is_invented=True).exists()
    logged = sorted(set(rows.values_list("year", "month")))
    weeks = parted(logged[0], logged[-1])
    groups = {key: one.group for key, one in catalogue().signs.items()}
    summed: Counter[tuple[int, str, str, str]] = Counter()
    for year, during, place, sign in rows.filter(year__in=years).values_list(
        "year", "during_event", "place", "sign"
    ):
        summed[year, DURING[not during], place, groups[sign]] += 1
    counts = tuple(
        Count(
            host_code, kind, str(year), number, population=weeks[year, during] or None,
            sources=(f"{kind}-{measure}",),
            categories=(("during", during), ("place", place), ("sign", sign)),
        )
        for (year, during, place, sign), number in sorted(summed.items())
    )  # fmt: skip
    return CountTable(measure, unit, counts, is_invented=invented, notes=("population: weeks",))
