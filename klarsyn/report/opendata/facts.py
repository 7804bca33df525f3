"""What the open data must know of its edition, and how its files are named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from klarsyn.mapping.results import FigureResult, FrozenMapping
from smallcounts.results import Cell, Column, SafeTable

DATA_LICENCE = ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
VALUE_KINDS = frozenset({"count", "population", "number", "percent"})
# How a missing value is written where a format has a place for the reason. An empty cell is never zero.
MISSING = "unavailable"


@dataclass(frozen=True, slots=True)
class EditionFacts:
    """The edition a set of files belongs to. `address` is its stable URL, without a last slash."""

    slug: str
    number: int
    title_sv: str
    title_en: str
    publisher: str
    address: str
    released_on: date | None
    what_changed: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of one figure, with the name its files carry."""

    figure: FigureResult
    table: SafeTable

    @property
    def name(self) -> str:
        figure, table = self.figure.indicator.id, self.table.name
        return figure.replace("_", "-") if figure == table else f"{figure}-{table}".replace("_", "-")


def sheets(mapping: FrozenMapping) -> Iterator[Sheet]:
    """Every table of the mapping, in the order of the report."""
    for figure in mapping.figures:
        for table in figure.tables:
            yield Sheet(figure, table)


def value_columns(table: SafeTable) -> list[Column]:
    return [c for c in table.columns if c.kind in VALUE_KINDS]


def plain(value: Cell) -> str:
    """A cell as text for CSV: the shortest form that reads back as the same number."""
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value)
