"""Lists split by traits of the persons and by year: one capture table for every combination of levels."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.reading import COUNT, CaptureError, check_names, mask_of, whole
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
    `from_rows` or `from_csv`, which check; CaptureError names the row and the mend.
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
    def from_rows(cls, rows: Iterable[Mapping[str, object]], lists: Sequence[str]) -> StrataTable:
        """From dicts: 0/1 under each name in `lists`, the persons under `count`, all else is a factor.

        Levels are sorted, numbers by size.
        """
        given = list(rows)
        if not given:
            raise CaptureError("no row was given; each row holds a pattern, its levels and a count")
        names = tuple(lists)
        check_names(names)
        missing = [name for name in (*names, COUNT) if name not in given[0]]
        if missing:
            raise CaptureError(
                f"the column {missing[0]!r} is missing; needed are {', '.join(names)}, {COUNT}"
            )
        found = tuple(name for name in given[0] if name not in (*names, COUNT))
        if not found:
            raise CaptureError("there is no column beside the lists and the count; use a CaptureTable")
        factors = tuple(Factor(name, _levels(name, given)) for name in found)
        return cls(names, factors, _filled(given, names, factors))

    @classmethod
    def from_csv(cls, path: str | Path, lists: Sequence[str]) -> StrataTable:
        """From a CSV file in UTF-8 with the columns that `from_rows` wants."""
        return cls.from_csv_text(Path(path).read_text("utf-8-sig"), lists)

    @classmethod
    def from_csv_text(cls, text: str, lists: Sequence[str]) -> StrataTable:
        """From the text of such a file."""
        return cls.from_rows(csv.DictReader(text.splitlines()), lists)

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


def _levels(name: str, rows: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """The levels of a factor, sorted; by size when all are whole numbers."""
    found = {str(row.get(name, "")).strip() for row in rows}
    if "" in found:
        raise CaptureError(f"a row has no value under {name!r}; write 'unknown' where it is not known")
    numbers = all(level.lstrip("-").isdigit() for level in found)
    return tuple(sorted(found, key=(lambda level: (int(level), level)) if numbers else None))


def _filled(
    rows: Sequence[Mapping[str, object]], lists: tuple[str, ...], factors: tuple[Factor, ...]
) -> NDArray[np.int64]:
    shape = (*(len(factor.levels) for factor in factors), 1 << len(lists))
    if prod(shape) > MAX_CELLS:
        raise CaptureError(
            f"{prod(shape):,} cells are too many; at most {MAX_CELLS:,}: merge levels or lists"
        )
    counts = np.zeros(shape, dtype=np.int64)
    seen: set[tuple[int, ...]] = set()
    for number, row in enumerate(rows, 1):
        mask = mask_of([row.get(name) for name in lists], lists, f"row {number}")
        levels = (factor.levels.index(str(row[factor.name]).strip()) for factor in factors)
        place = (*levels, mask)
        if place in seen:
            raise CaptureError(f"row {number}: the pattern and its levels stand twice; add the two counts")
        seen.add(place)
        counts[place] = whole(row.get(COUNT), f"row {number}: the count")
    empty = [name for j, name in enumerate(lists) if not counts[..., _on(j, len(lists))].sum()]
    if empty:
        raise CaptureError(f"nobody is on the list {empty[0]!r}; take its column away")
    counts.flags.writeable = False
    return counts


def _on(j: int, k: int) -> NDArray[np.int64]:
    masks = np.arange(1 << k)
    found: NDArray[np.int64] = masks[masks >> j & 1 == 1]
    return found
