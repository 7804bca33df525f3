"""Forward stepwise choice of pair interactions, compiled, for one table and for many draws of it."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from smallcounts.mse import facial
from smallcounts.mse.facial import classify
from smallcounts.mse.lattice import (
    CONVERGED,
    Floats,
    Ints,
    main_terms,
    newton,
    newton_from,
    start_independent,
    sum_supersets,
)

_NEVER_BOTH = math.log(0.3)  # the tail on the other side is larger than this
UNBOUNDED, FAILED = 1, 2  # how a search may end; 0: with a number


@njit(cache=True, nogil=True, error_model="numpy")
def log_tail(count: float, mean: float, enough: float = 0.0) -> float:
    """log min{P(X <= count), P(X >= count)} for X Poisson; 0 (p = 1) when the mean is 0.

    The tail on the count's own side is summed term by term from the count outwards, so that no digits go in
    1 - small; the other tail follows from it. A tail above exp(`enough`) need not be summed to its end: what
    comes out is then anything above `enough`.
    """
    if mean <= 0:
        return 0.0 if count <= 0 else -np.inf
    point = count * math.log(mean) - mean - math.lgamma(count + 1)
    limit = math.exp(enough - point) if enough < _NEVER_BOTH else np.inf
    total, term, at = 1.0, 1.0, count
    if count <= mean:
        while at > 0 and term > 1e-17 * total and total <= limit:
            term *= at / mean
            total += term
            at -= 1
    else:
        while term > 1e-17 * total and total <= limit:
            at += 1
            term *= mean / at
            total += term
    near = point + math.log(total)
    if near < math.log(0.5):
        return near
    other = 1.0 - math.exp(near) + math.exp(point)
    return min(near, math.log(other)) if other > 0 else near


@njit(cache=True, nogil=True, error_model="numpy")
def pair_tails(
    pairs: Ints, k: int, margins: Floats, fitted: Floats, terms: Ints, p: int, enough: float, means: Floats,
    tails: Floats,
) -> None:  # fmt: skip
    """Fills tails with the log tail of each pair under the fitted means, exact below `enough`; inf for pairs
    in the model. Fills means with persons fitted on all the lists of a mask."""
    for s in range(1 << k):
        means[s] = fitted[s]
    sum_supersets(means, k)
    for j in range(len(pairs)):
        tails[j] = log_tail(margins[pairs[j]], means[pairs[j]], enough)
        for i in range(k + 1, p):
            if pairs[j] == terms[i]:
                tails[j] = np.inf


@njit(cache=True, nogil=True, error_model="numpy")
def search_pairs(
    pairs: Ints, k: int, cells: Floats, log_threshold: float, strict: bool, chosen: Ints, scratch: Floats,
    work: Floats, hess: Floats,
) -> tuple[int, int, float, float]:  # fmt: skip
    """Adds pair after pair while the smallest Poisson tail of an absent pair is under the threshold.

    chosen[:m] are the pairs added, in order. A pair whose model has no identified maximum (strict), or leaves
    the unseen unbounded (not strict), is passed over. Gives how the search ended, m, the unseen, and l.
    """
    size = 1 << k
    margins = cells.copy()
    sum_supersets(margins, k)
    terms, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    keep, alpha, trial = np.empty(size), np.empty(size), np.empty(size)
    tails, means = np.empty(len(pairs)), np.empty(size)
    p = main_terms(k, terms)
    code, q, _, bounded = classify(terms, p, k, cells, margins, kept, keep, scratch)
    if bounded != facial.BOUNDED:
        return 0 if bounded else UNBOUNDED, 0, 0.0 if bounded else np.inf, -np.inf
    start_independent(k, margins[0], margins, alpha)
    status, level = newton(kept, q, k, margins, keep, alpha, work, hess)
    if status != CONVERGED:
        return FAILED, 0, np.nan, level
    while True:
        pair_tails(pairs, k, margins, work[0], terms, p, log_threshold, means, tails)
        while True:
            best = int(np.argmin(tails))
            if not tails[best] < log_threshold:
                return 0, p - k - 1, math.exp(alpha[0]), level
            terms[p], tails[best] = pairs[best], np.inf
            code, q, _, bounded = classify(terms, p + 1, k, cells, margins, kept, keep, scratch)
            if (code == 0) if strict else bounded == facial.BOUNDED:
                break
        trial[:] = alpha
        trial[pairs[best]] = _own_maximum(margins[pairs[best]], means[pairs[best]])
        status, level = _refit(kept, q, k, margins, keep, trial, alpha, work, hess)
        if status != CONVERGED:
            return FAILED, p - k, np.nan, level
        chosen[p - k - 1] = pairs[best]
        p += 1


@njit(cache=True, nogil=True, error_model="numpy")
def _own_maximum(seen: float, fitted: float) -> float:
    """Where a new pair's parameter would go, were the others to stay: a nearer start than 0."""
    return math.log(seen / fitted) if seen > 0 and fitted > 0 else 0.0


@njit(cache=True, nogil=True, error_model="numpy")
def _refit(
    kept: Ints, q: int, k: int, margins: Floats, keep: Floats, parent: Floats, alpha: Floats, work: Floats,
    hess: Floats,
) -> tuple[int, float]:  # fmt: skip
    """The fit of kept[:q] from the parent's parameters; from independence when that fails."""
    status, level = newton_from(parent, kept, q, k, margins, keep, alpha, work, hess)
    if status == CONVERGED:
        return status, level
    start_independent(k, margins[0], margins, parent)
    return newton_from(parent, kept, q, k, margins, keep, alpha, work, hess)


@njit(cache=True, nogil=True, error_model="numpy")
def search_many(
    pairs: Ints, k: int, patterns: Ints, draws: Ints, log_threshold: float, strict: bool, unseen: Floats,
    models: Ints, ends: Ints,
) -> None:  # fmt: skip
    """`search_pairs` on each row of draws (b, m), counts of the patterns (m,).

    Fills unseen (b,), ends (b,) and models (b,), bit i for pairs[i].
    """
    size = 1 << k
    scratch = np.empty((3, size + 1, 2 * size + 2))
    work, hess = np.empty((4, 2 * size)), np.empty((size, size))
    chosen, cells = np.empty(len(pairs), dtype=np.int64), np.zeros(size)
    for row in range(len(draws)):
        for i in range(len(patterns)):
            cells[patterns[i]] = draws[row, i]
        end, m, number, _ = search_pairs(pairs, k, cells, log_threshold, strict, chosen, scratch, work, hess)
        ends[row], unseen[row], models[row] = end, number, 0
        for i in range(m):
            for j in range(len(pairs)):
                if pairs[j] == chosen[i]:
                    models[row] |= 1 << j
