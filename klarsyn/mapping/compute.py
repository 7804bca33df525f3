"""Inputs to figures: pure (no database, clock or network), and at the last step permitted or refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from klarsyn.base.progress import Progress, silent
from klarsyn.mapping.canonical import rounded
from klarsyn.mapping.definitions import Method
from klarsyn.mapping.drafts import Draft, TableDraft
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods import (
    earlier,
    expected,
    hidden_population,
    places,
    population,
    protected,
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
from smallcounts.disclosure.attacks.linked import Neighbour
from smallcounts.disclosure.programme import Programme
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
    Method.HIDDEN_POPULATION: hidden_population.compute,
}


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """The figures, and for insiders what each protected one was made of, by id of its indicator."""

    figures: tuple[FigureResult, ...]
    protected: dict[str, protected.Made]


def compute(inputs: Inputs, key: bytes = b"", progress: Progress = silent) -> tuple[FigureResult, ...]:
    """Every figure of the mapping, in the order of the inputs. The same inputs and key give the same figures.

    Raises smallcounts.disclosure.DisclosureError when a table may not leave, or cannot be protected.
    """
    return compute_with_insight(inputs, key, progress).figures


def compute_with_insight(inputs: Inputs, key: bytes, progress: Progress = silent) -> Computed:
    """The same figures, with what an audit needs to know of the protected ones.

    `key`: the release key; needed only where a figure is protected.
    """
    figures: dict[int, FigureResult] = {}
    insight: dict[str, protected.Made] = {}
    for done, (at, gathered) in enumerate(_order(inputs.figures), start=1):
        if gathered.indicator.method is Method.PROTECTED:
            tell = _teller(progress, done - 1, len(inputs.figures))
            made = protected.compute(gathered, inputs, key, tell, _neighbours(gathered, insight))
            if made is not None:
                insight[gathered.indicator.id] = made
            figures[at] = _protected(gathered, inputs, made)
        else:
            figures[at] = _public(gathered, inputs)
        progress(f"räknar {gathered.indicator.id}", done, len(inputs.figures))
    kept = {g.indicator.id: insight[g.indicator.id] for g in inputs.figures if g.indicator.id in insight}
    return Computed(tuple(figures[at] for at in sorted(figures)), kept)


def _order(figures: Sequence[Gathered]) -> list[tuple[int, Gathered]]:
    """With their places; those that count people of another figure come after all that do not."""
    return sorted(enumerate(figures), key=lambda one: bool(_within(one[1])))


def _within(gathered: Gathered) -> tuple[str, ...]:
    if not gathered.programme:
        return ()
    return tuple(one.programme for one in Programme.from_toml(gathered.programme).within)


def _neighbours(gathered: Gathered, made: Mapping[str, protected.Made]) -> list[Neighbour]:
    """Of what is protected already, the figures that count the same people."""
    names = _within(gathered)
    return [one.as_neighbour() for one in made.values() if one.programme.name in names]


def _teller(progress: Progress, done: int, total: int) -> Callable[[str], None]:
    """Tells which attack is under way: they take most of the time."""
    return lambda step: progress(f"skyddar och prövar: {step.partition(':')[0]}", done, total)


def _protected(gathered: Gathered, inputs: Inputs, made: protected.Made | None) -> FigureResult:
    if made is None:
        return _figure(gathered, inputs, Draft(warnings=("no_data",)), ())
    return _figure(gathered, inputs, made.draft, made.release.tables)


def _public(gathered: Gathered, inputs: Inputs) -> FigureResult:
    draft = METHODS[gathered.indicator.method](gathered, inputs)
    tables = tuple(_permitted(table, gathered.indicator.per) for table in draft.tables)
    return _figure(gathered, inputs, draft, tables)


def _figure(gathered: Gathered, inputs: Inputs, draft: Draft, tables: tuple[SafeTable, ...]) -> FigureResult:
    indicator = gathered.indicator
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
