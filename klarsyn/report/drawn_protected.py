"""Charts of protected counts: years, parts, one crossed table, each with what rounding leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from klarsyn.mapping.results import FigureResult
from klarsyn.report import categories, numbers, sentences
from klarsyn.report.counted_things import things
from klarsyn.report.crossed import laid_out
from klarsyn.report.drawing import Draw, Drawing
from klarsyn.report.figures import Chart, RoundedGroup, RoundedRow, rounded_rows
from klarsyn.report.protected_tables import Published, axes, cells_of, is_protected, label, newest, text
from smallcounts.results import SafeTable

MOST: Final = 16  # cells of a crossed table that can be taken in at once
PARTS, APART = "protected_parts", "protected_apart"  # parts of one count; kinds with units of their own
_STATUS: Final = {"..": "withheld", ".": "not_applicable", "-": "unavailable"}


def protected(figure: FigureResult, language: str) -> dict[str, Draw]:
    """The totals of the years, the sums of each variable, the first crossed table that is small enough."""
    tables = [t for t in figure.tables if is_protected(t) and any(c.name == "count" for c in t.columns)]
    if not tables:
        return {}
    error = next((int(f.get("error")) for f in figure.findings if f.code == sentences.PROTECTION), 0)
    plans: dict[str, Draw] = {}
    years = _years(tables, language, error)
    if len(years) > 1:
        plans["protected_years"] = partial(_drawn, figure, [RoundedGroup("", tuple(years))])
    parts = _parts(tables, language, error)
    if parts:
        is_apart = any(f.code == sentences.APART for f in figure.findings)
        plans[APART if is_apart else PARTS] = partial(_drawn, figure, parts)
    crossed = next((t for t in tables if len(axes(t)) == 2 and _inner(t) <= MOST), None)
    if crossed:
        plans["protected_crossed"] = partial(_drawn, figure, _groups(crossed, language, error))
    return plans


def fewer_parts(figure: FigureResult, language: str) -> list[Draw]:
    """The chart of the parts with ever fewer of the variables, for where the whole of it has no room."""
    whole = protected(figure, language).get(PARTS)
    groups: list[RoundedGroup] = list(whole.args[1]) if isinstance(whole, partial) else []
    return [partial(_drawn, figure, groups[:n]) for n in range(len(groups) - 1, 0, -1)]


def _row(name: str, cell: Published, error: int) -> RoundedRow:
    if cell.number is None:
        return RoundedRow(name, None, status=_STATUS[cell.symbol])
    value = int(cell.number)
    return RoundedRow(name, value, max(0, value - error), value + error)


def _years(tables: Sequence[SafeTable], language: str, error: int) -> list[RoundedRow]:
    """The sum of everybody, a row a single period."""
    periods = sorted({str(p) for p in tables[0].column("period") if "/" not in str(p)})
    sums = [(p, cells_of(tables[0], p).get(())) for p in periods]
    return [_row(numbers.period(p, language), cell, error) for p, cell in sums if cell]


def _parts(tables: Sequence[SafeTable], language: str, error: int) -> list[RoundedGroup]:
    """Each variable with the sums of its categories, once, though several tables show them."""
    groups: dict[str, RoundedGroup] = {}
    for table in tables:
        for parts, cell in cells_of(table, newest(table)).items():
            if len(parts) == 1:
                name = parts[0][0]
                made = groups.get(name) or RoundedGroup(
                    numbers.capital(categories.variable(name, language)), ()
                )
                row = _row(label(parts, language), cell, error)
                if row not in made.rows:
                    groups[name] = RoundedGroup(made.label, (*made.rows, row))
    return list(groups.values())


def _inner(table: SafeTable) -> int:
    return sum(1 for parts in cells_of(table, newest(table)) if len(parts) == 2)


def _groups(table: SafeTable, language: str, error: int) -> list[RoundedGroup]:
    """One group a row of the table, one mark a column; sums are left to the table."""
    grid = laid_out(cells_of(table, newest(table)), axes(table))
    return [
        RoundedGroup(
            label(line.parts, language),
            tuple(
                _row(label(column, language), cell, error)
                for column, cell in zip(grid.columns, line.cells, strict=True)
                if column and cell
            ),
        )
        for line in grid.rows
        if line.parts
    ]


def _drawn(figure: FigureResult, groups: Sequence[RoundedGroup], d: Drawing) -> Chart:
    said = ". ".join(_said(g, d) for g in groups)
    how = sentences.protection(figure, d.language)
    counted = figure.indicator.measures[0]
    unit = d.say(f"{things(counted, 'sv')}, avrundat", f"{things(counted, 'en')}, rounded")
    return rounded_rows(groups, unit, **d.look(f"{said}. {how}"))


def _said(group: RoundedGroup, d: Drawing) -> str:
    rows = ", ".join(f"{r.label} {_value(r, d)}" for r in group.rows)
    return f"{group.label}: {rows}" if group.label else rows


def _value(row: RoundedRow, d: Drawing) -> str:
    if row.value is None:
        mark = next(m for m, status in _STATUS.items() if status == row.status)
        return categories.symbol(mark, d.language)
    return text(Published(float(row.value)), d.language)
