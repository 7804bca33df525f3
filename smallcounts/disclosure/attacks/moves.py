"""Moves of a walk beside exact figures: the shortest changes of whole tables that leave every one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.sparse import csr_matrix, hstack

from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.programs import Program, stack

ROUNDS = 2  # moves sought through each column, by other prices
WIDEST = 3_000  # columns; beyond it the moves are not sought


def moves_beside(exact: csr_matrix, free: NDArray[np.bool_], *, seed: int = 0) -> csr_matrix:
    """(moves × columns): whole changes d with exact @ d = 0, short ones through every column that can change.

    exact: rows whose sums are known. free (columns,): whether a column can hold anybody. Each is the answer of
    min Σ price · |d| with d ≥ 1 in one column. Together they span every change there is; that they also
    connect all tables is not sure, so two walks that differ remain a failed attack. AttackRefused when
    they do not span it, or there are too many columns. Source: diaconis-sturmfels-1998.
    """
    columns = np.flatnonzero(free)
    if len(columns) > WIDEST:
        raise AttackRefused(
            "too many cells hang together to walk between dots; publish fewer crossings, or round"
        )
    rows = exact[:, columns]
    kernel = null_space(rows.toarray()) if rows.shape[0] else np.eye(len(columns))
    can = np.flatnonzero(np.abs(kernel).max(axis=1, initial=0.0) > 1e-9)
    rng = np.random.default_rng(seed)
    found = {
        _signed(_shortest(rows, int(column), rng.uniform(1, 2, 2 * len(columns))))
        for _ in range(ROUNDS)
        for column in can
    }
    moves = np.array(sorted(found), dtype=np.int64).reshape(-1, len(columns))
    if np.linalg.matrix_rank(moves) < kernel.shape[1]:
        raise AttackRefused("not every table between the dots can be walked to; protect them more, or round")
    wide = np.zeros((len(moves), exact.shape[1]), dtype=np.int64)
    wide[:, columns] = moves
    return csr_matrix(wide)


def _shortest(rows: csr_matrix, column: int, prices: NDArray[np.float64]) -> NDArray[np.int64]:
    """The cheapest whole change with at least one person more in `column`."""
    width = rows.shape[1]
    more = csr_matrix(([1.0, -1.0], ([0, 0], [column, width + column])), shape=(1, 2 * width))
    nothing = np.zeros(rows.shape[0])
    program = Program(
        stack([csr_matrix(hstack([rows, -rows])), more]), np.r_[nothing, 1.0], np.r_[nothing, np.inf],
        whole=True,
    )  # fmt: skip
    point = np.round(program.solve(np.arange(2 * width, dtype=np.int32), prices, largest=False).point)
    return (point[:width] - point[width:]).astype(np.int64)


def _signed(move: NDArray[np.int64]) -> tuple[int, ...]:
    """The move with its first change upward, so that a move and its way back are one."""
    first = move[np.flatnonzero(move)[0]]
    return tuple((move * np.sign(first)).tolist())
