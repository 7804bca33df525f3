"""Moves of a walk beside exact figures: the shortest changes of whole tables that leave every one of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space
from scipy.sparse import csr_matrix, hstack

from smallcounts.disclosure.attacks.domain import AttackRefused
from smallcounts.disclosure.attacks.programs import Program, stack

WIDEST = 3_000  # columns; beyond it the moves are not sought
FOUND = 0.1  # how far a move must go in a direction that those before it leave out
NEAR = 1e-9


def moves_beside(exact: csr_matrix, free: NDArray[np.bool_], *, seed: int = 0) -> csr_matrix:
    """(moves × columns): short whole changes d with exact @ d = 0 that together span every change there is.

    exact: rows whose sums are known. free (columns,): whether a column can hold anybody. One after the other,
    each the answer of min Σ price · |d| with d · w ≥ 0.1, where w is a direction that the moves before it leave
    out. That they also connect all tables is not sure: two walks that differ remain a failed attack.
    AttackRefused when there are too many columns. Source: diaconis-sturmfels-1998.
    """
    columns = np.flatnonzero(free)
    if len(columns) > WIDEST:
        raise AttackRefused(
            "too many cells hang together to walk between dots; publish fewer crossings, or round"
        )
    rows = exact[:, columns]
    kernel = null_space(rows.toarray()) if rows.shape[0] else np.eye(len(columns))
    rng = np.random.default_rng(seed)
    moves = np.zeros((kernel.shape[1], exact.shape[1]), dtype=np.int64)
    for number in range(len(moves)):
        done = kernel.T @ moves[:number, columns].T
        left = null_space(done.T) if number else np.eye(kernel.shape[1])
        way = kernel @ (left @ rng.normal(size=left.shape[1]))
        way = np.where(np.abs(way) < NEAR, 0.0, way / np.abs(way).max())
        moves[number, columns] = _shortest(rows, way, rng.uniform(1, 2, 2 * len(columns)))
    return csr_matrix(moves)


def _shortest(
    rows: csr_matrix, way: NDArray[np.float64], prices: NDArray[np.float64]
) -> NDArray[np.int64]:
    """The cheapest whole change that goes far enough along `way`."""
    width = rows.shape[1]
    program = Program(
        stack([csr_matrix(hstack([rows, -rows])), csr_matrix(np.r_[way, -way][None])]),
        np.r_[np.zeros(rows.shape[0]), FOUND], np.r_[np.zeros(rows.shape[0]), np.inf], whole=True,
    )  # fmt: skip
    point = np.round(program.solve(np.arange(2 * width, dtype=np.int32), prices, largest=False).point)
    return (point[:width] - point[width:]).astype(np.int64)
