"""Sums over every whole number from 0 to far away, from a few hundred nodes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]

ORDER: Final = 16  # nodes a block; each rule is exact for polynomials of degree 31
EXACT: Final = 32  # the first whole numbers, each its own node
SMALL: Final = 1 << 16  # so many numbers are looked at one by one
PARTS: Final = 32
NEAR: Final = 0.5  # width in log n0 of the blocks where a posterior may have its bumps
FAR: Final = 1.5  # width in log n0 of blocks beyond the last bump, where masses follow a power of n0


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Whole numbers `first` to `last`, and nodes whose weighted values sum to the values of all of them."""

    first: int
    last: int
    nodes: Array
    weights: Array


@lru_cache(maxsize=4096)
def block(first: int, last: int) -> Block:
    """The Gauss rule for the sum over whole numbers: the zeros of the discrete Chebyshev polynomial.

    Its recurrence for m points is a = (m-1)/2, b_j = j²(m²-j²) / (4(4j²-1)); nodes and weights are the
    eigenvalues and squared first components of the Jacobi matrix. Up to 16 numbers are their own nodes.
    Source: golub-welsch-1969.
    """
    m = last - first + 1
    if m <= ORDER:
        nodes = np.arange(first, last + 1, dtype=np.float64)
        return Block(first, last, nodes, np.ones(m))
    j = np.arange(1, ORDER, dtype=np.float64)
    off = j / m * np.sqrt((m - j) * (m + j) / (4 * (4 * j * j - 1)))  # in units of m: no overflow
    values, vectors = np.linalg.eigh(np.diag(off, -1), UPLO="L")
    return Block(first, last, first + (m - 1) / 2 + m * values, m * vectors[0] ** 2)


@lru_cache(maxsize=64)
def blocks(bumps: int, end: int) -> tuple[Block, ...]:
    """Blocks that cover 0 to `end`: 0.5 wide in log n0 as far as `bumps`, then 1.5 wide."""
    starts = range(0, min(EXACT, end + 1), ORDER)
    found = [block(first, min(first + ORDER - 1, end)) for first in starts]
    at = found[-1].last + 1
    while at <= end:
        factor = math.exp(NEAR if at <= bumps else FAR)
        last = min(max(at + ORDER - 1, math.ceil(at * factor) - 1), end)
        found.append(block(at, last))
        at = last + 1
    return tuple(found)


def halves(part: Block) -> tuple[Block, ...]:
    """The block in two, unless each of its numbers is a node already."""
    if part.last - part.first < ORDER:
        return (part,)
    middle = (part.first + part.last) // 2
    return block(part.first, middle), block(middle + 1, part.last)


def interpolated(part: Block, logs: Array, at: Array) -> Array:
    """Values at `at` of the polynomial through the logs (m,) at the block's nodes."""
    if part.last - part.first < ORDER:
        return logs[(at - part.first).astype(np.int64)]
    scale = (part.last - part.first + 1) / 4  # keeps the products of differences near 1
    gaps = (part.nodes[:, None] - part.nodes[None, :]) / scale
    np.fill_diagonal(gaps, 1.0)
    return _barycentric(part.nodes, 1 / gaps.prod(axis=1), logs, at)


@njit(cache=True, nogil=True)
def _barycentric(nodes: Array, weights: Array, logs: Array, at: Array) -> Array:
    found = np.empty(len(at))
    for i in range(len(at)):
        above = below = 0.0
        for j in range(len(nodes)):
            away = at[i] - nodes[j]
            if away == 0.0:
                above, below = logs[j], 1.0
                break
            above += weights[j] / away * logs[j]
            below += weights[j] / away
        found[i] = above / below
    return found


def place_in(part: Block, logs: Array, share: float) -> int:
    """The first whole number in the block up to which at least `share` of the block's mass lies.

    logs (m,): log density at the block's nodes, of any scale.
    """
    logs = logs - logs.max()
    first, last = part.first, part.last
    while True:
        if last - first < SMALL:
            mass = np.exp(interpolated(part, logs, np.arange(first, last + 1, dtype=np.float64)))
            below = np.cumsum(mass)
            return first + min(int(np.searchsorted(below, share * below[-1])), last - first)
        edges = [first + (last + 1 - first) * i // PARTS for i in range(PARTS + 1)]
        inner = [block(a, b - 1) for a, b in pairwise(edges)]
        sums = np.array([(p.weights * np.exp(interpolated(part, logs, p.nodes))).sum() for p in inner])
        below = np.cumsum(sums)
        at = min(int(np.searchsorted(below, share * below[-1])), PARTS - 1)
        share = (share * below[-1] - (below[at] - sums[at])) / sums[at]
        first, last = inner[at].first, inner[at].last
