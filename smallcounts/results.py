"""Frozen outputs: a value never stands without its interval, its assumptions and its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

Cell = str | int | float | None


class NotPermitted(TypeError):
    """Someone tried to make a SafeTable without asking `smallcounts.disclosure`."""


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval with its level (0.95) and the method that made it ("exact", "mid-p" …)."""

    lower: float
    upper: float
    level: float
    method: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a SafeTable.

    `kind`: area | text | period | count | population | number | percent | status.
    """

    name: str
    kind: str
    unit: str = ""


class _Permit:
    """Held by `smallcounts.disclosure` alone; the type is the permit."""


_PERMIT: Final = _Permit()


@dataclass(frozen=True, slots=True)
class SafeTable:
    """A table that may leave the building. Made only in `smallcounts.disclosure`."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    rule: str  # the rule that let it out: "already_public" for now
    sources: tuple[str, ...]
    is_invented: bool
    permit: object

    def __post_init__(self) -> None:
        if self.permit is not _PERMIT:
            raise NotPermitted("only smallcounts.disclosure makes a SafeTable")

    def to_rows(self) -> list[dict[str, Cell]]:
        """Plain dicts, one a row, in the order of the table."""
        names = [c.name for c in self.columns]
        return [dict(zip(names, row, strict=True)) for row in self.rows]

    def column(self, name: str) -> list[Cell]:
        at = [c.name for c in self.columns].index(name)
        return [row[at] for row in self.rows]

    def row(self, **where: Cell) -> dict[str, Cell]:
        """The single row that matches; KeyError when none or several do."""
        hits = [r for r in self.to_rows() if all(r[k] == v for k, v in where.items())]
        if len(hits) != 1:
            raise KeyError(f"{len(hits)} rows in {self.name} match {where}")
        return hits[0]
