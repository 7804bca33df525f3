"""How well each decomposable graph explains the lists, for each number of persons unseen."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smallcounts.mse.graphs import Bytes, Graphs

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

LOG2_E: Final = 1.4426950408889634
LN2_HIGH, LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10  # k · LN2_HIGH has no rounding
MAGIC: Final = 1.5 * 2.0**52  # added to x, leaves the nearest whole number in the low bits
ONE: Final = 1023 << 52  # the bits of 1.0
C3, C4, C5, C6, C7, C8, C9, C10, C11, C12 = (1 / math.factorial(d) for d in range(3, 13))
NEGLIGIBLE: Final = 100.0  # a graph so many log units below the best adds nothing to any figure


def absent_from(cells: Ints) -> Ints:
    """For each set of lists by mask: persons on none of them; cells: counts (2^k,) by mask.

    They are the sum over the patterns inside the complement of the set: one pass over the lists sums all.
    """
    inside = cells.astype(np.int64)
    for j in range(len(cells).bit_length() - 1):
        view = inside.reshape(-1, 2, 1 << j)
        view[:, 1] += view[:, 0]
    return inside[::-1].copy()


@njit(cache=True, nogil=True)
def clique_constants(cells: Ints, delta: float) -> Array:
    """The part of log m_C that does not depend on the unseen, for each mask C.

    log m_C(n0) = logG(A) - logG(n + n0 + A) + sum over the cells of C's table of [logG(n_c + a) - logG(a)],
    A = delta 2^k, a = delta 2^(k-|C|). The cell of no list, with n0 in it, is left to `clique_scores`.
    """
    size = len(cells)
    found = np.zeros(size)
    margin = np.zeros(size, dtype=np.int64)
    for lists in range(1, size):
        margin[:] = 0
        width = 1
        for pattern in range(1, size):
            margin[pattern & lists] += cells[pattern]
        for j in range(64):
            width <<= lists >> j & 1
        a = delta * size / width
        total = math.lgamma(delta * size) - math.lgamma(a)
        for part in range(1, size):
            if margin[part] > 0 and part & ~lists == 0:
                total += math.lgamma(margin[part] + a) - math.lgamma(a)
        found[lists] = total
    return found


@njit(cache=True, nogil=True)
def clique_scores(absent: Ints, constants: Array, delta: float, nodes: Array) -> Array:
    """log m_C(n0) for each mask C (rows) and each n0 in `nodes` (columns); row 0 is 0.

    The two gamma functions of n0 are taken as one ratio, so that n0 = 10^12 costs no digits.
    """
    size, total = len(absent), absent[0]
    found = np.zeros((size, len(nodes)))
    everything = delta * size
    for lists in range(1, size):
        width = 1
        for j in range(64):
            width <<= lists >> j & 1
        a = delta * size / width
        step = float(total - absent[lists]) + (everything - a)
        for i in range(len(nodes)):
            found[lists, i] = constants[lists] - log_gamma_ratio(nodes[i] + absent[lists] + a, step)
    return found


@njit(cache=True, nogil=True)
def log_gamma_ratio(x: float, step: float) -> float:
    """logG(x + step) - logG(x) for x > 0, x + step > 0, with no loss of digits when x is large."""
    if x + step < 20.0:
        return math.lgamma(x + step) - math.lgamma(x)
    shift = 0.0
    while x < 10.0:  # G(x + 1) = x G(x)
        shift += math.log(x)
        x += 1.0
        step -= 1.0
    y = x + step
    smooth = (x - 0.5) * math.log1p(step / x) + step * (math.log(y) - 1.0)
    return shift + smooth + (_stirling(y) - _stirling(x))


@njit(cache=True, nogil=True)
def _stirling(x: float) -> float:
    """What Stirling's formula for log G(x), x >= 10, leaves out."""
    s = 1.0 / (x * x)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s * (1 / 1188))))) / x


def tail_powers(absent: Ints, delta: float) -> Array:
    """The power of n0 that each clique's score brings when n0 is large; those of a graph add up likewise.

    p(n0 | graph) falls as n0^e, e = n - 1 - sum over cliques (m_C + A - a_C) + the same over separators, m_C
    being the persons on a list of C.
    """
    size = len(absent)
    width = 2.0 ** np.bitwise_count(np.arange(size))
    found: Array = -(absent[0] - absent + delta * size * (1 - 1 / width))
    found[0] = absent[0] - 1  # what all graphs share: (N - 1)!/n0!
    return found


def base_scores(total: int, nodes: Array, weights: Array) -> Array:
    """log of N!/(n0! n!) · 1/N · weight, N = n + n0: what every graph shares."""
    rest = np.array([_log_choices(node, total) for node in nodes.tolist()])
    return rest + np.log(weights)


@njit(cache=True, nogil=True)
def _log_choices(unseen: float, total: int) -> float:
    """log of (N - 1)!/n0!."""
    return log_gamma_ratio(unseen + 1.0, total - 1.0)


@njit(cache=True, nogil=True, fastmath={"contract", "reassoc", "nsz"})
def weigh(
    masks: Bytes, cliques: Bytes, separators: Bytes, scores: Array, base: Array, powers: Array, tail: float
) -> tuple[Array, Array, float]:
    """Log weight of each graph, mass at each node summed over graphs, and the log unit of the masses.

    scores (2^k, nodes), base (nodes,). `tail`: log of the far end X when the last node is X and stands for
    all that lies beyond it, X p(X) / (-e - 1); -inf when nothing does.
    """
    graphs, count = len(masks), len(base)
    logs = np.full(graphs, -np.inf)
    mass, line, scratch = np.zeros(count), np.empty(count), np.empty(count)
    bits = scratch.view(np.int64)
    top = -np.inf
    for g in range(graphs):
        power = _line(masks[g], cliques[g], separators[g], scores, base, powers, line)
        if tail > 0.0:
            line[count - 1] += tail - math.log(-1.0 - power)
        best = -np.inf
        for i in range(count):
            best = max(best, line[i])
        if best < top - NEGLIGIBLE:
            continue
        if best > top:
            mass *= math.exp(top - best)
            top = best
        logs[g] = top + math.log(_add_exp(line, top, mass, scratch, bits))
    return logs, mass, top


@njit(cache=True, nogil=True, fastmath={"contract", "reassoc", "nsz"})
def _add_exp(line: Array, top: float, mass: Array, scratch: Array, bits: Ints) -> float:
    """Adds exp(line - top) to `mass` and gives its sum; line <= top. `bits`: `scratch` as whole numbers.

    The library's exponential is called once a number; this one the compiler lays side by side. exp(x) =
    2^k exp(r), |r| <= log(2)/2, exp(r) by its series to r^12 (error below 1e-16), 2^k set as bits.
    """
    for i in range(len(line)):
        scratch[i] = max(line[i] - top, -700.0) * LOG2_E + MAGIC  # the low bits of the sum are k
    total = 0.0
    for i in range(len(line)):
        k = scratch[i] - MAGIC
        r = max(line[i] - top, -700.0) - k * LN2_HIGH - k * LN2_LOW
        series = C12
        series = series * r + C11
        series = series * r + C10
        series = series * r + C9
        series = series * r + C8
        series = series * r + C7
        series = series * r + C6
        series = series * r + C5
        series = series * r + C4
        series = series * r + C3
        line[i] = ((series * r + 0.5) * r + 1.0) * r + 1.0
    for i in range(len(line)):
        bits[i] = (bits[i] << 52) + ONE
    for i in range(len(line)):
        value = line[i] * scratch[i]
        mass[i] += value
        total += value
    return total


@njit(cache=True, nogil=True)
def _line(
    masks: Bytes, cliques: int, separators: int, scores: Array, base: Array, powers: Array, line: Array
) -> float:
    """Fills `line` with the graph's log density at the nodes; gives the power of n0 in its tail."""
    count = len(line)
    power = powers[0]
    for i in range(count):
        line[i] = base[i]
    for c in range(cliques):
        row = scores[masks[c]]
        power += powers[masks[c]]
        for i in range(count):
            line[i] += row[i]
    for c in range(cliques, cliques + separators):
        row = scores[masks[c]]
        power -= powers[masks[c]]
        for i in range(count):
            line[i] -= row[i]
    return float(power)


def weighed(graphs: Graphs, scores: Array, base: Array, powers: Array, far: float) -> tuple[Array, Array]:
    """Share of each graph, and share at each node, of all there is; `far` as the last node, or 0 for none."""
    tail = math.log(far) if far > 0 else -math.inf
    logs, mass, top = weigh(graphs.masks, graphs.cliques, graphs.separators, scores, base, powers, tail)
    total = mass.sum()
    return np.exp(logs - top - math.log(total)), mass / total
