"""Lists split by traits of the persons and by year: one capture table for every combination of levels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.reading import (
    COUNT,
    MAX_COUNT,
    CaptureError,
    check_names,
    mask_of,
    rows_of_text,
    text_of,
    whole,
)
from smallcounts.mse.table import CaptureTable

MAX_CELLS = 1 << 20  # a full table of more cells than this is a slip, not a set of lists


@dataclass(frozen=True, slots=True)
class Factor:
    """A trait (age, sex, region, year) and its levels, in the order they are to be read."""

    name: str
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class StrataTable:
    """Persons by capture pattern and by the levels of one or more factors.

    `lists` (k,) names; `factors` at least one; `counts` int64, one axis a factor and last the patterns by bit
    mask (2^k,), the pattern of no list being 0. A combination without a row has no person. Made by
    `from_rows`, `from_frame` or `from_csv`, which check; CaptureError names the row and the mend.
    """

    lists: tuple[str, ...]
    factors: tuple[Factor, ...]
    counts: NDArray[np.int64]

    @property
    def k(self) -> int:
        """The number of lists."""
        return len(self.lists)

    @property
    def n(self) -> int:
        """The persons seen on at least one list."""
        return int(self.counts.sum())

    @property
    def names(self) -> tuple[str, ...]:
        """The factors' names."""
        return tuple(factor.name for factor in self.factors)

    @classmethod
    def from_rows(
        cls,
        rows: Iterable[Mapping[str, object]],
        lists: Sequence[str] | None = None,
        *,
        factors: Sequence[str] | None = None,
        places: Sequence[str] | None = None,
    ) -> StrataTable:
        """From dicts: 0/1 under the name of each list, persons under `count`, a level under each factor.

        Name the `lists` (all else is a factor) or the `factors` (all else is a list). Levels are sorted,
        numbers by size. `places`: what each row is called in messages, "row 1" and so on when not given.
        """
        given = list(rows)
        if not given:
            raise CaptureError("no row was given; each row holds a pattern, its levels and a count")
        names, found = _columns(tuple(given[0]), lists, factors)
        check_names(names)
        where = [f"row {at}" for at in range(1, len(given) + 1)] if places is None else places
        made = tuple(Factor(name, _levels(name, given, where)) for name in found)
        return cls(names, made, _filled(given, names, made, where))

    @classmethod
    def from_csv(
        cls, path: str | Path, lists: Sequence[str] | None = None, *, factors: Sequence[str] | None = None
    ) -> StrataTable:
        """From a CSV file in UTF-8 with the columns of `from_rows`; CaptureError names file and line."""
        return cls.from_csv_text(text_of(path, str(path)), lists, factors=factors, shown=str(path))

    @classmethod
    def from_csv_text(
        cls,
        text: str,
        lists: Sequence[str] | None = None,
        *,
        factors: Sequence[str] | None = None,
        shown: str = "<text>",
    ) -> StrataTable:
        """From the text of such a file; `shown` is its name in messages."""
        header, rows = rows_of_text(text, shown)
        twice = [name for name in header if header.count(name) > 1]
        if twice:
            raise CaptureError(f"{shown}:1: two columns are called {twice[0]!r}; give each a name of its own")
        dicts = [dict(zip((*header, COUNT), (*row, *count), strict=True)) for _, row, count in rows]
        return cls.from_rows(dicts, lists, factors=factors, places=[place for place, _, _ in rows])

    @classmethod
    def from_frame(
        cls, frame: Any, lists: Sequence[str] | None = None, *, factors: Sequence[str] | None = None
    ) -> StrataTable:
        """From a pandas or polars frame with the columns that `from_rows` wants."""
        columns = {str(name): np.asarray(frame[name]).tolist() for name in frame.columns}
        rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
        return cls.from_rows(rows, lists, factors=factors)

    def total(self) -> CaptureTable:
        """The lists with all levels added up."""
        return self._table(self.counts.reshape(-1, 1 << self.k).sum(axis=0))

    def level(self, factor: str, level: str) -> NDArray[np.int64]:
        """The counts (2^k,) by mask of one level, all other factors added up."""
        counts = self.by(factor)
        found: NDArray[np.int64] = counts[self.factors[self.names.index(factor)].levels.index(level)]
        return found

    def by(self, factor: str) -> NDArray[np.int64]:
        """The counts (levels, 2^k) of one factor, all others added up."""
        if factor not in self.names:
            raise CaptureError(f"no factor is called {factor!r}; there are {', '.join(self.names)}")
        return self._margin(self.names.index(factor))

    def kept(self, factors: Sequence[str]) -> StrataTable:
        """The table by these factors only, in their own order, the others added up."""
        places = [at for at, name in enumerate(self.names) if name in factors]
        if len(places) != len(set(factors)) or not places:
            raise CaptureError(f"the factors to keep must be among {', '.join(self.names)}")
        gone = tuple(at for at in range(len(self.factors)) if at not in places)
        return StrataTable(self.lists, tuple(self.factors[at] for at in places), self.counts.sum(axis=gone))

    def _margin(self, at: int) -> NDArray[np.int64]:
        gone = tuple(axis for axis in range(len(self.factors)) if axis != at)
        margin: NDArray[np.int64] = self.counts.sum(axis=gone)
        return margin

    def _table(self, cells: NDArray[np.int64]) -> CaptureTable:
        masks = np.flatnonzero(cells)
        return CaptureTable.from_masks(self.lists, masks, cells[masks])


def _columns(
    header: tuple[str, ...], lists: Sequence[str] | None, factors: Sequence[str] | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lists and the factors among the columns, by the ones named."""
    if (lists is None) == (factors is None):
        raise CaptureError("name either the columns that are lists or those that are factors")
    wanted = tuple(lists if lists is not None else factors or ())
    missing = [name for name in (*wanted, COUNT) if name not in header]
    if missing:
        shown = ", ".join(header)
        raise CaptureError(f"the column {missing[0]!r} is missing; the columns are {shown}")
    rest = tuple(name for name in header if name not in (*wanted, COUNT))
    names, found = (wanted, rest) if lists is not None else (rest, wanted)
    if not found:
        raise CaptureError("there is no column beside the lists and the count; use a CaptureTable")
    return names, found


def _levels(name: str, rows: Sequence[Mapping[str, object]], places: Sequence[str]) -> tuple[str, ...]:
    """The levels of a factor, sorted; by size when all are whole numbers."""
    values = [_level(row.get(name)) for row in rows]
    if "" in values:
        place = places[values.index("")]
        raise CaptureError(
            f"{place}: there is no value under {name!r}; write 'unknown' where it is not known"
        )
    found = set(values)
    numbers = all(level.lstrip("-").isdigit() for level in found)
    return tuple(sorted(found, key=(lambda level: (int(level), level)) if numbers else None))


def _level(value: object) -> str:
    """The level as text; "" for an empty cell of a file or a frame."""
    if value is None or value != value:  # not-a-number is no equal of itself
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()


def _filled(
    rows: Sequence[Mapping[str, object]],
    lists: tuple[str, ...],
    factors: tuple[Factor, ...],
    places: Sequence[str],
) -> NDArray[np.int64]:
    shape = (*(len(factor.levels) for factor in factors), 1 << len(lists))
    if prod(shape) > MAX_CELLS:
        raise CaptureError(
            f"{prod(shape):,} cells are too many; at most {MAX_CELLS:,}: merge levels or lists"
        )
    counts = np.zeros(shape, dtype=np.int64)
    seen: set[tuple[int, ...]] = set()
    for where, row in zip(places, rows, strict=True):
        mask = mask_of([row.get(name) for name in lists], lists, where)
        levels = (factor.levels.index(_level(row[factor.name])) for factor in factors)
        place = (*levels, mask)
        if place in seen:
            raise CaptureError(f"{where}: the pattern and its levels stand twice; add the two counts")
        seen.add(place)
        counts[place] = whole(row.get(COUNT), f"{where}: the count")
        if counts[place] > MAX_COUNT:
            raise CaptureError(f"{where}: a count above {MAX_COUNT:,} is not believable: {counts[place]}")
    empty = [name for j, name in enumerate(lists) if not counts[..., _on(j, len(lists))].sum()]
    if empty:
        raise CaptureError(f"nobody is on the list {empty[0]!r}; take its column away")
    counts.flags.writeable = False
    return counts


def _on(j: int, k: int) -> NDArray[np.int64]:
    masks = np.arange(1 << k)
    found: NDArray[np.int64] = masks[masks >> j & 1 == 1]
    return found
