"""Lays protected values out as the tables of the programme: columns and rows, ready for a SafeTable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from smallcounts.disclosure.cells import CellId, margin_cells
from smallcounts.disclosure.programme import Derived, Programme, Table
from smallcounts.disclosure.release import DerivedFigure, Protected, Symbol
from smallcounts.results import Cell, Column

EXPLAINED = {
    "rounded": "the count was moved to a multiple beside it, so that nobody is recognised; sums agree",
    "cell_key": "the count was moved a little, so that nobody is recognised; sums do not agree",
    "suppressed": "the count as it is; nobody is recognised by it",
    "waived": "the count as it is; two named people answer for showing it",
    "derived": "computed from the protected counts alone",
    "..": "hidden, so that nobody is recognised; it may stand for nobody, for a few or for many",
    ".": "nobody can be here",
    "-": "nothing was collected",
}  # no digits: the sentences lie beside the tables, and every number there is searched for
TOTAL = "total"  # stands where a variable is summed over; pages put their own word there


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table as columns and rows, not yet permitted to leave."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, Cell], ...]


def sheets(programme: Programme, protected: Protected) -> tuple[Sheet, ...]:
    """Every table and every derived figure of a release, in the order of the programme."""
    periods = sorted({cell.period for cell in protected.cells})
    at = {cell: i for i, cell in enumerate(protected.cells)}
    counts = tuple(_counts(programme, table, protected, at, periods) for table in programme.tables)
    made = {one.name: [d for d in protected.derived if d.name == one.name] for one in programme.derived}
    return counts + tuple(_derived(programme, one, made[one.name]) for one in programme.derived)


def explained(made: Sequence[Sheet]) -> str:
    """One plain sentence for each status that the tables show, a line each."""
    shown = {str(row["status"]) for sheet in made for row in sheet.rows}
    return "".join(f"{status}: {words}\n" for status, words in EXPLAINED.items() if status in shown)


def _counts(
    programme: Programme, table: Table, protected: Protected, at: Mapping[CellId, int], periods: Sequence[str]
) -> Sheet:
    """Columns: period, the variables and subtotals, count, status ("rounded", or the symbol)."""
    names = (*table.variables, *table.subtotals)
    rows = []
    for period in table.periods or [p for p in periods if "/" not in p]:
        for margin in table.shown_margins():
            for cell in margin_cells(programme, table, period, margin):
                value, method = protected.values[at[cell]], protected.methods[at[cell]]
                is_symbol = isinstance(value, Symbol)
                rows.append(
                    {
                        "period": period,
                        **_categories(programme, names, cell),
                        "count": None if is_symbol else int(value),
                        "status": str(value) if is_symbol else str(method),
                    }
                )
    columns = (
        Column("period", "period"), *(Column(name, "text") for name in names),
        Column("count", "count", "people"), Column("status", "status"),
    )  # fmt: skip
    return Sheet(table.name, columns, tuple(rows))


def _categories(programme: Programme, names: Sequence[str], cell: CellId) -> dict[str, Cell]:
    """The category of each variable, under the level that is shown; "total" where it is summed."""
    held = dict(cell.parts)
    found: dict[str, Cell] = {}
    for name in names:
        owner = programme.variable(name)
        assert owner is not None
        found[name] = held.get(name, None if any(n in held for n in owner.names()) else TOTAL)
    return found


def _derived(programme: Programme, one: Derived, figures: Sequence[DerivedFigure]) -> Sheet:
    """Columns: period, the variables of the figure, value, status ("derived", or the symbol for hidden)."""
    table = programme.table(one.table)
    crossed = table.variables if one.kind == "percent" else one.of
    owners = [programme.variable(name) for name in crossed]
    names = (*crossed, *(s for s in table.subtotals if any(o and s in o.names() for o in owners)))
    rows = tuple(
        {
            "period": d.cell.period,
            **_categories(programme, names, d.cell),
            "value": d.value,
            "status": str(Symbol.HIDDEN) if d.value is None else "derived",
        }
        for d in figures
    )
    unit = {"percent": "%", "rate": f"per {one.per}", "mean": one.variable}[one.kind]
    kind = "percent" if one.kind == "percent" else "number"
    columns = (
        Column("period", "period"), *(Column(name, "text") for name in names),
        Column("value", kind, unit), Column("status", "status"),
    )  # fmt: skip
    return Sheet(one.name, columns, rows)
