"""Counting many crossings of one register at once, with the sums of record keys beside the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.errors import PeopleError, ProgrammeError

Ints = NDArray[np.int64]

CHUNK = 1_000_000  # so many keys of 32 bits add up exactly in floating point
MAX_CELLS = 50_000_000
MAX_LARGE = 65_536  # cells of a crossing that is only counted for its margins
KEY_BITS = 32


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """One crossing.

    columns: which. counts, key_sums: arrays with one axis a column; key_sums is None without keys.
    """

    columns: tuple[int, ...]
    counts: Ints
    key_sums: Ints | None


def count_tables(
    codes: NDArray[np.integer],
    sizes: Sequence[int],
    tables: Sequence[Sequence[int]],
    *,
    keys: NDArray[np.integer] | None = None,
) -> tuple[Counted, ...]:
    """The crossings `tables` (lists of columns) of people in rows.

    codes (n, columns): the category of each person, from 0 below sizes[column]. keys (n,): record keys from 0
    below 2³², summed for each cell. The people are counted in a few larger crossings, of which the tables are
    margins. PeopleError for a code outside its size, ProgrammeError for a crossing too large to count.
    """
    _check(codes, sizes, tables, keys)
    columns = [np.ascontiguousarray(codes[:, c], dtype=np.intp) for c in range(len(sizes))]
    weights = None if keys is None else keys.astype(np.float64)
    done: dict[int, Counted] = {}
    for large in _covering(tables, sizes, limit=max(4096, min(MAX_LARGE, len(codes) // 2))):
        counts, sums = _count(columns, sizes, sorted(large), weights)
        for t in [t for t, table in enumerate(tables) if t not in done and large.issuperset(table)]:
            done[t] = Counted(
                tuple(tables[t]), _margin(counts, sorted(large), tables[t]),
                None if sums is None else _margin(sums, sorted(large), tables[t]),
            )  # fmt: skip
    return tuple(done[t] for t in range(len(tables)))


def _covering(tables: Sequence[Sequence[int]], sizes: Sequence[int], *, limit: int) -> list[frozenset[int]]:
    """Few sets of columns that hold all tables: one that is left, grown by the column that takes in most."""
    left = sorted({frozenset(table) for table in tables}, key=sorted)
    chosen = []
    while left:
        large = left[0]
        while True:
            cells = float(np.prod([float(sizes[c]) for c in large]))
            wider = [large | {c} for c in range(len(sizes)) if c not in large and cells * sizes[c] <= limit]
            if not wider:
                break
            large = max(wider, key=lambda w: (sum(t <= w for t in left), sorted(w)))
        chosen.append(large)
        left = [t for t in left if not t <= large]
    return chosen


def _count(
    columns: Sequence[NDArray[np.intp]],
    sizes: Sequence[int],
    table: Sequence[int],
    weights: NDArray[np.float64] | None,
) -> tuple[Ints, Ints | None]:
    shape = tuple(sizes[c] for c in table)
    cells = int(np.prod(shape))
    counts = np.zeros(cells, dtype=np.int64)
    sums = None if weights is None else np.zeros(cells, dtype=np.int64)
    for start in range(0, len(columns[0]) if columns else 0, CHUNK):
        rows = slice(start, start + CHUNK)
        place = np.zeros(len(columns[0][rows]), dtype=np.intp)
        for c in table:
            place *= sizes[c]
            place += columns[c][rows]
        counts += np.bincount(place, minlength=cells)
        if sums is not None and weights is not None:
            sums += np.bincount(place, weights=weights[rows], minlength=cells).astype(np.int64)
    return counts.reshape(shape), None if sums is None else sums.reshape(shape)


def _margin(large: Ints, columns: Sequence[int], table: Sequence[int]) -> Ints:
    """Summed over the columns that are not in the table, the axes in the table's order."""
    summed = large.sum(axis=tuple(i for i, c in enumerate(columns) if c not in table))
    kept = [c for c in columns if c in table]
    return np.asarray(np.transpose(summed, [kept.index(c) for c in table]), dtype=np.int64)


def _check(
    codes: NDArray[np.integer],
    sizes: Sequence[int],
    tables: Sequence[Sequence[int]],
    keys: NDArray[np.integer] | None,
) -> None:
    if codes.ndim != 2 or codes.shape[1] != len(sizes):
        raise PeopleError(f"codes of shape {codes.shape} for {len(sizes)} columns; one column a variable")
    if len(codes):
        wrong = (codes.min(axis=0) < 0) | (codes.max(axis=0) >= np.asarray(sizes))
        if wrong.any():
            column = int(np.flatnonzero(wrong)[0])
            row = int(np.flatnonzero((codes[:, column] < 0) | (codes[:, column] >= sizes[column]))[0])
            raise PeopleError(
                f"row {row + 1} has category {codes[row, column]} in column {column + 1}, "
                f"which goes from 0 to {sizes[column] - 1}"
            )
    for table in tables:
        if len(set(table)) != len(table) or not all(0 <= c < len(sizes) for c in table):
            raise ProgrammeError(f"the table {list(table)} does not name different columns from 0")
        if np.prod([float(sizes[c]) for c in table]) > MAX_CELLS:
            raise ProgrammeError(f"the table {list(table)} has more than {MAX_CELLS:,} cells; cross fewer")
    if keys is not None and (keys.shape != (len(codes),) or (keys < 0).any() or (keys >> KEY_BITS).any()):
        raise PeopleError(f"record keys are one whole number a person, from 0 below 2^{KEY_BITS}")
