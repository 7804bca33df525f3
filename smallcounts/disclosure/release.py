"""What a protection gives: the protected values with what was lost, and what a reader of them sees."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from smallcounts.disclosure.cells import CellId
from smallcounts.rates.results import aligned
from smallcounts.results import Cell


class Symbol(StrEnum):
    """Kept for these meanings and never used for anything else."""

    HIDDEN = ".."  # someone could be recognised
    NOT_APPLICABLE = "."  # cannot exist
    MISSING = "-"  # nothing was collected


class Method(StrEnum):
    """How a value was made."""

    ROUNDED = "rounded"
    SUPPRESSED = "suppressed"
    CELL_KEY = "cell_key"
    WAIVED = "waived"  # exact, by two named people


Value = int | Symbol


@dataclass(frozen=True, slots=True)
class Figure:
    """One published count: what a reader, and so an attacker, sees and may know of how it was made.

    base: rounding base, or the greatest noise of the cell-key method; 1 where the value is exact or hidden.
    """

    cell: CellId
    value: Value
    method: Method
    base: int
    threshold: int


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """A percentage, rate or mean made of protected values; None where it may not be shown."""

    name: str
    kind: str
    cell: CellId
    value: float | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Published:
    """All that a reader sees of one release; no truth, no keys."""

    release: str
    figures: tuple[Figure, ...]
    derived: tuple[DerivedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Lost:
    """What protection cost. Errors in people over the cells with a number; only insiders may see this."""

    cells: int
    hidden: int
    mean_error: float
    max_error: int
    is_additive: bool
    kept: int = 0  # values of the ledger that stand unchanged
    changed: int = 0  # values of the ledger that had to change
    merged: tuple[str, ...] = ()  # categories that were merged for want of people


@dataclass(frozen=True, slots=True)
class Protected:
    """A protected release. `status`: "optimal", or "limit" when a limit ended the search with `gap` left.

    values (n,): of `cells`. `gap`: the share by which a better solution could exist, 0 when optimal.
    `steps`: how it was made, in order, in plain sentences.
    """

    release: str
    cells: tuple[CellId, ...]
    values: tuple[Value, ...]
    methods: tuple[Method, ...]
    bases: tuple[int, ...]
    thresholds: tuple[int, ...]
    status: str
    gap: float
    lost: Lost
    derived: tuple[DerivedFigure, ...] = ()
    steps: tuple[str, ...] = ()

    def published(self) -> Published:
        """What leaves: figures without truth."""
        figures = tuple(
            Figure(*parts)
            for parts in zip(self.cells, self.values, self.methods, self.bases, self.thresholds, strict=True)
        )
        return Published(self.release, figures, self.derived)

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict a cell: period, cell, value, method."""
        return [
            {"period": c.period, "cell": _parts(c), "value": _cell(v), "method": str(m)}
            for c, v, m in zip(self.cells, self.values, self.methods, strict=True)
        ]

    def summary(self) -> str:
        """What was lost, and the values, as text. For the checker: it holds errors against the truth."""
        lost = self.lost
        head = [
            f"Release {self.release}: {lost.cells} cells, {lost.hidden} hidden, status {self.status}"
            f" (gap {self.gap:.3g})",
            f"Mean error {lost.mean_error:.3f}, greatest {lost.max_error}, "
            f"{'sums agree' if lost.is_additive else 'sums do not agree'}",
        ]
        if lost.kept or lost.changed:
            head.append(f"Of earlier published values {lost.kept} stand, {lost.changed} changed")
        if lost.merged:
            head.append(f"Merged for want of people: {'; '.join(lost.merged)}")
        return "\n".join([*head, "", aligned(self.to_rows())])

    def explain(self) -> tuple[str, ...]:
        """How the values were made, in steps."""
        return self.steps


def _parts(cell: CellId) -> str:
    return ", ".join(f"{name}={category}" for name, category in cell.parts) or "total"


def _cell(value: Value) -> Cell:
    return str(value) if isinstance(value, Symbol) else int(value)


def values_as_numbers(values: Sequence[Value]) -> list[int | None]:
    """The values with None for every symbol."""
    return [None if isinstance(v, Symbol) else int(v) for v in values]
