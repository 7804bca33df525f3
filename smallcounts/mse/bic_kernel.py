"""The search for the best model by BIC, compiled: every model once, and the best model of each draw."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smallcounts.mse.facial import BOUNDED, classify, drop_empty
from smallcounts.mse.lattice import (
    CONVERGED,
    Floats,
    Ints,
    main_terms,
    newton_from,
    start_independent,
    sum_supersets,
)

Codes = NDArray[np.uint64]
NOT_FITTED = 255  # a model that was passed over


@njit(cache=True, nogil=True)
def fill_terms(code: int, masks: Ints, k: int, terms: Ints) -> int:
    """The terms of a coded model: the constant, the lists, its interactions; gives their number."""
    p = main_terms(k, terms)
    for i in range(len(masks)):
        if code >> np.uint64(i) & np.uint64(1):
            terms[p] = masks[i]
            p += 1
    return p


@njit(cache=True, nogil=True, error_model="numpy")
def warm_newton(
    kept: Ints, q: int, k: int, margins: Floats, keep: Floats, start: Floats, independent: Floats,
    alpha: Floats, work: Floats, hess: Floats,
) -> tuple[int, float]:  # fmt: skip
    """Newton from the parameters in `start`; from independence when that does not converge."""
    status, level = newton_from(start, kept, q, k, margins, keep, alpha, work, hess)
    if status == CONVERGED:
        return status, level
    return newton_from(independent, kept, q, k, margins, keep, alpha, work, hess)


@njit(cache=True, nogil=True, error_model="numpy")
def fit_all(
    codes: Codes, parents: Ints, masks: Ints, k: int, cells: Floats, alphas: Floats, levels: Floats,
    published: Ints, bounded: Ints,
) -> None:  # fmt: skip
    """Fits every coded model, each from its parent (an earlier row of alphas; -1 for none).

    Fills alphas (m, 2^k), levels l without the constant (nan where Newton failed), the published code, and
    what the maximum says of the unseen. A model that is not identified is fitted on its face.
    """
    size = 1 << k
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, keep, independent = np.empty((4, 2 * size)), np.empty(size), np.empty(size)
    terms, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    margins = cells.copy()
    sum_supersets(margins, k)
    start_independent(k, margins[0], margins, independent)
    for row in range(len(codes)):
        p = fill_terms(codes[row], masks, k, terms)
        code, q, _, bound = classify(terms, p, k, cells, margins, kept, keep, scratch)
        start = independent if parents[row] < 0 else alphas[parents[row]]
        status, level = warm_newton(kept, q, k, margins, keep, start, independent, alphas[row], work, hess)
        levels[row] = level if status == CONVERGED else np.nan
        published[row], bounded[row] = code, bound


@njit(cache=True, nogil=True, error_model="numpy")
def ceilings(
    masks: Ints, closed: Codes, k: int, cells: Floats, margins: Floats, independent: Floats, out: Floats
) -> None:
    """out[i] the largest l without interaction i: of the model of all that do not hold it (closed[i]).

    A bound for every model without it, and for the last row (all interactions) for every model.
    """
    size = 1 << k
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, keep, alpha = np.empty((4, 2 * size)), np.empty(size), np.empty(size)
    terms, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    full = 0.0
    for s in range(1, size):
        if cells[s] > 0:
            full += cells[s] * (math.log(cells[s]) - 1)
    for i in range(len(closed)):
        p = fill_terms(closed[i], masks, k, terms)
        _, q, _, _ = classify(terms, p, k, cells, margins, kept, keep, scratch)
        status, level = warm_newton(kept, q, k, margins, keep, independent, independent, alpha, work, hess)
        out[i] = level if status == CONVERGED else full


@njit(cache=True, nogil=True, error_model="numpy")
def best_model(
    codes: Codes, sizes: Ints, alphas: Floats, masks: Ints, closed: Codes, k: int, cells: Floats,
    strict: bool, scratch: Floats, work: Floats, hess: Floats, tops: Floats,
) -> tuple[int, float, float, int]:  # fmt: skip
    """The admissible model of the smallest BIC on one table: its row in codes, the BIC, the unseen, the fits.

    Models are tried in the order given, which should put likely ones first. A model is passed over when even
    the largest l of the models around it (`ceilings`) leaves its BIC above the best so far: no model that
    could win is left out. alphas (m, 2^k) where each fit starts. Row -1 when no model is admissible.
    """
    size = 1 << k
    terms, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    keep, alpha, independent = np.empty(size), np.empty(size), np.empty(size)
    margins = cells.copy()
    sum_supersets(margins, k)
    start_independent(k, margins[0], margins, independent)
    ceilings(masks, closed, k, cells, margins, independent, tops)
    price = math.log(margins[0])
    best, at, unseen, fits = np.inf, -1, np.inf, 0
    for row in range(len(codes)):
        if _floor(codes[row], tops, len(masks)) + sizes[row] * price >= best:
            continue
        fits += 1
        p = fill_terms(codes[row], masks, k, terms)
        q = drop_empty(terms, p, k, margins, kept, keep)
        status, level = warm_newton(kept, q, k, margins, keep, alphas[row], independent, alpha, work, hess)
        if strict and status == CONVERGED and p * price - 2 * level >= best:
            continue
        code, q, _, bound = classify(terms, p, k, cells, margins, kept, keep, scratch)
        if (code != 0) if strict else bound != BOUNDED:
            continue
        if code != 0 or status != CONVERGED:
            status, level = warm_newton(
                kept, q, k, margins, keep, independent, independent, alpha, work, hess
            )
        if status == CONVERGED and p * price - 2 * level < best:
            best, at, unseen = p * price - 2 * level, row, math.exp(alpha[0])
    return at, best, unseen, fits


@njit(cache=True, nogil=True)
def _floor(code: int, tops: Floats, count: int) -> float:
    """-2l at the least, from the models that lack what this one lacks."""
    most = tops[count]
    for i in range(count):
        if not code >> np.uint64(i) & np.uint64(1) and tops[i] < most:
            most = tops[i]
    return float(-2 * most)


@njit(cache=True, nogil=True, error_model="numpy")
def best_of_draws(
    codes: Codes, sizes: Ints, alphas: Floats, masks: Ints, closed: Codes, k: int, patterns: Ints,
    draws: Ints, strict: bool, unseen: Floats, chosen: Ints,
) -> int:  # fmt: skip
    """`best_model` on each row of draws (b, m), counts of the patterns (m,); gives the fits made.

    Fills unseen (b,), inf where no model is admissible, and chosen (b,), rows of codes.
    """
    size, fits = 1 << k, 0
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, cells, tops = np.empty((4, 2 * size)), np.zeros(size), np.empty(len(masks) + 1)
    for row in range(len(draws)):
        for i in range(len(patterns)):
            cells[patterns[i]] = draws[row, i]
        at, _, number, made = best_model(
            codes, sizes, alphas, masks, closed, k, cells, strict, scratch, work, hess, tops
        )
        unseen[row], chosen[row] = number, at
        fits += made
    return fits


@njit(cache=True, nogil=True, error_model="numpy")
def downhill(
    masks: Ints, k: int, cells: Floats, strict: bool, flags: Ints, scratch: Floats, work: Floats, hess: Floats
) -> tuple[float, float]:
    """From the main effects to the best neighbour by BIC (one interaction more or less) until none is better.

    flags (m,) is filled with 1 for the interactions of the last model. Gives its BIC and the unseen; inf and
    inf when the main effects are not admissible.
    """
    size, count = 1 << k, len(masks)
    terms, kept = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
    keep, independent = np.empty(size), np.empty(size)
    here, alpha, found = np.empty(size), np.empty(size), np.empty(size)
    margins = cells.copy()
    sum_supersets(margins, k)
    start_independent(k, margins[0], margins, independent)
    here[:] = independent
    price, best = math.log(margins[0]), np.inf
    flags[:] = 0
    while True:
        step = -1
        for i in range(count + 1 if best == np.inf else count):
            if i < count and (best == np.inf or not _may_change(masks, flags, i)):
                continue
            if i < count:
                flags[i] = 1 - flags[i]
            p = _flagged_terms(masks, flags, k, terms)
            code, q, _, bound = classify(terms, p, k, cells, margins, kept, keep, scratch)
            if i < count:
                flags[i] = 1 - flags[i]
            if (code != 0) if strict else bound != BOUNDED:
                continue
            status, level = warm_newton(kept, q, k, margins, keep, here, independent, alpha, work, hess)
            if status == CONVERGED and p * price - 2 * level < best:
                best, step = p * price - 2 * level, i
                found[:] = alpha
        if step < 0:
            return best, math.exp(here[0]) if best < np.inf else np.inf
        here[:] = found
        if step < count:
            flags[step] = 1 - flags[step]


@njit(cache=True, nogil=True)
def downhill_of_draws(masks: Ints, k: int, patterns: Ints, draws: Ints, strict: bool, unseen: Floats) -> None:
    """`downhill` on each row of draws (b, m), counts of the patterns (m,); fills unseen (b,)."""
    size = 1 << k
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, cells, flags = np.empty((4, 2 * size)), np.zeros(size), np.zeros(len(masks), dtype=np.int64)
    for row in range(len(draws)):
        for i in range(len(patterns)):
            cells[patterns[i]] = draws[row, i]
        _, unseen[row] = downhill(masks, k, cells, strict, flags, scratch, work, hess)


@njit(cache=True, nogil=True)
def _may_change(masks: Ints, flags: Ints, i: int) -> bool:
    """Whether the model stays hierarchical when interaction i comes (all within it there) or goes."""
    for j in range(len(masks)):
        if flags[i] and flags[j] and j != i and masks[j] & masks[i] == masks[i]:
            return False
        if not flags[i] and not flags[j] and j != i and masks[j] & masks[i] == masks[j]:
            return False
    return True


@njit(cache=True, nogil=True)
def _flagged_terms(masks: Ints, flags: Ints, k: int, terms: Ints) -> int:
    p = main_terms(k, terms)
    for i in range(len(masks)):
        if flags[i]:
            terms[p] = masks[i]
            p += 1
    return p
