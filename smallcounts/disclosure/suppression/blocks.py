"""Linked tables taken apart into blocks that no sum ties together, each protected by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, vstack
from scipy.sparse.csgraph import connected_components

from smallcounts.disclosure.suppression.goals import Array, Flags, Ints, Protection, find_goals
from smallcounts.disclosure.suppression.search import Hiding, Search, Unprotected


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Linked tables as arrays.

    matrix (n, m): cells over inner counts, 0/1. ties (t, m): sums that are 0 by definition. counts,
    thresholds (n,). low, high (n,): what a reader knows of each cell beforehand. forced, fixed (n,): must be
    hidden, must stay open. differences: cells (outer, inner) whose difference is sensitive too.
    """

    matrix: csr_array
    ties: csr_array
    counts: Ints
    thresholds: Ints
    low: Array
    high: Array
    forced: Flags
    fixed: Flags
    differences: tuple[Ints, Ints]


def hide(tables: Tables, *, protection: Protection, seconds: float | None, rounds: int) -> Hiding:
    """The fewest cells to hide in all blocks together. Unprotected for a cell that nothing can protect."""
    hidden, found = tables.forced.copy(), []
    for cells, ties, columns in _blocks(tables):
        try:
            one = _hide_block(tables, (cells, ties, columns), protection, seconds, rounds)
        except Unprotected as error:
            raise Unprotected(int(cells[error.cell])) from None
        if one is not None:
            found.append(one)
            hidden[cells] = one.hidden
    least = sum(one.least for one in found)
    return Hiding(
        hidden,
        "optimal" if all(one.status == "optimal" for one in found) else "limit",
        least,
        1 - least / max(int(hidden.sum()), 1) if found else 0.0,
        sum(one.cuts for one in found),
    )


def _hide_block(
    tables: Tables,
    block: tuple[Ints, Ints, Ints],
    protection: Protection,
    seconds: float | None,
    rounds: int,
) -> Hiding | None:
    """None where the block has nothing sensitive."""
    cells, ties, columns = block
    matrix, counts = csr_array(tables.matrix[cells][:, columns]), tables.counts[cells]
    place = np.full(len(tables.counts), -1)
    place[cells] = np.arange(len(cells))
    outer, inner = tables.differences
    here = place[outer] >= 0
    goals = find_goals(
        matrix, counts, tables.thresholds[cells], sensitive=tables.forced[cells], protection=protection,
        differences=(place[outer[here]], place[inner[here]]),
    )  # fmt: skip
    if not len(goals.row):
        return None
    search = Search(
        matrix, csr_array(tables.ties[ties][:, columns]), counts, goals, forced=tables.forced[cells],
        fixed=tables.fixed[cells], known=(tables.low[cells], tables.high[cells]),
    )  # fmt: skip
    return search.run(seconds, rounds)


def _blocks(tables: Tables) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Cells, ties and columns of each block; a cell that nobody can be in belongs to none."""
    rows = abs(csr_array(vstack([tables.matrix, tables.ties], format="csr")))
    number, labels = connected_components(rows.T @ rows, directed=False)
    of_row = np.full(rows.shape[0], -1)
    filled = np.diff(rows.indptr) > 0
    of_row[filled] = labels[rows.indices[rows.indptr[:-1][filled]]]
    split = tables.matrix.shape[0]
    for block in range(number):
        at = np.flatnonzero(of_row == block)
        yield at[at < split], at[at >= split] - split, np.flatnonzero(labels == block)
