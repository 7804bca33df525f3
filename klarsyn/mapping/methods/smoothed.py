"""Estimates that borrow strength from all areas, from neighbours and years: where the data carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from klarsyn.mapping.canonical import MODEL_DIGITS, rounded
from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.common import of_year, steps
from klarsyn.mapping.results import Finding
from klarsyn.mapping.tables import sorted_rows
from smallcounts.counts import Count, CountTable
from smallcounts.rates import ranks, shrink, spatial

AREAS_TO_SHRINK: Final = 10
AREAS_FOR_SPACE: Final = 100
_DRAWS: Final = 4000
_SEED: Final = 20190308  # any number; fixed so that the same inputs give the same draws
_TOP: Final = 10
Array = NDArray[np.float64]


def compute(gathered: Gathered, inputs: Inputs, disputed: set[str]) -> Draft:
    """What the number of areas, borders and years allows, each with a warning code where it does not."""
    table = gathered.tables[0]
    year = [
        c for c in of_year(table, inputs) if c.value is not None and c.population and c.area not in disputed
    ]
    year.sort(key=lambda c: c.area)
    using = (replace(table, counts=tuple(year)), inputs.population)
    if len(year) < AREAS_TO_SHRINK:
        return Draft(warnings=("too_few_for_shrinkage", "too_few_for_spatial"))
    shrunken = _shrunken(year, inputs, gathered.indicator.per, using)
    if len(year) < AREAS_FOR_SPACE or not inputs.borders:
        return _together(shrunken, Draft(warnings=("too_few_for_spatial",)))
    return _together(shrunken, _spatial(year, inputs, gathered.indicator.per, using))


def _together(*drafts: Draft) -> Draft:
    return Draft(
        tables=tuple(t for d in drafts for t in d.tables),
        findings=tuple(f for d in drafts for f in d.findings),
        steps=tuple(s for d in drafts for s in d.steps),
        warnings=tuple(w for d in drafts for w in d.warnings),
    )


def _arrays(counts: Sequence[Count]) -> tuple[NDArray[np.int64], Array, float]:
    """Counts (n,), expected counts (n,) at the pooled rate, and that rate per person."""
    y = np.array([c.value or 0 for c in counts], dtype=np.int64)
    people = np.array([c.population or 0 for c in counts], dtype=np.float64)
    pooled = float(y.sum() / people.sum())
    return y, people * pooled, pooled


def _rows(counts: Sequence[Count], scale: float, mean: Array, lower: Array, upper: Array) -> list[Row]:
    return [
        {
            "area": c.area,
            "name": c.name,
            "rate": rounded(float(m) * scale, MODEL_DIGITS),
            "lower": rounded(float(low) * scale, MODEL_DIGITS),
            "upper": rounded(float(high) * scale, MODEL_DIGITS),
        }
        for c, m, low, high in zip(counts, mean, lower, upper, strict=True)
    ]


def _shrunken(counts: Sequence[Count], inputs: Inputs, per: int, using: tuple[CountTable, ...]) -> Draft:
    y, expected, pooled = _arrays(counts)
    result = shrink(y, expected)
    rows = sorted_rows(
        _rows(counts, pooled * per, result.mean, result.lower, result.upper), inputs.municipality
    )
    return Draft(
        tables=(TableDraft("shrunken", rows, using),),
        findings=_home(rows, inputs, per),
        steps=steps("shrunken", result),
    )


def _home(rows: Sequence[Row], inputs: Inputs, per: int) -> tuple[Finding, ...]:
    return tuple(
        say(
            "home_shrunken",
            name=inputs.municipality_name,
            per=per,
            **{k: row[k] or 0 for k in ("rate", "lower", "upper")},
        )
        for row in rows
        if row["area"] == inputs.municipality
    )


def border_pairs(codes: Sequence[str], borders: Sequence[tuple[str, str]]) -> list[tuple[int, int]]:
    """Borders as positions in `codes`; a border to an area that is not there is left out."""
    at = {code: i for i, code in enumerate(codes)}
    return [(at[a], at[b]) for a, b in borders if a in at and b in at]


def _spatial(counts: Sequence[Count], inputs: Inputs, per: int, using: tuple[CountTable, ...]) -> Draft:
    y, expected, pooled = _arrays(counts)
    codes = [c.area for c in counts]
    model = spatial(y, expected, border_pairs(codes, inputs.borders), areas=codes, seed=_SEED)
    if not model.diagnostics.has_converged:
        return Draft(warnings=("spatial_not_reliable",))
    placed = ranks(model.draws(_DRAWS, _SEED), top=_TOP)
    top = [rounded(float(p), MODEL_DIGITS) for p in placed.probability_top]
    rows = _rows(counts, pooled * per, model.mean, model.lower, model.upper)
    smooth: list[Row] = [{**row, "probability_top": p} for row, p in zip(rows, top, strict=True)]
    places: list[Row] = [
        {
            "area": c.area,
            "name": c.name,
            "rank_lower": round(float(low)),
            "rank_upper": round(float(high)),
            "probability_top": p,
        }
        for c, low, high, p in zip(counts, placed.lower, placed.upper, top, strict=True)
    ]
    home = inputs.municipality
    return Draft(
        tables=(
            TableDraft("spatial", sorted_rows(smooth, home), using),
            TableDraft("ranks", sorted_rows(places, home), using),
        ),
        findings=_rank_findings(places, inputs),
        steps=(*steps("spatial", model), *steps("ranks", placed)),
    )


def _rank_findings(places: Sequence[Row], inputs: Inputs) -> tuple[Finding, ...]:
    widths = sorted(int(row["rank_upper"] or 0) - int(row["rank_lower"] or 0) + 1 for row in places)
    own = [
        say(
            "home_rank",
            name=inputs.municipality_name,
            rank_lower=row["rank_lower"] or 0,
            rank_upper=row["rank_upper"] or 0,
            areas=len(places),
            probability_top=row["probability_top"] or 0,
            top=_TOP,
        )
        for row in places
        if row["area"] == inputs.municipality
    ]
    return (*own, say("rank_width", areas=len(places), median_width=widths[len(widths) // 2]))
