"""The door to statistics: what a reception has counted without names, as counts and nothing else."""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import Final

from django.db.models import QuerySet

from klarsyn.base.event_weeks import EVENT, OTHER, months_with_events, parted
from klarsyn.receptions.bands import Reach, What
from klarsyn.receptions.measures import TALLIED, UNSAID
from klarsyn.receptions.models import Reception, Tally, TallyCell
from smallcounts.counts import Count, CountTable

_Cell = tuple[int, str, str, str, str, str]  # year, kind, gender, age, outcome, during
MEASURES: Final = MappingProxyType(dict(TALLIED.values()))


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure of one reception and its years, one row for each combination of bands.

    `kind` is the reception's (mika or kast), `host_code` its municipality's. Each row's `categories` hold the
    kind by the first variable of `measures.TALLIED`; of outreach also `gender`, `age` and `outcome`, which
    parts those tried for into missed, declined and accepted: nobody stands in two rows; and `during`, with
    the year's weeks of that kind as `population` (see `_exposed`). A contact without a
    name cannot be told from another by the same person: these are contacts, never people. Nothing here is
    public. An unknown measure raises KeyError; a reception that is not there or counted nothing has no rows.
    """
    counted = MEASURES[measure]
    what = next(what for what, (name, _counted) in TALLIED.items() if name == measure)
    reception = Reception.objects.filter(kind=kind, host_code=host_code).first()
    summed: Counter[_Cell] = Counter()
    held = TallyCell.objects.filter(
        tally__reception=reception, tally__what=what, tally__year__in=years, tally__withdrawn_on=None
    )
    during = _during(held) if what == What.OUTREACH else {}
    for tally, year, one, gender, age, reach, number in held.values_list(
        "tally", "tally__year", "tally__kind", "gender", "age", "reach", "number"
    ):
        for outcome, sign in _OUTCOMES[reach]:
            summed[year, one, gender, age, outcome, during.get(tally, "")] += sign * number
    weeks = _exposed(reception, summed) if during else Counter[tuple[int, str]]()
    return CountTable(
        measure=measure,
        unit=counted.unit,
        counts=tuple(
            _count(host_code, kind, measure, cell, number, weeks)
            for cell, number in sorted(summed.items())
            if number
        ),
        is_invented=reception is not None and reception.is_invented,
        notes=("population: weeks",) if during else (),
    )


# What one more of each reach adds to and takes from: reached are among those tried, accepted among reached.
_OUTCOMES: dict[str, tuple[tuple[str, int], ...]] = {
    "": (("", 1),),
    Reach.ATTEMPTED: (("missed", 1),),
    Reach.REACHED: (("declined", 1), ("missed", -1)),
    Reach.ACCEPTED: (("accepted", 1), ("declined", -1)),
}


def _during(held: QuerySet[TallyCell]) -> dict[int, str]:
    """Of each sheet the kind of week it was in. One that did not say: another week where the month has no
    event, since the calendar stands from the day its week begins; else nobody knows."""
    sheets = set(held.values_list("tally", "tally__year", "tally__month", "tally__during_event"))
    busy = months_with_events({(year, month) for _pk, year, month, _said in sheets})
    kinds = {True: EVENT, False: OTHER}
    return {
        pk: kinds[said] if said is not None else UNSAID if (year, month) in busy else OTHER
        for pk, year, month, said in sheets
    }


def _exposed(reception: Reception | None, summed: Counter[_Cell]) -> Counter[tuple[int, str]]:
    """Of each year its weeks with an event and others, from the first month with a sheet to the last.

    None in a year with a sheet of which nobody knows: its contacts would be missing on one of the sides.
    """
    sheets = Tally.objects.filter(reception=reception, what=What.OUTREACH, withdrawn_on=None)
    months = sorted(set(sheets.values_list("year", "month")))
    unknown = {year for year, *_bands, during in summed if during == UNSAID}
    found = parted(months[0], months[-1])
    return Counter({key: weeks for key, weeks in found.items() if key[0] not in unknown})


def _count(
    area: str, kind: str, measure: str, cell: _Cell, number: int, weeks: Counter[tuple[int, str]]
) -> Count:
    year, one, gender, age, outcome, during = cell
    of_kind = next(iter(MEASURES[measure].bands))
    bands = {"age": age, "gender": gender, of_kind: one, "outcome": outcome, "during": during}
    return Count(
        area=area,
        name=kind,
        period=str(year),
        value=number,
        population=weeks[year, during] or None,
        sources=(f"{kind}-{measure}",),
        categories=tuple((name, band) for name, band in sorted(bands.items()) if band),
    )
