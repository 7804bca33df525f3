"""The door to statistics: counts of one measure at a time, never rows of anything else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from klarsyn.sources import facts
from klarsyn.sources.categories import parsed
from klarsyn.sources.models import Dataset, Observation
from klarsyn.sources.periods import first_day, last_day, whole_year
from klarsyn.sources.queries import current_observations
from klarsyn.sources.values import Measure
from smallcounts.counts import Count, CountTable, Status

SEXES = ("women", "men")


def list_counts(
    *,
    measure: Measure,
    areas: Sequence[str] = (),
    since: str = "",
    until: str = "",
    datasets: Sequence[str] = (),
    invented: bool = False,
) -> CountTable:
    """Counts of one measure, one row for each area, period, category and source.

    Rows come by area, period, category, source. A category (women, total, labour …) stands in
    `name`; elsewhere `name` is the area's. A cell of a crossed table stands in `categories`, and
    its area may be a part of a municipality, whose name is its code.
    `since` and `until` are periods, both inclusive; "" is
    open. No `areas` or `datasets` = all. `population` is that of 31 December of the period's year
    as published, for a region the sum of its municipalities; None when the period is not one
    calendar year or no figure is published. A source that gives its own population keeps it.
    Sources are never summed: two that disagree are two rows. `is_public` holds only when every
    row's dataset is published. `invented=True` gives invented figures, and only those.
    """
    low = first_day(since) if since else date.min
    high = last_day(until) if until else date.max
    found = current_observations(measure=measure, datasets=datasets, invented=invented)
    if areas:
        found = found.filter(area__in=areas)
    kept = [o for o in found if low <= first_day(o.period) and last_day(o.period) <= high]
    years = {year for o in kept if (year := whole_year(o.period)) is not None}
    published = {} if invented else _published(years)
    return CountTable(
        measure=measure.value,
        unit=next((o.dataset.unit for o in kept), ""),
        counts=tuple(_count(o, published) for o in kept),
        is_invented=invented,
        is_public=bool(kept) and not invented and all(o.dataset.is_public for o in kept),
    )


def list_population(*, year: int, areas: Sequence[str] = ()) -> CountTable:
    """People on 31 December of a year, as published. No `areas` = every municipality.

    A county, police region or the nation is the sum of its municipalities' published values where
    the source gives no figure of its own, and is left out when one of them is missing.
    """
    table = _published({year})
    wanted = areas or [found.code for found in facts.municipalities(_end(year))]
    counts = [_population(code, year, number) for code in wanted if (number := table.get((code, year)))]
    notes = () if table else (f"Ingen publicerad folkmängd finns för {year}.",)
    return CountTable("population", "persons", tuple(counts), is_public=bool(counts), notes=notes)


def list_population_by_sex(*, year: int, areas: Sequence[str] = ()) -> CountTable:
    """Women and men on 31 December of a year, as published; `name` is "women" or "men".

    Sums to counties, regions and the nation as `list_population` does.
    """
    found = current_observations(measure=Measure.POPULATION).filter(
        category__in=SEXES, period=str(year), dataset__is_public=True
    )
    by_source: dict[tuple[str, str], dict[str, int]] = {}
    for o in found:
        if o.value is not None:
            by_source.setdefault((o.dataset.key, o.category), {})[o.area] = o.value
    counts = [
        Count(code, sex, str(year), number, sources=(key,))
        for (key, sex), values in sorted(by_source.items())
        for code in areas or sorted(values)
        if (number := _total(code, year, values)) is not None
    ]
    return CountTable("population", "persons", tuple(counts), is_public=bool(counts))


def _count(o: Observation, published: dict[tuple[str, int], int]) -> Count:
    year = whole_year(o.period)
    population = o.population if o.population is not None else published.get((o.area, year or 0))
    crossed = parsed(o.category)
    return Count(
        area=o.area,
        name=("" if crossed else o.category) or facts.name(o.area, o.period),
        period=o.period,
        value=o.value,
        status=Status(o.status),
        population=population,
        sources=(o.dataset.key,),
        is_approximate=o.is_approximate,
        note=o.note,
        categories=crossed,
    )


def _population(code: str, year: int, number: int) -> Count:
    return Count(code, facts.name(code, str(year)), str(year), number, sources=(_denominator(),))


def _published(years: set[int]) -> dict[tuple[str, int], int]:
    """(area, year) -> people, for every area that is published or sums from what is."""
    found = Observation.objects.filter(
        is_current=True,
        dataset__is_denominator=True,
        category="",
        period__in=[str(year) for year in years],
        value__isnull=False,
    )
    by_year: dict[int, dict[str, int]] = {}
    for code, period, number in found.order_by("area").values_list("area", "period", "value"):
        by_year.setdefault(int(period), {})[code] = number or 0
    return {
        (code, year): number
        for year, values in by_year.items()
        for code in dict.fromkeys((*_codes(year), *values))
        if (number := _total(code, year, values))
    }


def _total(code: str, year: int, values: dict[str, int]) -> int | None:
    """An area's own figure, else the sum of its municipalities; a police region is always a sum."""
    if code in values and not code.startswith("P-"):
        return values[code]
    try:
        members = facts.members(code, _end(year))
    except KeyError:
        return None
    parts = [values.get(member, values.get(facts.successor(member, _end(year)))) for member in members]
    known = [part for part in parts if part is not None]
    return sum(known) if known and len(known) == len(parts) else None


@lru_cache(maxsize=64)
def _codes(year: int) -> tuple[str, ...]:
    return tuple(found.code for found in facts.areas(_end(year)))


def _end(year: int) -> date:
    return date(year, 12, 31)


def _denominator() -> str:
    return Dataset.objects.values_list("key", flat=True).get(is_denominator=True)
