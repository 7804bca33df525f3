"""The door to statistics: what a reception's year came to, as counts and nothing else."""

from __future__ import annotations

from typing import Final

from klarsyn.receptions.measures import TOLD
from klarsyn.receptions.models import CountedCell, CountedYear, Reception
from smallcounts.counts import Count, CountTable

MEASURES: Final = TOLD


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure of one reception and its years, as they were last counted.

    `kind` is the reception's (mika or kast), `host_code` its municipality's; measures are those of
    `receptions.measures.TOLD`, where the unit stands too. One row for each combination of bands in
    `categories`; of persons each stands in one row a year, and is a person the reception knows: contacts
    without names are another measure, of another door, and never added. Who did not answer a follow-up
    is a category of its own. Nothing here is public: it leaves through disclosure control. An unknown measure
    raises KeyError; a reception that is not there, or a year nobody has counted, has no rows.
    """
    unit = MEASURES[measure].unit
    reception = Reception.objects.filter(kind=kind, host_code=host_code).first()
    counts: list[Count] = []
    for year in sorted(years):
        counted = CountedYear.objects.filter(team__reception=reception, year=year).first()
        cells = CountedCell.objects.filter(counted=counted, measure=measure).order_by("categories")
        counts += [_count(host_code, kind, measure, year, cell.categories, cell.number) for cell in cells]
    return CountTable(
        measure=measure,
        unit=unit,
        counts=tuple(counts),
        is_invented=reception is not None and reception.is_invented,
    )


def _count(area: str, kind: str, measure: str, year: int, cell: str, number: int) -> Count:
    pairs = (part.partition("=") for part in cell.split("|"))
    return Count(
        area=area,
        name=kind,
        period=str(year),
        value=number,
        sources=(f"{kind}-{measure}",),
        categories=tuple((variable, band) for variable, _equals, band in pairs),
    )
