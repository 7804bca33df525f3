"""Police regions over years: rates, changes source by source, and sources that disagree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.counted import (
    approximate,
    conflict_findings,
    conflicts,
    denominators,
    is_year,
    source,
)
from klarsyn.mapping.methods.rated import change_ratio, finite_cell, rate_row, rate_steps, steps
from klarsyn.mapping.methods.series import breaks_between
from klarsyn.mapping.results import Finding, Step
from klarsyn.mapping.tables import row_id, sorted_rows
from smallcounts.counts import Count
from smallcounts.rates import Change, change

_Pair = tuple[Count, Count, str]


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """Regions as their sources give them. Parts of a year stand apart, since they are no year's figure."""
    table, per = gathered.tables[0], gathered.indicator.per
    observed = sorted(table.observed(), key=lambda c: (c.period, source(c)))
    counts = [c for c in observed if is_year(c.period)]
    if not counts:
        return Draft(warnings=("no_data",))
    region = inputs.home_region
    compared = [(pair, _change(pair)) for pair in _pairs(gathered, counts)]
    tables = {
        "regions": sorted_rows([rate_row(c, per) for c in counts], region),
        "change": sorted_rows([_change_row(pair, result) for pair, result in compared], region),
        "conflicts": sorted_rows([_bare(c) for group in conflicts(counts) for c in group], region),
        "partial": sorted_rows([_bare(c) for c in observed if not is_year(c.period)], region),
    }
    keys = denominators(inputs, counts)
    how: list[Step] = [s for c in counts for s in rate_steps(row_id("regions", rate_row(c, per)), c, per)]
    how += [
        s for pair, result in compared for s in steps(row_id("change", _change_row(pair, result)), result)
    ]
    return Draft(
        tables=tuple(TableDraft(name, rows, (table,), keys) for name, rows in tables.items() if rows),
        findings=(*_findings(compared, counts, inputs), *conflict_findings(counts)),
        steps=tuple(how),
        warnings=_warnings(gathered, counts),
    )


def _pairs(gathered: Gathered, counts: Sequence[Count]) -> Iterator[_Pair]:
    """A year and the next in the same region, within a source; across two only where one has no next year.

    The third part names the source, or both joined by "|".
    """
    for before in counts:
        nexts = [c for c in counts if c.area == before.area and int(c.period) == int(before.period) + 1]
        own = [c for c in nexts if c.sources == before.sources]
        for after in own or nexts:
            if before.population and after.population and not breaks_between(gathered, before, after):
                names = dict.fromkeys((source(before), source(after)))
                yield before, after, "|".join(names)


def _change(pair: _Pair) -> Change:
    before, after, _ = pair
    return change(before.value or 0, before.population or 0, after.value or 0, after.population or 0)


def _change_row(pair: _Pair, result: Change) -> Row:
    before, after, named = pair
    return {
        "area": after.area,
        "name": after.name,
        "from": before.period,
        "to": after.period,
        "count_from": before.value,
        "count_to": after.value,
        "ratio": finite_cell(result.ratio),
        "lower": finite_cell(result.interval.lower),
        "upper": finite_cell(result.interval.upper),
        "probability_rose": result.probability_rose,
        "source": named,
    }


def _bare(count: Count) -> Row:
    return {
        "area": count.area,
        "name": count.name,
        "period": count.period,
        "count": count.value,
        "source": source(count),
    }


def _findings(
    compared: Sequence[tuple[_Pair, Change]], counts: Sequence[Count], inputs: Inputs
) -> Iterator[Finding]:
    for (before, after, named), result in compared:
        yield say(
            "region_change",
            name=after.name,
            source=named,
            count_from=before.value or 0,
            count_to=after.value or 0,
            ratio=change_ratio(result),
            lower=result.interval.lower,
            upper=result.interval.upper,
            probability_rose=result.probability_rose,
            **{"from": before.period, "to": after.period},
        )
    region = next((r.name for r in inputs.regions if r.code == inputs.home_region), inputs.home_region)
    known = int(any(c.area == inputs.home_region for c in counts))
    yield say("home_region", name=inputs.municipality_name, region=region, known=known)


def _warnings(gathered: Gathered, counts: Sequence[Count]) -> tuple[str, ...]:
    return (
        *approximate(gathered.tables),
        *(("conflict",) if conflicts(counts) else ()),
        *(("no_population",) if any(c.population is None for c in counts) else ()),
    )
