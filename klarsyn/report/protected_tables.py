"""Protected tables for a reader: crossed, in words, with what the protection did said beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from klarsyn.base.numbers import written
from klarsyn.mapping.results import FigureResult
from klarsyn.report import categories, numbers, sentences
from klarsyn.report.crossed import Line, Parts, laid_out
from klarsyn.report.view import Cell, Head, Row, TableShown
from smallcounts.results import Cell as Value
from smallcounts.results import SafeTable

TOTAL: Final = "total"  # where a variable is summed over, as smallcounts writes it
SYMBOLS: Final = ("..", ".", "-")
UNSAID: Final = "unsaid"  # a category for what was not told, kept so that a sum is whole
_NOT_VARIABLES: Final = ("period", "count", "value", "status")


@dataclass(frozen=True, slots=True)
class Published:
    """One published cell: its number, or the symbol that stands in its place."""

    number: float | None
    symbol: str = ""


def is_protected(table: SafeTable) -> bool:
    """Whether the table holds protected figures: they have a status for each cell and sums among the rows."""
    names = [c.name for c in table.columns]
    return names[:1] == ["period"] and names[-1:] == ["status"] and bool({"count", "value"} & set(names))


def variables(table: SafeTable) -> tuple[str, ...]:
    return tuple(c.name for c in table.columns if c.name not in _NOT_VARIABLES)


def parts_of(table: SafeTable, row: dict[str, Value]) -> Parts:
    """What a row stands for: the categories that are not summed over."""
    pairs = ((name, row[name]) for name in variables(table))
    return tuple((name, str(value)) for name, value in pairs if value not in (None, TOTAL))


def axes(table: SafeTable) -> list[list[str]]:
    """The variables, each with the coarser levels shown in its place: levels never stand together."""
    rows = [dict(parts_of(table, row)) for row in table.to_rows()]
    found: list[list[str]] = []
    for name in variables(table):
        mine = [row for row in rows if name in row]
        home = next((a for a in found if not any(other in row for row in mine for other in a)), None)
        if home is not None and _gives_way(table, home[0], name):
            home.append(name)
        else:
            found.append([name])
    return found


def _gives_way(table: SafeTable, name: str, level: str) -> bool:
    """Whether `name` is left empty where `level` is shown."""
    return any(row[name] is None and row[level] not in (None, TOTAL) for row in table.to_rows())


def cells_of(table: SafeTable, period: str) -> dict[Parts, Published]:
    """The cells of one period, in the order of the table."""
    number = next(c.name for c in table.columns if c.name in ("count", "value"))
    return {
        parts_of(table, row): _published(row[number], str(row["status"]))
        for row in table.to_rows()
        if row["period"] == period
    }


def _published(value: Value, status: str) -> Published:
    if isinstance(value, int | float):
        return Published(float(value))
    return Published(None, status if status in SYMBOLS else "..")


def newest(table: SafeTable) -> str:
    """The last single period; the last sum of periods where there is no single one."""
    periods = sorted({str(p) for p in table.column("period")})
    return max([p for p in periods if "/" not in p] or periods)


def table_shown(table: SafeTable, figure: FigureResult, language: str, data: str) -> TableShown:
    """The table of its newest period as a reader meets it; earlier periods stand in the open data."""
    period, ways = newest(table), axes(table)
    grid = laid_out(cells_of(table, period), ways)
    names = [n for axis in ways[:-1] or ways for n in axis[:1]]
    first = Head(numbers.capital(" · ".join(categories.variable(n, language) for n in names)), False)
    heads = (first, *(Head(label(c, language), True) for c in grid.columns))
    rows = tuple(_row(line, language) for line in grid.rows if not _is_idle(line))
    return TableShown(
        name=table.name,
        caption=caption(ways, period, language),
        heads=heads if len(ways) > 1 else (first, Head("Antal" if language == "sv" else "Count", True)),
        rows=rows,
        data=data,
        note=_note(table, figure, language),
    )


def _note(table: SafeTable, figure: FigureResult, language: str) -> str:
    """The protection in one sentence, and where earlier periods are."""
    said = sentences.protection(figure, language)
    if len(set(table.column("period"))) < 2:
        return said
    where = "Fler år finns som öppna data." if language == "sv" else "More years are open data."
    return f"{said} {where}"


def caption(ways: list[list[str]], period: str, language: str) -> str:
    """ "Ålder och kön, 2024"."""
    names = [categories.variable(axis[0], language) for axis in ways]
    return f"{numbers.capital(numbers.listing(names, language))}, {numbers.period(period, language)}"


def label(parts: Parts, language: str) -> str:
    """What a row or column stands for; the sum of all where it stands for everything."""
    if not parts:
        return "Alla" if language == "sv" else "All"
    words = ", ".join(categories.category(name, category, language) for name, category in parts)
    return numbers.capital(words)


def _is_idle(line: Line[Published]) -> bool:
    """Whether it stands for what nobody said, and nothing is there: the row would only raise a question."""
    is_unsaid = any(category == UNSAID for _name, category in line.parts)
    return is_unsaid and all(cell is None or cell.number == 0 for cell in line.cells)


def _row(line: Line[Published], language: str) -> Row:
    cells = tuple(Cell(text(cell, language), True) for cell in line.cells)
    return Row((Cell(label(line.parts, language)), *cells), line.is_sum, "")


def text(cell: Published | None, language: str) -> str:
    """The number, or in words why there is none."""
    if cell is None:
        return ""
    if cell.number is None:
        return categories.symbol(cell.symbol, language)
    return written(cell.number, 0 if cell.number.is_integer() else 1, language)
