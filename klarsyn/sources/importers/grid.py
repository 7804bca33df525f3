"""A file as rows of cells, whatever it came as."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_BYTES = 10 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200


class Kind(StrEnum):
    """What a cell is. CSV knows only text."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    FORMULA = "formula"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text as printed, what it is, and its number when it is one."""

    text: str = ""
    kind: Kind = Kind.EMPTY
    number: float | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row and the line it stands on, first line = 1."""

    line: int
    cells: tuple[Cell, ...]

    def cell(self, at: int) -> Cell:
        """The cell in a column counted from 0; empty when the row is shorter."""
        return self.cells[at] if at < len(self.cells) else EMPTY

    def is_blank(self) -> bool:
        return all(cell.kind is Kind.EMPTY for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of one table, and what a reader should know of how they were read."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()


EMPTY = Cell()
