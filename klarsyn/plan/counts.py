"""The door to statistics: joint work with the police by year, kind and quarter; occasions alone."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Final

from django.conf import settings

from klarsyn.plan.models import JointWork
from smallcounts.counts import Count, CountTable

MEASURES: Final = MappingProxyType({"joint_work": "occasions"})  # each measure and its unit
QUARTERS: Final = ("q1", "q2", "q3", "q4")


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Occasions in the years, one row for each combination of bands; never a month, a place or a person.

    `categories`: `joint` (a key of police/kinds.toml) and `quarter` ("q1" to "q4"). Occasions of two kinds
    have no unit in common: nothing adds them. Hours, support staff and cards stay in the room. The shifts
    that a reception counts for itself are another measure, and may be the same evenings. `kind` names whoever
    counts. Nothing here is public. An unknown measure raises KeyError; another municipality than this site's
    has no rows.
    """
    unit = MEASURES[measure]
    here = host_code == settings.MUNICIPALITY
    rows = JointWork.objects.filter(year__in=years, occasions__gt=0) if here else JointWork.objects.none()
    summed: Counter[tuple[int, str, str]] = Counter()
    for year, month, joint, occasions in rows.values_list("year", "month", "kind", "occasions"):
        summed[year, joint, QUARTERS[(month - 1) // 3]] += occasions
    counts = tuple(
        Count(
            host_code, kind, str(year), number, sources=(f"{kind}-{measure}",),
            categories=(("joint", joint), ("quarter", quarter)),
        )
        for (year, joint, quarter), number in sorted(summed.items())
    )  # fmt: skip
    invented = rows.filter(is_invented=True).exists()
    return CountTable(measure, unit, counts, is_invented=invented)
