"""Municipalities side by side: rates, ratios against home, funnel, coverage, and models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods import smoothed
from klarsyn.mapping.methods.counted import approximate, conflict_findings, conflicts, joined, of_year
from klarsyn.mapping.methods.rated import finite, finite_cell, rate_row, rate_steps, steps
from klarsyn.mapping.results import Finding, Step
from klarsyn.mapping.tables import alphabetical, row_id, sorted_rows
from smallcounts.counts import Count, CountTable, Status
from smallcounts.rates import RateRatio, funnel, rate_ratio

_ONE_BY_ONE: Final = 20  # so many can be compared with home one at a time; beyond, only its neighbours
_GRID: Final = 60  # points of the funnel's curves


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """The comparison of the mapping's year. Where sources disagree both are shown, neither is used."""
    year = replace(gathered.tables[0], counts=of_year(gathered.tables[0], inputs))
    observed = [c for c in year.observed() if c.population is not None]
    if not observed:
        return Draft(warnings=("no_data",))
    disputed = {group[0].area for group in conflicts(year.counts)}
    clear = [c for c in observed if c.area not in disputed]
    per, using = gathered.indicator.per, (year, inputs.population)
    rates, rate_how = _rates(observed, inputs, per)
    ratios, pairs, ratio_how = _ratios(clear, inputs)
    curves, curve_how = _funnel(clear, inputs, per)
    extra = smoothed.compute(gathered, inputs, disputed)
    cover = _coverage(year, inputs, per)
    tables = {"rates": rates, "ratios": ratios, "funnel": curves, "coverage": cover}
    return Draft(
        tables=(
            *(TableDraft(name, rows, inputs=using) for name, rows in tables.items() if rows),
            *extra.tables,
        ),
        findings=(
            *_findings(rates, pairs, cover, inputs, per),
            *conflict_findings(year.counts),
            *extra.findings,
        ),
        steps=(*rate_how, *ratio_how, *curve_how, *extra.steps),
        warnings=(*_warnings(gathered, year, clear), *extra.warnings),
    )


def _rates(observed: Sequence[Count], inputs: Inputs, per: int) -> tuple[tuple[Row, ...], list[Step]]:
    home = inputs.municipality
    rows = sorted_rows([{**rate_row(c, per), "is_home": int(c.area == home)} for c in observed], home)
    how = [s for c in observed for s in rate_steps(row_id("rates", rate_row(c, per)), c, per)]
    return rows, how


def _others(clear: Sequence[Count], inputs: Inputs) -> list[Count]:
    """Whom home is compared with one at a time: all when they are few, else those it borders on.

    With hundreds of comparisons some would come out by chance alone.
    """
    others = [c for c in clear if c.area != inputs.municipality]
    if len(others) > _ONE_BY_ONE:
        near = {a for pair in inputs.borders if inputs.municipality in pair for a in pair}
        others = [c for c in others if c.area in near]
    return sorted(others, key=lambda c: alphabetical(c.name))


Pair = tuple[Count, Count, RateRatio]


def _ratios(clear: Sequence[Count], inputs: Inputs) -> tuple[tuple[Row, ...], list[Pair], list[Step]]:
    homes = [c for c in clear if c.area == inputs.municipality]
    pairs = [
        (a, b, rate_ratio(a.value or 0, a.population or 0, b.value or 0, b.population or 0))
        for a in homes
        for b in _others(clear, inputs)
    ]
    rows = tuple(_ratio_row(*pair) for pair in pairs)
    how = [s for row, pair in zip(rows, pairs, strict=True) for s in steps(row_id("ratios", row), pair[2])]
    return rows, pairs, how


def _ratio_row(a: Count, b: Count, result: RateRatio) -> Row:
    return {
        "area_a": a.area,
        "name_a": a.name,
        "area_b": b.area,
        "name_b": b.name,
        "ratio": finite_cell(result.value),
        "lower": finite_cell(result.interval.lower),
        "upper": finite_cell(result.interval.upper),
        "p_value": result.p_value,
        "verdict": result.verdict,
    }


def _funnel(clear: Sequence[Count], inputs: Inputs, per: int) -> tuple[tuple[Row, ...], tuple[Step, ...]]:
    """Where rates fall by chance alone around the pooled rate, over the sizes that municipalities have."""
    counts = np.array([c.value or 0 for c in clear], dtype=np.int64)
    people = np.array([c.population or 0 for c in clear], dtype=np.float64)
    if len(clear) < 2 or counts.sum() == 0:
        return (), ()
    pooled = float(counts.sum() / people.sum())
    result = funnel(counts, people * pooled, target=1.0)
    sizes = [c.value or 0 for c in inputs.population.observed() if c.area != "00"] or [int(p) for p in people]
    grid = np.unique(np.round(np.geomspace(min(sizes), max(sizes), _GRID)))
    limits = np.asarray(result.limits(grid * pooled)) * pooled * per
    rows: list[Row] = [
        {
            "population": int(size),
            "low_998": float(lowest),
            "low_95": float(low),
            "target": pooled * per,
            "high_95": float(high),
            "high_998": float(highest),
        }
        for size, lowest, low, high, highest in zip(grid, *limits, strict=True)
    ]
    put_in = f"{int(counts.sum())} / {int(people.sum())} * {per}"
    target = Step(
        "funnel", "target = sum of counts / sum of populations * per", put_in, f"{pooled * per:.4g}", ""
    )
    return tuple(rows), (target, *steps("funnel", result))


def _coverage(year: CountTable, inputs: Inputs, per: int) -> tuple[Row, ...]:
    """One row for each municipality: what is known of it, and why not when it is not."""
    by_area = {c.area: c for c in year.counts}
    people = {c.area: c.value for c in inputs.population.observed()}
    rows: list[Row] = []
    for area in inputs.areas:
        count = by_area.get(area.code)
        population = (count.population if count else None) or people.get(area.code)
        value = count.value if count else None
        rows.append(
            {
                "area": area.code,
                "name": area.name,
                "status": str(count.status if count else Status.UNAVAILABLE),
                "count": value,
                "population": population,
                "rate": value / population * per if value is not None and population else None,
            }
        )
    return sorted_rows(rows, inputs.municipality)


def _findings(
    rates: Sequence[Row], pairs: Sequence[Pair], cover: Sequence[Row], inputs: Inputs, per: int
) -> list[Finding]:
    period = str(inputs.year)
    known = sum(1 for row in cover if row["status"] == Status.OBSERVED)
    low = min(rates, key=lambda row: row["rate"] or 0)
    high = max(rates, key=lambda row: row["rate"] or 0)
    return [
        _headline(rates, pairs, cover, inputs, per),
        *(_ratio_finding(*pair) for pair in pairs if pair[0].value or pair[1].value),
        say("coverage", known=known, total=len(cover), period=period),
        say(
            "rates_span",
            period=period,
            areas=len({row["area"] for row in rates}),
            lowest_name=low["name"] or "",
            lowest_rate=low["rate"] or 0,
            highest_name=high["name"] or "",
            highest_rate=high["rate"] or 0,
            per=per,
        ),
    ]


def _headline(
    rates: Sequence[Row], pairs: Sequence[Pair], cover: Sequence[Row], inputs: Inputs, per: int
) -> Finding:
    home = [row for row in rates if row["is_home"]]
    if len(home) != 1:
        mine = next((row for row in cover if row["area"] == inputs.municipality), None)
        status = str(mine["status"]) if mine and not home else str(Status.UNAVAILABLE)
        return say("home_missing", name=inputs.municipality_name, period=str(inputs.year), status=status)
    numbers = {k: home[0][k] or 0 for k in ("count", "population", "rate", "lower", "upper")}
    verdicts = {
        v: joined([b.name for _, b, r in pairs if r.verdict == v]) for v in ("above", "below", "not_shown")
    }
    return say(
        "home_summary", name=inputs.municipality_name, period=str(inputs.year), per=per, **numbers, **verdicts
    )


def _ratio_finding(a: Count, b: Count, result: RateRatio) -> Finding:
    return say(
        f"ratio_{result.verdict}",
        name_a=a.name,
        name_b=b.name,
        ratio=finite(result.value),
        lower=result.interval.lower,
        upper=finite(result.interval.upper),
        p_value=result.p_value,
    )


def _warnings(gathered: Gathered, year: CountTable, clear: Sequence[Count]) -> tuple[str, ...]:
    periods = {c.period for table in gathered.tables for c in table.observed()}
    return (
        *(("single_year",) if len(periods) == 1 else ()),
        *(("compared_with_neighbours",) if len(clear) - 1 > _ONE_BY_ONE else ()),
        *approximate((year,)),
        *(("conflict",) if conflicts(year.counts) else ()),
    )
