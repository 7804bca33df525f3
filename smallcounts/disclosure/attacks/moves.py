"""Moves of a walk beside exact figures: short changes of whole tables that leave every one of them."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from smallcounts.disclosure.attacks.domain import AttackRefused

WIDEST = 3_000  # columns; beyond it the moves are not sought
NEAR = 1e-9
LONGEST = 8  # people moved by a move made of two others
DENOMINATOR = 1_000  # of a change in one column for one person in another

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def moves_beside(exact: csr_matrix, free: NDArray[np.bool_]) -> csr_matrix:
    """(moves × columns): short whole changes d with exact @ d = 0 that together span every change there is.

    exact: rows whose sums are known. free (columns,): whether a column can hold anybody. One for each column
    that the exact rows leave open, each shortened by the others as long as that helps, and then the short
    sums and differences of two. That they also connect all tables is not sure: two walks that differ remain a
    failed attack. AttackRefused when there are too many columns, or a change is no fraction of small numbers.
    Source: diaconis-sturmfels-1998.
    """
    columns = np.flatnonzero(free)
    if len(columns) > WIDEST:
        raise AttackRefused(
            "too many cells hang together to walk between dots; publish fewer crossings, or round"
        )
    rows = exact[:, columns].toarray()
    moves = _with_pairs(_shortened(_whole(_open_changes(rows))))
    if (rows @ moves.T).any():
        raise AttackRefused("the changes between the dots are no whole people; round instead of dots")
    wide = np.zeros((len(moves), exact.shape[1]), dtype=np.int64)
    wide[:, columns] = moves
    return csr_matrix(wide)


def _open_changes(rows: Array) -> Array:
    """(changes, columns): one person more in each column that elimination leaves open."""
    reduced = np.array(rows, dtype=np.float64)
    pivots: list[int] = []
    for column in range(rows.shape[1]):
        below = np.abs(reduced[len(pivots) :][:, column])
        if not len(below) or below.max() < NEAR:
            continue
        here, there = len(pivots), len(pivots) + int(below.argmax())
        reduced[[here, there]] = reduced[[there, here]]
        reduced[here] /= reduced[here, column]
        others = np.flatnonzero(np.abs(reduced[:, column]) > NEAR)
        others = others[others != here]
        reduced[others] -= np.outer(reduced[others, column], reduced[here])
        pivots.append(column)
    left = np.setdiff1d(np.arange(rows.shape[1]), pivots)
    changes = np.zeros((len(left), rows.shape[1]))
    changes[np.arange(len(left)), left] = 1.0
    changes[:, pivots] = -reduced[: len(pivots), left].T
    return changes


def _whole(changes: Array) -> Whole:
    """Each change times the least number that makes it whole."""
    made = np.zeros(changes.shape, dtype=np.int64)
    for row, change in enumerate(changes):
        parts = [Fraction(float(part)).limit_denominator(DENOMINATOR) for part in change]
        scale = lcm(*(part.denominator for part in parts))
        made[row] = [int(part * scale) for part in parts]
    return made


def _shortened(moves: Whole) -> Whole:
    """The moves, each plus or minus another as long as that makes it move fewer people."""
    moves = moves.copy()
    lengths = np.abs(moves).sum(axis=1)
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for row in range(len(moves)):
            tried = np.concatenate([moves[row] + moves, moves[row] - moves])
            length = np.abs(tried).sum(axis=1)
            length[[row, len(moves) + row]] = lengths[row]  # a move is not taken from itself
            best = int(length.argmin())
            if length[best] < lengths[row]:
                moves[row], lengths[row], is_shorter = tried[best], length[best], True
    return moves


def _with_pairs(moves: Whole) -> Whole:
    """The moves and the sums and differences of two that move few people, each in one direction only."""
    found = [moves]
    for row, move in enumerate(moves):
        pairs = np.concatenate([moves[row + 1 :] + move, moves[row + 1 :] - move])
        found.append(pairs[np.abs(pairs).sum(axis=1) <= LONGEST])
    every = np.concatenate(found)
    first = np.sign(every[np.arange(len(every)), (every != 0).argmax(axis=1)]) if len(every) else every[:, :1]
    return np.unique(every * first.reshape(-1, 1), axis=0)
