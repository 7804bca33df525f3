"""What a set of hidden cells must keep from an attacker, as questions to a linear program."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


class Protection(StrEnum):
    """How much an attacker must be left in doubt about a small count, weakest first.

    INTERVAL: it may be 0, or it may be at or above the threshold: never surely small. ZERO: it may be 0.
    FULL: it may be 0 and it may be at or above the threshold. In all three a 0 may be 1; in FULL it may
    be at or above the threshold too.
    """

    INTERVAL = "interval"
    ZERO = "zero"
    FULL = "full"


@dataclass(frozen=True, slots=True, eq=False)
class Goals:
    """Questions that must be answered "it can be".

    rows (r, m): sums of inner counts that are sensitive, cells first, then differences of two cells.
    cell (r,): the cell itself, or the inner one of the two.
    Question q asks whether sign[q] · rows[row[q]] @ x can reach sign[q] · target[q]. Of the two questions
    with the same `either` number one is enough; -1 stands alone.
    """

    rows: csr_array
    cell: Ints
    row: Ints
    sign: Array
    target: Array
    either: Ints

    @property
    def pairs(self) -> int:
        """How many pairs of questions there are of which one is enough."""
        return int(self.either.max(initial=-1)) + 1


def find_goals(
    matrix: csr_array,
    counts: Ints,
    thresholds: Ints,
    *,
    sensitive: Flags,
    protection: Protection,
    differences: tuple[Ints, Ints] | None = None,
) -> Goals:
    """The questions for all sensitive cells and for small differences of two cells.

    matrix (n, m) 0/1; counts, thresholds, sensitive (n,). differences: the cells (outer, inner) whose
    differences are sensitive, as `small_differences` finds them.
    """
    cells = [np.flatnonzero(sensitive)]
    rows, values = [matrix[cells[0]]], [counts[cells[0]]]
    if differences is not None and len(differences[0]):
        outer, inner = differences
        rows.append(matrix[outer] - matrix[inner])
        values.append(counts[outer] - counts[inner])
        cells.append(inner)
    cell, value = np.concatenate(cells), np.concatenate(values)
    stacked = csr_array(vstack(rows, format="csr"))
    return Goals(stacked, cell, *_questions(value, thresholds[cell], protection))


def _questions(value: Ints, limit: Ints, protection: Protection) -> tuple[Ints, Array, Array, Ints]:
    """Row, sign, target and pair of each question."""
    some, none = np.flatnonzero(value > 0), np.flatnonzero(value == 0)
    beyond_zero = limit[none] if protection is Protection.FULL else np.ones(len(none))
    row, sign = [none, some], [np.ones(len(none)), -np.ones(len(some))]
    target = [beyond_zero.astype(np.float64), np.zeros(len(some))]
    if protection is not Protection.ZERO:
        row.append(some)
        sign.append(np.ones(len(some)))
        target.append(limit[some].astype(np.float64))
    pair = np.arange(len(some)) if protection is Protection.INTERVAL else np.full(len(some), -1)
    either = [np.full(len(none), -1), *[pair] * (len(row) - 1)]
    order = np.argsort(np.concatenate(row), kind="stable")  # the two questions of a pair beside each other
    joined = (np.concatenate(row), np.concatenate(sign), np.concatenate(target), np.concatenate(either))
    return joined[0][order], joined[1][order], joined[2][order], joined[3][order]


def small_differences(matrix: csr_array, counts: Ints, thresholds: Ints, exempt: Flags) -> tuple[Ints, Ints]:
    """Pairs (outer, inner) of cells, one within the other, whose difference is below the threshold.

    All but a few of the outer cell are then known to be in the inner one. matrix (n, m) 0/1 over the
    combinations of all variables; counts, thresholds, exempt (n,); exempt cells (waived, impossible) are not
    compared. A difference that is itself a published cell is left out, since the cell is asked about already.
    """
    shared = (matrix @ matrix.T).tocoo()
    sizes = np.diff(matrix.indptr)
    outer, inner = shared.row.astype(np.int64), shared.col.astype(np.int64)
    difference = counts[outer] - counts[inner]
    keep = (shared.data == sizes[inner]) & (sizes[inner] < sizes[outer]) & (sizes[inner] > 0)
    keep &= (difference >= 0) & (difference < thresholds[inner]) & ~exempt[outer] & ~exempt[inner]
    outer, inner = outer[keep], inner[keep]
    known = {_places(matrix, i) for i in range(len(sizes))}
    seen: set[bytes] = set(known)
    fresh = np.zeros(len(outer), dtype=bool)
    for at, (big, small) in enumerate(zip(outer, inner, strict=True)):
        rest = _rest(matrix, big, small)
        fresh[at] = rest not in seen
        seen.add(rest)
    return outer[fresh], inner[fresh]


def _places(matrix: csr_array, row: int) -> bytes:
    return np.sort(matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]).astype(np.int64).tobytes()


def _rest(matrix: csr_array, big: int, small: int) -> bytes:
    """The combinations of the outer cell that are not in the inner one."""
    starts, columns = matrix.indptr, matrix.indices
    rest = np.setdiff1d(
        columns[starts[big] : starts[big + 1]], columns[starts[small] : starts[small + 1]], assume_unique=True
    )
    return rest.astype(np.int64).tobytes()
