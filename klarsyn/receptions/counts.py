"""The door to statistics: what a reception has counted without names, as counts and nothing else."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Final

from klarsyn.receptions.bands import Reach
from klarsyn.receptions.measures import TALLIED
from klarsyn.receptions.models import Reception, TallyCell
from smallcounts.counts import Count, CountTable

MEASURES: Final = MappingProxyType(dict(TALLIED.values()))


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure of one reception and its years, one row for each combination of bands.

    `kind` is the reception's (mika or kast), `host_code` its municipality's. Each row's `categories` hold the
    kind by the first variable of `measures.TALLIED`; of outreach also `gender`, `age` and `outcome`, which
    parts those tried for into missed, declined and accepted: nobody stands in two rows. A contact without a
    name cannot be told from another by the same person: these are contacts, never people. Nothing here is
    public. An unknown measure raises KeyError; a reception that is not there or counted nothing has no rows.
    """
    counted = MEASURES[measure]
    what = next(what for what, (name, _counted) in TALLIED.items() if name == measure)
    reception = Reception.objects.filter(kind=kind, host_code=host_code).first()
    summed: Counter[tuple[int, str, str, str, str]] = Counter()
    held = TallyCell.objects.filter(
        tally__reception=reception, tally__what=what, tally__year__in=years, tally__withdrawn_on=None
    )
    for year, one, gender, age, reach, number in held.values_list(
        "tally__year", "tally__kind", "gender", "age", "reach", "number"
    ):
        for outcome, sign in _OUTCOMES[reach]:
            summed[year, one, gender, age, outcome] += sign * number
    return CountTable(
        measure=measure,
        unit=counted.unit,
        counts=tuple(
            _count(host_code, kind, measure, cell, number)
            for cell, number in sorted(summed.items())
            if number
        ),
        is_invented=reception is not None and reception.is_invented,
    )


# What one more of each reach adds to and takes from: reached are among those tried, accepted among reached.
_OUTCOMES: dict[str, tuple[tuple[str, int], ...]] = {
    "": (("", 1),),
    Reach.ATTEMPTED: (("missed", 1),),
    Reach.REACHED: (("declined", 1), ("missed", -1)),
    Reach.ACCEPTED: (("accepted", 1), ("declined", -1)),
}


def _count(area: str, kind: str, measure: str, cell: tuple[int, str, str, str, str], number: int) -> Count:
    year, one, gender, age, outcome = cell
    of_kind = next(iter(MEASURES[measure].bands))
    bands = {"age": age, "gender": gender, of_kind: one, "outcome": outcome}
    return Count(
        area=area,
        name=kind,
        period=str(year),
        value=number,
        sources=(f"{kind}-{measure}",),
        categories=tuple((name, band) for name, band in sorted(bands.items()) if band),
    )
