"""A1: the least and the largest count that each cell can have, by linear programs over all tables at once."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from smallcounts.disclosure.attacks.cliques import Space, build_space
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.knowledge import View
from smallcounts.disclosure.attacks.programs import CEILING, NEAR, Program, stack
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the attacker can say of each cell: low ≤ count ≤ high, whole; infinite where nothing binds.

    When only a verdict was asked for, `low` and `high` are the tightest needed for it: the true interval lies
    outside them, never inside.
    """

    low: Array
    high: Array
    threshold: NDArray[np.int64]
    solved: int

    @property
    def exact(self) -> NDArray[np.bool_]:
        """Cells of which the count is known."""
        return np.asarray(self.low == self.high)

    @property
    def surely_small(self) -> NDArray[np.bool_]:
        """Cells known to count at least 1 and less than the threshold."""
        return np.asarray((self.low >= 1) & (self.high < self.threshold))


def bound_cells(seen: View, domain: Domain, *, verdict_only: bool = False) -> Bounds:
    """Intervals of all cells, from all cells together.

    verdict_only: skip a program when vectors found before already show that the cell is neither exact nor
    surely small; about ten times as fast. Formula: min and max of M_i x over x ≥ 0, ties x = 0,
    low ≤ M x ≤ high; a fraction is rounded inwards, since counts are whole. AttackRefused when
    no table fits or the solver answers anything but optimal. Sources: fischetti-salazar-2001,
    huangfu-hall-2018.
    """
    space = build_space(seen.cells, domain)
    rows = np.arange(len(seen.cells))
    return bound_rows(space, seen, space.matrix, seen.threshold, rows, verdict_only=verdict_only)


def bound_rows(
    space: Space,
    seen: View,
    questions: csr_matrix,
    threshold: NDArray[np.int64],
    rows: NDArray[np.int64],
    *,
    verdict_only: bool = False,
) -> Bounds:
    """Intervals of `questions @ x` for the given rows, block by block; the other rows stay unbounded.

    A row without columns is a cell that nobody can be in by declaration: 0 to 0.
    """
    low, high = np.full(questions.shape[0], -np.inf), np.full(questions.shape[0], np.inf)
    asked = np.zeros(questions.shape[0], dtype=bool)
    asked[rows] = True
    nobody = asked & np.asarray(np.diff(questions.indptr) == 0)
    low[nobody], high[nobody] = 0.0, 0.0
    solved = 0
    for block in blocks(space, questions):
        there = np.flatnonzero(asked & block.asks(questions))
        if len(there):
            attack = _Block(space, seen, block, questions[there], threshold[there])
            solved += attack.run(verdict_only=verdict_only)
            low[there], high[there] = attack.low, attack.high
    return Bounds(low, high, threshold, solved)


@dataclass(frozen=True, slots=True)
class Part:
    """Columns that no row ties to any other column."""

    columns: NDArray[np.bool_]

    def asks(self, rows: csr_matrix) -> NDArray[np.bool_]:
        """The rows that touch these columns."""
        return np.asarray(abs(rows) @ self.columns.astype(np.float64) > 0)


def blocks(space: Space, questions: csr_matrix) -> list[Part]:
    """The independent parts of the space: years that no sum of years ties together fall apart."""
    rows = stack([space.matrix, space.ties, questions])
    count, labels = connected_components(abs(rows).T @ abs(rows), directed=False)
    return [Part(labels == number) for number in range(count)]


class _Block:
    """The programs of one block; holds the solver and lives only inside `bound_rows`."""

    def __init__(
        self, space: Space, seen: View, part: Part, questions: csr_matrix, threshold: NDArray[np.int64]
    ) -> None:
        cells, ties = part.asks(space.matrix), part.asks(space.ties)
        columns = part.columns
        rows = stack([space.matrix[cells][:, columns], space.ties[ties][:, columns]])
        nothing = np.zeros(int(ties.sum()))
        top = np.where(seen.high >= CEILING, np.inf, seen.high)
        self._program = Program(rows, np.r_[seen.low[cells], nothing], np.r_[top[cells], nothing])
        self._questions = questions[:, columns].tocsr()
        self._threshold = threshold
        # what the vectors found so far show to be possible, at least
        self.low = np.full(len(threshold), np.inf)
        self.high = np.full(len(threshold), -np.inf)

    def run(self, *, verdict_only: bool) -> int:
        """Ask for the largest of every row, then the least; the number of programs solved."""
        solved = 0
        for largest in (True, False):
            for row in range(len(self._threshold)):
                if verdict_only and self._is_safe(row):
                    continue
                self._ask(row, largest=largest)
                solved += 1
        low = np.ceil(self.low - NEAR)
        high = np.where(self.high >= CEILING - 1, np.inf, np.floor(self.high + NEAR))
        self.low, self.high = low + 0.0, high
        return solved

    def _is_safe(self, row: int) -> bool:
        low, high = self.low[row], self.high[row]
        varies = np.floor(high + NEAR) > np.ceil(low - NEAR)
        return bool(varies and (low < NEAR or high > self._threshold[row] - NEAR))

    def _ask(self, row: int, *, largest: bool) -> None:
        start, end = self._questions.indptr[row : row + 2]
        found = self._program.solve(
            self._questions.indices[start:end], self._questions.data[start:end], largest=largest
        )
        values = self._questions @ found.point
        self.low, self.high = np.minimum(self.low, values), np.maximum(self.high, values)


def attack_bounds(seen: View, domain: Domain, *, verdict_only: bool = True) -> Verdict:
    """A1: no cell exact (but waived ones), none surely from 1 to its threshold less 1."""
    found = bound_cells(seen, domain, verdict_only=verdict_only)
    return judge("A1", seen, found, structurally_empty(seen, domain))


def narrowed(seen: View, domain: Domain) -> View:
    """The view with the limits that linear programs leave, where a dot has none of its own.

    AttackRefused when a cell has no upper limit even then: its counts cannot be told apart.
    """
    if (seen.high < CEILING).all():
        return seen
    found = bound_cells(seen, domain)
    if np.isinf(found.high).any():
        at = int(np.argmax(found.high))
        raise AttackRefused(
            f"cell {seen.cells[at].text}: its count has no upper limit; "
            "publish the total, or round instead of dots"
        )
    return replace(seen, low=found.low, high=found.high)


def structurally_empty(seen: View, domain: Domain) -> NDArray[np.bool_]:
    """(cells,): whether nobody can be in the cell by declaration; its zero tells nothing."""
    matrix = build_space(seen.cells, domain).matrix
    return np.asarray(np.diff(matrix.indptr) == 0)


def judge(attack: str, seen: View, found: Bounds, empty: NDArray[np.bool_]) -> Verdict:
    """Findings for every cell that is exact or surely small, but those let out and those declared empty."""
    free = seen.let_out() | empty
    exact, small = found.exact & ~free, found.surely_small & ~free
    findings = [_finding(attack, seen, found, int(i)) for i in np.flatnonzero(exact | small)]
    numbers = {"cells": len(seen.cells), "exact": int(exact.sum()), "surely_small": int(small.sum())}
    detail = f"{exact.sum()} exact and {small.sum()} surely small of {len(seen.cells)} cells"
    return verdict(attack, detail, findings, numbers)


def _finding(attack: str, seen: View, found: Bounds, row: int) -> Finding:
    low, high = found.low[row], found.high[row]
    printed, base = seen.figures[row].value, seen.figures[row].base
    said = f"exactly {low:.0f}" if low == high else f"surely {low:.0f} to {high:.0f}"
    return Finding(
        seen.cells[row].text,
        attack,
        f"printed {printed}, but {said} people (small is below {found.threshold[row]})",
        f"merge its categories upward, or protect all linked cells jointly with base {max(5, base)} or more",
    )
