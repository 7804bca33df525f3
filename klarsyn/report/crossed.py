"""Cells of a crossed table laid out as rows and columns: the last variable across, the others down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
Parts = tuple[tuple[str, str], ...]  # (variable or level, category); a sum leaves its variable out
Axes = Sequence[Sequence[str]]  # each variable of the table, with the levels of its subtotals


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """One row: what it stands for, and a cell for each column; None where the table shows none."""

    parts: Parts
    cells: tuple[T | None, ...]

    @property
    def is_sum(self) -> bool:
        return not self.parts


@dataclass(frozen=True, slots=True)
class Grid(Generic[T]):
    """`columns`: what each stands for, () the sum across."""

    columns: tuple[Parts, ...]
    rows: tuple[Line[T], ...]


def laid_out(cells: Mapping[Parts, T], axes: Axes) -> Grid[T]:
    """The cells of one period in the order they come, sums last."""
    across = set(axes[-1]) if len(axes) > 1 else set()
    columns = _in_order(tuple(p for p in parts if p[0] in across) for parts in cells)
    rows = _in_order(tuple(p for p in parts if p[0] not in across) for parts in cells)
    found = {frozenset(parts): cell for parts, cell in cells.items()}
    lines = tuple(Line(row, tuple(found.get(frozenset((*row, *c))) for c in columns)) for row in rows)
    return Grid(columns, lines)


def _in_order(found: object) -> tuple[Parts, ...]:
    """Each once, in the order met; what names fewer variables is a sum and comes after."""
    met: dict[Parts, None] = dict.fromkeys(found)  # type: ignore[call-overload]
    return tuple(sorted(met, key=lambda parts: -len(parts)))
