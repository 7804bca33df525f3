"""The program of controlled rounding for one block of linked cells: which multiples each cell may take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array, diags_array, hstack, vstack

from smallcounts.disclosure.solver import Linear

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

BEYOND = 5.0  # cost of each base beyond the two neighbouring multiples
FROM_WISH = 40.0  # cost of each base away from the value the same people have elsewhere
NONE = -1  # no value is asked for


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Cells that are rounded together, all of them linked by sums.

    matrix (n, m) over the finest combinations; counts (n,) true; draw (n,) keyed numbers from -1 to 1.
    fixed (n,): the value a cell must keep, or NONE. wish (n,): the value it should have if it can, or NONE.
    """

    matrix: csr_array
    counts: Ints
    draw: Floats
    fixed: Ints
    wish: Ints
    base: int


@dataclass(frozen=True, slots=True, eq=False)
class Corridor:
    """The program with what is needed to read its answer: the combinations that may be filled."""

    linear: Linear
    block: Block
    filled: Bools
    start: Ints  # multiples of each cell before the steps are added
    steps: csr_array  # (n, columns after the combinations): how each step moves each cell

    def values(self, x: Floats) -> Ints:
        """The values (n,) of an answer x, in people."""
        moved = np.asarray(self.steps @ np.round(x[int(self.filled.sum()) :])).ravel()
        return (self.start + moved.astype(np.int64)) * self.block.base


def corridor(block: Block, *, reach: int, noise: float, mean_error: float | None) -> Corridor:
    """The program of `block` in units of the base.

    With q >= 0 for each combination: matrix @ q = floor(a/b) + u, u in {0, 1}, u = 0 when b divides a; zeros
    stay zero, so combinations inside a cell of value 0 are left out. `reach` allows that many bases beyond,
    each at the cost BEYOND. min Σ (1 - 2r + noise · draw) u with r the rest of a/b (Salazar-González 2006).
    `mean_error`: greatest mean error over all cells; held only where reach is 0, None for none.
    """
    base, n = block.base, len(block.counts)
    low, rest = block.counts // base, (block.counts % base) / base
    is_fixed = block.fixed != NONE
    wish = np.where(block.wish == NONE, NONE, block.wish // base)
    may_stay = (wish > 0) & (reach > 0)  # a cell that was emptied since may keep what was printed
    high = np.where((block.counts > 0) | may_stay, low + (rest > 0) + reach, 0)
    least = np.maximum(low - reach, 0)
    wished = ~is_fixed & (wish != NONE) & (wish >= least) & (wish <= high)
    start = np.where(is_fixed, block.fixed // base, np.where(wished, wish, low))
    drawn = ~is_fixed & ~wished
    cost = 1 - 2 * rest + noise * block.draw
    wide = drawn & (block.counts > 0) & (reach > 0)
    parts = [  # cells, sign, cost, greatest number of steps
        (drawn & (rest > 0), 1.0, cost, np.ones(n)),
        (wide, 1.0, np.full(n, BEYOND), np.full(n, float(reach))),
        (wide, -1.0, np.full(n, BEYOND), np.minimum(low, reach).astype(float)),
        (wished & (high > start), 1.0, np.full(n, FROM_WISH), (high - start).astype(float)),
        (wished & (start > least), -1.0, np.full(n, FROM_WISH), (start - least).astype(float)),
    ]
    found = _program(block, start, np.where(is_fixed, block.fixed == 0, high == 0), parts)
    return found if mean_error is None or reach else _with_mean_error(found, mean_error)


def _program(
    block: Block, start: Ints, empty: Bools, parts: Sequence[tuple[Bools, float, Floats, Floats]]
) -> Corridor:
    """matrix @ q - steps = start, for the combinations q that lie in no empty cell."""
    n = len(block.counts)
    filled = np.asarray(block.matrix[empty].sum(axis=0)).ravel() == 0
    width = int(filled.sum())
    steps = csr_array(hstack([diags_array(np.full(n, sign)).tocsr()[:, keep] for keep, sign, _, _ in parts]))
    rows = csr_array(hstack([block.matrix[:, filled], -steps]))[~empty]
    limits = start[~empty].astype(float)
    linear = Linear(
        np.concatenate([np.zeros(width), *(cost[keep] for keep, _, cost, _ in parts)]),
        np.zeros(rows.shape[1]),
        np.concatenate([np.full(width, np.inf), *(top[keep] for keep, _, _, top in parts)]),
        np.arange(rows.shape[1]) >= width,
        csc_array(rows), limits, limits,
    )  # fmt: skip
    return Corridor(linear, block, filled, start, steps)


def _with_mean_error(found: Corridor, mean_error: float) -> Corridor:
    """The same program with one row more: Σ |value - a| <= mean_error · cells.

    Linear, since within the corridor of two neighbouring multiples each step changes the error by a constant.
    """
    block, linear = found.block, found.linear
    here = np.abs(found.start * block.base - block.counts)
    signs = found.steps.tocsc()
    cells, moves = signs.indices, signs.data  # each step moves one cell
    there = np.abs((found.start[cells] + moves) * block.base - block.counts[cells])
    row = np.concatenate([np.zeros(int(found.filled.sum())), there - here[cells]])
    room = mean_error * len(block.counts) - float(here.sum())
    capped = Linear(
        linear.cost, linear.lower, linear.upper, linear.whole,
        csc_array(vstack([linear.matrix, csr_array(row[None])])),
        np.append(linear.row_lower, -np.inf), np.append(linear.row_upper, room),
    )  # fmt: skip
    return Corridor(capped, block, found.filled, found.start, found.steps)


def possible(block: Block, values: Ints) -> Linear:
    """The program that asks whether whole combinations in multiples of the base sum to `values`."""
    empty = values == 0
    filled = np.asarray(block.matrix[empty].sum(axis=0)).ravel() == 0
    rows, limits = block.matrix[~empty][:, filled], values[~empty] / block.base
    width = int(filled.sum())
    return Linear(
        np.zeros(width), np.zeros(width), np.full(width, np.inf), np.ones(width, dtype=bool),
        csc_array(rows), limits, limits,
    )  # fmt: skip
