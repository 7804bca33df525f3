"""Checked input of the hidden number: how many persons were on exactly which lists."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smallcounts.mse.reading import (
    COUNT,
    MAX_COUNT,
    MAX_LISTS,
    CaptureError,
    Row,
    checked,
    last_is_count,
    mask_of,
    named,
    rows_of_text,
    text_of,
)

__all__ = ["COUNT", "MAX_COUNT", "MAX_DENSE", "MAX_LISTS", "CaptureError", "CaptureTable"]

Masks = NDArray[np.int64]
Counts = NDArray[np.int64]

MAX_DENSE = 20  # lists that a table of all patterns may have: a million cells


@dataclass(frozen=True, slots=True, eq=False)
class CaptureTable:
    """Persons by capture pattern: which of k lists each was on, never who.

    `lists` (k,) names; `patterns` (m,) bit masks, list j is bit j, rising; `counts` (m,) persons with exactly
    that pattern, each above 0. A pattern without a row has no person. The pattern of no list is never there:
    how many it holds is the question. Made by `from_rows`, `from_array`, `from_frame`, `from_csv` or
    `from_masks`, which check; CaptureError when the table contradicts itself.
    """

    lists: tuple[str, ...]
    patterns: Masks
    counts: Counts

    @property
    def k(self) -> int:
        """The number of lists."""
        return len(self.lists)

    @property
    def n(self) -> int:
        """The persons seen on at least one list."""
        return int(self.counts.sum())

    @property
    def cells(self) -> Counts:
        """Counts of all 2^k patterns by mask, int64; cell 0 (on no list) holds 0. At most 20 lists."""
        if self.k > MAX_DENSE:
            raise CaptureError(f"{self.k} lists have too many patterns for a full table; at most {MAX_DENSE}")
        cells = np.zeros(1 << self.k, dtype=np.int64)
        cells[self.patterns] = self.counts
        return cells

    @property
    def sizes(self) -> tuple[int, ...]:
        """Persons on each list, in the order of the lists."""
        return tuple(int(self.counts[self.patterns >> j & 1 == 1].sum()) for j in range(self.k))

    @property
    def overlaps(self) -> int:
        """Persons on two lists or more: what the estimate rests on."""
        return int(self.counts[np.bitwise_count(self.patterns) > 1].sum())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CaptureTable):
            return NotImplemented
        return self._content() == other._content()

    def __hash__(self) -> int:
        return hash(self._content())

    def _content(self) -> tuple[tuple[str, ...], bytes, bytes]:
        return self.lists, self.patterns.tobytes(), self.counts.tobytes()

    def to_rows(self) -> list[dict[str, int]]:
        """One plain dict a pattern: 0 or 1 for each list, and `count`."""
        return [
            {**{name: mask >> j & 1 for j, name in enumerate(self.lists)}, COUNT: count}
            for mask, count in zip(self.patterns.tolist(), self.counts.tolist(), strict=True)
        ]

    @classmethod
    def from_rows(cls, rows: Iterable[Sequence[object]], lists: Sequence[str] | None = None) -> CaptureTable:
        """From rows of k zeros and ones and a count. `lists`: k names; 1, 2, 3 … when not given."""
        given = [tuple(row) for row in rows]
        width = len(given[0]) - 1 if given else 0
        names = named(lists, width)
        return _checked(names, [(f"row {i}", row[:-1], row[-1:]) for i, row in enumerate(given, 1)])

    @classmethod
    def from_array(
        cls, patterns: ArrayLike, counts: ArrayLike | None = None, lists: Sequence[str] | None = None
    ) -> CaptureTable:
        """From an array (m, k) of zeros and ones and counts (m,).

        Without `counts` the last column holds them when its name in `lists` is "count" or when any of its
        values is above 1; else each row is one person and equal rows are added up.
        """
        matrix = np.asarray(patterns)
        if matrix.ndim != 2:
            raise CaptureError(f"the patterns must be a table of rows and lists, not of {matrix.ndim} axes")
        if counts is not None:
            column = np.asarray(counts)
            if column.shape != (len(matrix),):
                raise CaptureError(f"{len(matrix)} patterns but counts of shape {column.shape}")
            rows = [(*row, count) for row, count in zip(matrix.tolist(), column.tolist(), strict=True)]
            return cls.from_rows(rows, lists)
        if last_is_count(matrix, lists):
            return cls.from_rows(
                matrix.tolist(), None if lists is None else list(lists)[: matrix.shape[1] - 1]
            )
        given = named(lists, matrix.shape[1])
        persons = [mask_of(row, given, f"row {i}") for i, row in enumerate(matrix.tolist(), 1)]
        masks, times = np.unique(np.array(persons, dtype=np.int64), return_counts=True)
        return cls.from_masks(given, masks, times)

    @classmethod
    def from_frame(cls, frame: Any) -> CaptureTable:
        """From a pandas or polars frame: a column of 0/1 (or true/false) for each list, and `count`."""
        names = [str(name) for name in frame.columns]
        if names.count(COUNT) != 1:
            raise CaptureError("the frame needs one column 'count' beside a column of 0/1 for each list")
        columns = [np.asarray(frame[name]).tolist() for name in frame.columns]
        at = names.index(COUNT)
        return _checked(
            tuple(name for name in names if name != COUNT),
            [
                (f"row {i}", row[:at] + row[at + 1 :], row[at : at + 1])
                for i, row in enumerate(zip(*columns, strict=True), 1)
            ],
        )

    @classmethod
    def from_csv(cls, source: str | Path | io.TextIOBase, *, shown: str | None = None) -> CaptureTable:
        """From a CSV file in UTF-8 (or an open text): a column of 0/1 for each list, and `count`.

        `shown`: the name of the file in messages. CaptureError names file and line.
        """
        name = shown or ("<text>" if isinstance(source, io.TextIOBase) else str(source))
        return _checked(*rows_of_text(text_of(source, name), name))

    @classmethod
    def from_masks(cls, lists: Sequence[str], patterns: ArrayLike, counts: ArrayLike) -> CaptureTable:
        """From bit masks (list j is bit j) and counts; checked as the other ways in are."""
        names = named(lists, len(lists))
        masks, persons = np.asarray(patterns).tolist(), np.asarray(counts).tolist()
        bad = [m for m in masks if not isinstance(m, int) or not 0 <= m < 1 << len(names)]
        if bad:
            raise CaptureError(f"the mask {bad[0]} names no pattern of {len(names)} lists")
        rows = [
            (f"pattern {m}", tuple(m >> j & 1 for j in range(len(names))), (c,))
            for m, c in zip(masks, persons, strict=True)
        ]
        return _checked(names, rows)

    def index(self, name: str | int) -> int:
        """The place of a list given by name or place."""
        if isinstance(name, str):
            if name not in self.lists:
                raise CaptureError(f"no list is called {name!r}; the lists are {', '.join(self.lists)}")
            return self.lists.index(name)
        if not 0 <= name < self.k:
            raise CaptureError(f"there is no list {name}; the lists are 0 to {self.k - 1}")
        return name

    def permuted(self, order: Sequence[str | int]) -> CaptureTable:
        """The same table with its lists in another order."""
        places = [self.index(name) for name in order]
        if sorted(places) != list(range(self.k)):
            raise CaptureError("the new order must name each list once")
        return self._moved([[at] for at in places], tuple(self.lists[at] for at in places))

    def merged(self, first: str | int, second: str | int) -> CaptureTable:
        """Two lists made one, in the place of the first: on it is who was on either."""
        i, j = self.index(first), self.index(second)
        if i == j:
            raise CaptureError("a list cannot be merged with itself")
        groups = [[at, j] if at == i else [at] for at in range(self.k) if at != j]
        names = tuple("+".join(self.lists[at] for at in group) for group in groups)
        return self._moved(groups, names)

    def without(self, name: str | int) -> CaptureTable:
        """The table had this list not existed: persons on it alone are gone."""
        at = self.index(name)
        kept = [[j] for j in range(self.k) if j != at]
        return self._moved(kept, tuple(self.lists[group[0]] for group in kept))

    def given(self, name: str | int) -> CaptureTable:
        """The persons on this list by the other lists: a population whose size is known.

        Persons on no other list are unseen there, as they would be; lists that hold none of the persons fall.
        """
        at = self.index(name)
        on = self.patterns >> at & 1 == 1
        seen = np.bitwise_or.reduce(self.patterns[on], initial=0)
        kept = [j for j in range(self.k) if j != at and seen >> j & 1]
        return _moved(self.patterns[on], self.counts[on], [[j] for j in kept], [self.lists[j] for j in kept])

    def with_cells(self, cells: ArrayLike) -> CaptureTable:
        """The same lists with other counts (2^k,) by mask; a draw of the bootstrap, say."""
        counts = np.asarray(cells)
        masks = np.flatnonzero(counts)
        return CaptureTable.from_masks(self.lists, masks, counts[masks])

    def _moved(self, groups: list[list[int]], names: Sequence[str]) -> CaptureTable:
        return _moved(self.patterns, self.counts, groups, names)


def _moved(patterns: Masks, counts: Counts, groups: list[list[int]], names: Sequence[str]) -> CaptureTable:
    """The table whose list g is the union of the lists in groups[g]."""
    masks = np.zeros_like(patterns)
    for new, group in enumerate(groups):
        for old in group:
            masks |= (patterns >> old & 1) << new
    found, where = np.unique(masks, return_inverse=True)
    sums = np.zeros(len(found), dtype=np.int64)
    np.add.at(sums, where, counts)
    seen = found > 0
    return CaptureTable.from_masks(names, found[seen], sums[seen])


def _checked(names: tuple[str, ...], rows: Sequence[Row]) -> CaptureTable:
    """The table of rows once every one of them is believable."""
    patterns, counts = checked(names, rows)
    return CaptureTable(names, patterns, counts)
