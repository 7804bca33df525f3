"""Percentages, rates and means from protected values only: nothing is told that the table does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from smallcounts.disclosure.cells import CellId, margin_cells
from smallcounts.disclosure.errors import ProgrammeError
from smallcounts.disclosure.programme import Derived, Programme, Table
from smallcounts.disclosure.release import DerivedFigure, Symbol, Value

TOTAL = "total"


def derive(
    programme: Programme, periods: Sequence[str], values: Mapping[CellId, Value]
) -> tuple[DerivedFigure, ...]:
    """The derived figures of the programme, from the protected `values` of its cells.

    percent = value / value of the margin · 100; rate = value / population · per; mean = Σ score · value /
    Σ value, of at least `minimum_for_mean` people. None where a part is hidden or the divisor is too small.
    ProgrammeError when a rate has no population.
    """
    figures = []
    for one in programme.derived:
        table = programme.table(one.table)
        crossed = table.variables if one.kind == "percent" else one.of
        for period in table.periods or periods:
            for cell in margin_cells(programme, table, period, crossed):
                shown = derive_one(programme, one, cell, values)
                figures.append(DerivedFigure(one.name, one.kind, cell, shown, one.decimals))
    return tuple(figures)


def derive_one(
    programme: Programme, one: Derived, cell: CellId, values: Mapping[CellId, Value]
) -> float | None:
    """One derived figure of one cell as it is printed; KeyError when a cell it needs is not in `values`."""
    value = _MAKERS[one.kind](programme, programme.table(one.table), one, cell, values)
    return None if value is None else round(value, one.decimals)


def _percent(
    programme: Programme, table: Table, one: Derived, cell: CellId, values: Mapping[CellId, Value]
) -> float | None:
    kept = {n for v in one.of if (owner := programme.variable(v)) is not None for n in owner.names()}
    margin = CellId(cell.period, tuple(part for part in cell.parts if part[0] in kept))
    value, whole = values[cell], values[margin]
    if isinstance(value, Symbol) or isinstance(whole, Symbol) or whole == 0:
        return None
    return value / whole * 100


def _rate(
    programme: Programme, table: Table, one: Derived, cell: CellId, values: Mapping[CellId, Value]
) -> float | None:
    value = values[cell]
    return None if isinstance(value, Symbol) else value / _population(programme, one, cell) * one.per


def _mean(
    programme: Programme, table: Table, one: Derived, cell: CellId, values: Mapping[CellId, Value]
) -> float | None:
    total, people = 0.0, 0
    for category, score in one.scores:
        value = values[CellId(cell.period, tuple(sorted((*cell.parts, (one.variable, category)))))]
        if isinstance(value, Symbol):
            return None
        total, people = total + score * value, people + value
    return total / people if people >= programme.rules.minimum_for_mean else None


_MAKERS = {"percent": _percent, "rate": _rate, "mean": _mean}


def _population(programme: Programme, one: Derived, cell: CellId) -> int:
    """The public population of a cell; of a merged category or a level, that of its parts if need be."""
    known = {category: people for period, category, people in one.population if period == cell.period}
    held = dict(cell.parts)
    names = [n for v in one.of if (o := programme.variable(v)) is not None for n in o.names() if n in held]
    whole = "|".join(held[name] for name in names) or TOTAL
    if whole in known:
        return known[whole]
    owners = [(o, name) for name in names if (o := programme.variable(name)) is not None]
    finest = [[o.categories[code] for code in o.codes(name, held[name]) or ()] for o, name in owners]
    keys = ["|".join(parts) for parts in product(*finest)] if names else [TOTAL]
    for key in keys:
        if key not in known:
            raise ProgrammeError(
                f"the rate '{one.name}' has no population for {key!r} in {cell.period}; add it to "
                "[derived.population]",
                code="no_population", rate=one.name, key=key, period=cell.period,
            )  # fmt: skip
    return sum(known[key] for key in keys)
