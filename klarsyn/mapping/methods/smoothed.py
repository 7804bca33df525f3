"""Estimates that borrow strength from all areas, from neighbours and years: where the data carry them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods import modelled
from klarsyn.mapping.methods.counted import of_year
from klarsyn.mapping.methods.modelled import pooled_arrays, rate_rows, usable
from klarsyn.mapping.methods.rated import steps
from klarsyn.mapping.results import Finding
from klarsyn.mapping.tables import sorted_rows
from smallcounts.counts import Count, CountTable
from smallcounts.rates import shrink

AREAS_TO_SHRINK: Final = 10
AREAS_FOR_SPACE: Final = 100


def compute(gathered: Gathered, inputs: Inputs, disputed: set[str]) -> Draft:
    """What the number of areas, borders and years allows, each with a warning code where it does not."""
    table = gathered.tables[0]
    year = usable(of_year(table, inputs), disputed)
    using = (replace(table, counts=tuple(year)), inputs.population)
    if len(year) < AREAS_TO_SHRINK:
        return Draft(warnings=("too_few_for_shrinkage", "too_few_for_spatial"))
    shrunken = _shrunken(year, inputs, gathered.indicator.per, using)
    if len(year) < AREAS_FOR_SPACE or not inputs.borders:
        return _together(shrunken, Draft(warnings=("too_few_for_spatial",)))
    return _together(shrunken, modelled.compute(gathered, inputs, disputed))


def _together(*drafts: Draft) -> Draft:
    return Draft(
        tables=tuple(t for d in drafts for t in d.tables),
        findings=tuple(f for d in drafts for f in d.findings),
        steps=tuple(s for d in drafts for s in d.steps),
        warnings=tuple(w for d in drafts for w in d.warnings),
    )


def _shrunken(counts: Sequence[Count], inputs: Inputs, per: int, using: tuple[CountTable, ...]) -> Draft:
    y, expected, pooled = pooled_arrays(counts)
    result = shrink(y, expected)
    rows = sorted_rows(
        rate_rows(counts, pooled * per, result.mean, result.lower, result.upper), inputs.municipality
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
