"""Inputs to figures: pure (no database, clock or network), and at the last step permitted or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from klarsyn.base.progress import Progress, silent
from klarsyn.mapping.canonical import rounded
from klarsyn.mapping.definitions import Method
from klarsyn.mapping.drafts import Draft, TableDraft
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods import (
    earlier,
    expected,
    places,
    population,
    rates_compared,
    regions,
    series,
    shares,
    statements,
    victims,
)
from klarsyn.mapping.results import FigureResult, Finding, Param
from klarsyn.mapping.tables import columns
from smallcounts.disclosure import permit_public
from smallcounts.results import Cell, SafeTable

METHODS: Final[Mapping[Method, Callable[[Gathered, Inputs], Draft]]] = {
    Method.RATES_COMPARED: rates_compared.compute,
    Method.EXPECTED: expected.compute,
    Method.SERIES: series.compute,
    Method.REGIONS: regions.compute,
    Method.VICTIMS: victims.compute,
    Method.SHARES: shares.compute,
    Method.PLACES: places.compute,
    Method.STATEMENTS: statements.compute,
    Method.EARLIER: earlier.compute,
    Method.POPULATION: population.compute,
}


def compute(inputs: Inputs, progress: Progress = silent) -> tuple[FigureResult, ...]:
    """Every figure of the mapping, in the order of the inputs. The same inputs give the same figures.

    Raises smallcounts.disclosure.DisclosureRefused when a table rests on anything that is not public.
    """
    figures = []
    for done, gathered in enumerate(inputs.figures, start=1):
        figures.append(_figure(gathered, inputs))
        progress(f"räknar {gathered.indicator.id}", done, len(inputs.figures))
    return tuple(figures)


def _figure(gathered: Gathered, inputs: Inputs) -> FigureResult:
    indicator = gathered.indicator
    draft = METHODS[indicator.method](gathered, inputs)
    tables = tuple(_permitted(table, indicator.per) for table in draft.tables)
    keys = {key for table in tables for key in table.sources}
    return FigureResult(
        indicator=indicator,
        tables=tables,
        findings=tuple(_tidy(finding) for finding in draft.findings),
        steps=draft.steps,
        warnings=draft.warnings,
        sources=tuple(source for source in inputs.provenance if source.key in keys),
        breaks=gathered.breaks,
        operations=gathered.operations,
    )


def _permitted(table: TableDraft, per: int) -> SafeTable:
    """The last step: disclosure says whether the rows may leave."""
    rows = [{name: _tidy_cell(cell) for name, cell in row.items()} for row in table.rows]
    shown = columns(table.name, per=per)
    return permit_public(table.name, shown, rows, inputs=table.inputs, sources=table.sources)


def _tidy(finding: Finding) -> Finding:
    return Finding(finding.code, tuple((name, _tidy_param(value)) for name, value in finding.params))


def _tidy_cell(value: Cell) -> Cell:
    return rounded(value) if isinstance(value, float) else value


def _tidy_param(value: Param) -> Param:
    return rounded(value) if isinstance(value, float) else value
