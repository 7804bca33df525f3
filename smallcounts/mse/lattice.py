"""Poisson log-linear fits on the lattice of lists: sums over subsets and supersets, no design matrix."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

CONVERGED, SINGULAR, EXHAUSTED = 0, 1, 2
TOLERANCE = 1e-9  # of the Newton decrement, in units of log-likelihood; one more step is taken below it
MAX_STEPS = 60
HALVINGS = 40
_PIVOT = 1e-11  # share of its diagonal under which a pivot counts as zero


@njit(cache=True, nogil=True)
def sum_subsets(values: Floats, k: int) -> None:
    """values[s] becomes the sum of values[t] over t within s, in place; (2^k,)."""
    for j in range(k):
        bit = 1 << j
        for block in range(0, 1 << k, bit << 1):
            for s in range(block, block + bit):
                values[s + bit] += values[s]


@njit(cache=True, nogil=True)
def sum_supersets(values: Floats, k: int) -> None:
    """values[s] becomes the sum of values[t] over t that hold s, in place; (2^k,)."""
    for j in range(k):
        bit = 1 << j
        for block in range(0, 1 << k, bit << 1):
            for s in range(block, block + bit):
                values[s] += values[s + bit]


@njit(cache=True, nogil=True, error_model="numpy")
def solve_step(hess: Floats, p: int, step: Floats) -> bool:
    """Solves hess·x = step in place by U'·D·U on the upper triangle; false when a pivot vanishes.

    step[p:] is scratch of the same length. Row after row, so that the inner loop runs along memory.
    """
    for j in range(p):
        step[p + j] = hess[j, j]
    for j in range(p):
        pivot = hess[j, j]
        if not pivot > _PIVOT * step[p + j]:
            return False
        inverse = 1.0 / pivot
        for i in range(j + 1, p):
            factor = hess[j, i] * inverse
            step[i] -= factor * step[j]
            for m in range(i, p):
                hess[i, m] -= factor * hess[j, m]
        step[p + j] = inverse
    for j in range(p - 1, -1, -1):
        total = step[j]
        for i in range(j + 1, p):
            total -= hess[j, i] * step[i]
        step[j] = total * step[p + j]
    return True


@njit(cache=True, nogil=True)
def expected(k: int, keep: Floats, alpha: Floats, mean: Floats) -> float:
    """Fills mean[s] = keep[s]·exp(sum of alpha over subsets of s); gives the total."""
    for s in range(1 << k):
        mean[s] = alpha[s]
    sum_subsets(mean, k)
    total = 0.0
    for s in range(1 << k):
        mean[s] = keep[s] * np.exp(mean[s]) if keep[s] > 0 else 0.0
        total += mean[s]
    return total


@njit(cache=True, nogil=True)
def likelihood(
    terms: Ints, p: int, k: int, margins: Floats, keep: Floats, alpha: Floats, mean: Floats
) -> float:
    """l = sum(alpha·margins) - sum(means), the counts' factorials left out; fills the means."""
    level = -expected(k, keep, alpha, mean)
    for i in range(p):
        level += alpha[terms[i]] * margins[terms[i]]
    return level


@njit(cache=True, nogil=True)
def information(terms: Ints, p: int, upper: Floats, hess: Floats) -> None:
    """Upper triangle of the information: H[t, u] = sum of the means over patterns that hold t and u."""
    for i in range(p):
        term = terms[i]
        for j in range(i, p):
            hess[i, j] = upper[term | terms[j]]


@njit(cache=True, nogil=True, error_model="numpy")
def newton(
    terms: Ints, p: int, k: int, margins: Floats, keep: Floats, alpha: Floats, work: Floats, hess: Floats
) -> tuple[int, float]:
    """Maximises l = sum(alpha·margins) - sum(means) over alpha[terms], from the alpha given, in place.

    terms[:p] masks of the parameters; margins (2^k,) persons on all the lists of a mask; keep (2^k,) 1 for
    the patterns fitted, 0 for those left out (pattern 0 is the unseen cell); work (4, 2^(k+1)) and hess
    (2^k, 2^k) are scratch. On return work[0] holds the fitted means. Gives the status and l.
    """
    mean, upper, step, slope = work[0], work[1], work[2], work[3]
    last, halved = -np.inf, 0
    for _ in range(MAX_STEPS):
        level = likelihood(terms, p, k, margins, keep, alpha, mean)
        if not level >= last - 1e-9 * (1 + abs(last)):
            halved += 1
            if halved > HALVINGS:
                return EXHAUSTED, last
            for i in range(p):
                step[i] *= 0.5
                alpha[terms[i]] -= step[i]
            continue
        last, halved = level, 0
        for s in range(1 << k):
            upper[s] = mean[s]
        sum_supersets(upper, k)
        information(terms, p, upper, hess)
        for i in range(p):
            step[i] = margins[terms[i]] - upper[terms[i]]
            slope[i] = step[i]
        if not solve_step(hess, p, step):
            return SINGULAR, level
        decrement = 0.0
        for i in range(p):
            decrement += slope[i] * step[i]
            alpha[terms[i]] += step[i]
        if decrement < TOLERANCE:
            return CONVERGED, likelihood(terms, p, k, margins, keep, alpha, mean)
    return EXHAUSTED, last


@njit(cache=True, nogil=True, error_model="numpy")
def newton_from(
    start: Floats, terms: Ints, p: int, k: int, margins: Floats, keep: Floats, alpha: Floats, work: Floats,
    hess: Floats,
) -> tuple[int, float]:  # fmt: skip
    """`newton` from the parameters terms[:p] of `start` (2^k,), which stays as it is; all others are 0."""
    for s in range(1 << k):
        alpha[s] = 0.0
    for i in range(p):
        alpha[terms[i]] = start[terms[i]]
    return newton(terms, p, k, margins, keep, alpha, work, hess)


@njit(cache=True, nogil=True, error_model="numpy")
def unseen_if_independent(k: int, persons: float, margins: Floats) -> float:
    """Darroch's root: log n0 = sum of log(n0 + z_j) - (k-1)·log(n0 + n); -1 when there is none.

    margins (2^k,) persons on all the lists of a mask; z_j = persons - margins[2^j]. The root exists just when
    the sizes of the lists sum to more than the persons: when somebody is on two.
    """
    sizes = 0.0
    for j in range(k):
        sizes += margins[1 << j]
    if sizes <= persons:
        return -1.0
    unseen = persons * persons / (2 * (sizes - persons)) + 0.5
    for _ in range(200):
        # Newton on log N = sum log N - log(N - n_j): concave in log n0, kept positive by halving
        miss = np.log(unseen) + (k - 1) * np.log(unseen + persons)
        slope = 1.0 + (k - 1) * unseen / (unseen + persons)
        for j in range(k):
            rest = unseen + persons - margins[1 << j]
            if rest <= 0:
                return 0.0
            miss -= np.log(rest)
            slope -= unseen / rest
        move = miss / slope if slope > 1e-12 else np.sign(miss) * 1.0
        move = min(max(move, -2.0), 2.0)
        unseen *= np.exp(-move)
        if abs(move) < 1e-13:
            break
    return unseen


@njit(cache=True, nogil=True, error_model="numpy")
def start_independent(k: int, persons: float, margins: Floats, alpha: Floats) -> bool:
    """Sets alpha to the independence fit; false, with a bounded stand-in, when that has no finite one."""
    unseen = unseen_if_independent(k, persons, margins)
    found = unseen > 0
    if not found:
        unseen = max(persons, 1.0)
    total = persons + unseen
    for s in range(1 << k):
        alpha[s] = 0.0
    alpha[0] = np.log(total)
    for j in range(k):
        share = min(max(margins[1 << j] / total, 1e-9), 1 - 1e-9)
        alpha[1 << j] = np.log(share) - np.log1p(-share)
        alpha[0] += np.log1p(-share)
    return found


@njit(cache=True, nogil=True)
def main_terms(k: int, terms: Ints) -> int:
    """Sets terms to the constant and the k lists; gives their number."""
    terms[0] = 0
    for j in range(k):
        terms[1 + j] = 1 << j
    return k + 1
