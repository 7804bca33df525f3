"""Branch and bound over hierarchical models by BIC, compiled: no list of the models is ever made."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from smallcounts.mse.bic_kernel import downhill, warm_newton
from smallcounts.mse.facial import BOUNDED, classify
from smallcounts.mse.lattice import CONVERGED, Floats, Ints, main_terms, start_independent, sum_supersets

OPEN, TAKEN, LEFT_OUT = 0, 1, 2
TIE, ROUNDING = 1e-7, 4e-13  # BICs closer than this, or than this share of l, are the same


@njit(cache=True, nogil=True, error_model="numpy")
def prepare(k: int, cells: Floats, margins: Floats, independent: Floats) -> float:
    """Fills margins and the independence fit; gives the largest l of any model, each pattern by its count."""
    margins[:] = cells
    sum_supersets(margins, k)
    start_independent(k, margins[0], margins, independent)
    level = 0.0
    for s in range(1, 1 << k):
        if cells[s] > 0:
            level += cells[s] * (math.log(cells[s]) - 1.0)
    return level


@njit(cache=True, nogil=True)
def tie(score: float) -> float:
    """The difference of BIC, less the constant, under which two are the same."""
    return TIE + ROUNDING * abs(score) if score < np.inf else TIE


@njit(cache=True, nogil=True)
def settle(masks: Ints, depth: int, state: Ints) -> int:
    """The next open place: what cannot come, since something within it is left out, is left out too."""
    while depth < len(masks):
        for i in range(depth):
            if state[i] == LEFT_OUT and masks[i] & masks[depth] == masks[i]:
                state[depth] = LEFT_OUT
                break
        if state[depth] == OPEN:
            break
        depth += 1
    return depth


@njit(cache=True, nogil=True)
def taken_terms(masks: Ints, state: Ints, k: int, terms: Ints) -> int:
    """The terms of the model of all that is taken."""
    p = main_terms(k, terms)
    for j in range(len(masks)):
        if state[j] == TAKEN:
            terms[p] = masks[j]
            p += 1
    return p


@njit(cache=True, nogil=True)
def widest_terms(masks: Ints, state: Ints, k: int, terms: Ints) -> int:
    """The terms of the model of all that is taken or may still come."""
    p = main_terms(k, terms)
    for j in range(len(masks)):
        may = state[j] != LEFT_OUT
        for i in range(j):
            if state[i] == LEFT_OUT and masks[i] & masks[j] == masks[i]:
                may = False
        if may:
            terms[p] = masks[j]
            p += 1
    return p


@njit(cache=True, nogil=True, error_model="numpy")
def largest_level(
    terms: Ints, p: int, k: int, cells: Floats, margins: Floats, independent: Floats, full: float,
    alpha: Floats, work: Floats, keep: Floats, scratch: Floats, hess: Floats,
) -> tuple[float, int, int]:  # fmt: skip
    """The largest l of a model (on its face; the full level where Newton fails, which bounds it), its code
    and what it says of the unseen."""
    kept = np.empty(1 << k, dtype=np.int64)
    code, q, _, bound = classify(terms, p, k, cells, margins, kept, keep, scratch)
    status, level = warm_newton(kept, q, k, margins, keep, independent, independent, alpha, work, hess)
    if status == CONVERGED:
        return level, code, bound
    return full, 3, 0


@njit(cache=True, nogil=True)
def push(
    stack: Ints, levels: Floats, at: int, state: Ints, level: float, depth: int, taken: int, choice: int
) -> None:
    """Puts a node at a place of the stack: its states with the choice at `depth`, and then four numbers."""
    count = len(state)
    for i in range(count):
        stack[at, i] = state[i]
    stack[at, depth] = choice
    stack[at, count], stack[at, count + 1] = depth + 1, taken + (choice == TAKEN)
    stack[at, count + 2] = choice == TAKEN
    levels[at] = level


@njit(cache=True, nogil=True, error_model="numpy")
def branch_and_bound(
    masks: Ints, k: int, cells: Floats, strict: bool, best: float, slack: float, budget: int,
    found: Ints, scores: Floats, unseen: Floats,
) -> tuple[int, int, float]:  # fmt: skip
    """Every admissible model within `slack` of the smallest BIC, depth first: see `branch.branch`.

    Each of masks follows all within it; `best` is a BIC, less the constant, known before. Fills a ring of the
    last found: states (m, i), scores (m,), unseen (m,). Gives how many, the fits, the least bound left open.
    """
    size, count = 1 << k, len(masks)
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, keep, alpha, independent = np.empty((4, 2 * size)), np.empty(size), np.empty(size), np.empty(size)
    terms, margins = np.empty(size, dtype=np.int64), np.empty(size)
    full, price = prepare(k, cells, margins, independent), math.log(margins[0])
    stack, levels = np.zeros((count + 2, count + 3), dtype=np.int64), np.full(count + 2, full)
    stack[0, count + 2], top, number, fits, left = 1, 1, 0, 0, np.inf
    while top > 0:
        top -= 1
        state, level = stack[top, :count].copy(), levels[top]
        depth, taken, is_new = stack[top, count:]
        more = (k + 2 + taken) * price  # of any model below but the one just made
        if fits >= budget or (not is_new and more - 2 * level > best + slack):
            left = min(left, more - price - 2 * level) if fits >= budget else left
            continue
        p = taken_terms(masks, state, k, terms) if is_new else widest_terms(masks, state, k, terms)
        here, code, bound = largest_level(
            terms, p, k, cells, margins, independent, full, alpha, work, keep, scratch, hess
        )
        level, fits = level if is_new else here, fits + 1
        admitted = (code == 0) if strict else bound == BOUNDED
        if is_new and admitted and p * price - 2 * here <= best + slack:
            at, number = number % len(scores), number + 1
            found[at], scores[at], unseen[at] = state, p * price - 2 * here, math.exp(alpha[0])
            best = min(best, scores[at])
        depth = settle(masks, depth, state)
        if depth < count and more - 2 * level <= best + slack:
            push(stack, levels, top, state, level, depth, taken, LEFT_OUT)
            push(stack, levels, top + 1, state, level, depth, taken, TAKEN)
            top += 2
    return number, fits, left


@njit(cache=True, nogil=True, error_model="numpy")
def first_bound(
    masks: Ints, k: int, cells: Floats, strict: bool, hints: Ints, alpha: Floats, work: Floats, keep: Floats,
    scratch: Floats, hess: Floats,
) -> float:  # fmt: skip
    """The smallest BIC, less the constant, among some models (rows of states): where a search starts."""
    terms, independent, margins = np.empty(1 << k, dtype=np.int64), np.empty(1 << k), np.empty(1 << k)
    prepare(k, cells, margins, independent)
    best = np.inf
    for row in range(len(hints)):
        p = taken_terms(masks, hints[row], k, terms)
        level, code, bound = largest_level(
            terms, p, k, cells, margins, independent, 0.0, alpha, work, keep, scratch, hess
        )
        if (code == 0) if strict else bound == BOUNDED:
            best = min(best, p * math.log(margins[0]) - 2 * level)
    return best


@njit(cache=True, nogil=True, error_model="numpy")
def branch_draws(
    masks: Ints, k: int, patterns: Ints, draws: Ints, strict: bool, hints: Ints, budget: int, unseen: Floats
) -> tuple[int, int]:  # fmt: skip
    """The unseen under the best model of each row of draws (b, m), counts of the patterns (m,).

    inf where no model is admissible. Gives the fits made and the draws whose search met the budget.
    """
    size, fits, cut = 1 << k, 0, 0
    scratch, hess = np.empty((3, size + 1, 2 * size + 2)), np.empty((size, size))
    work, keep, alpha = np.empty((4, 2 * size)), np.empty(size), np.empty(size)
    found, scores, numbers = np.empty((64, len(masks)), dtype=np.int64), np.empty(64), np.empty(64)
    cells, flags = np.zeros(size), np.zeros(len(masks), dtype=np.int64)
    for row in range(len(draws)):
        for i in range(len(patterns)):
            cells[patterns[i]] = draws[row, i]
        best, _ = downhill(masks, k, cells, strict, flags, scratch, work, hess)
        best = min(best, first_bound(masks, k, cells, strict, hints, alpha, work, keep, scratch, hess))
        number, made, left = branch_and_bound(
            masks, k, cells, strict, best, tie(best), budget, found, scores, numbers
        )
        fits += made + len(hints)
        cut += 1 if left < np.inf else 0
        unseen[row], least = np.inf, np.inf
        for i in range(min(number, 64)):
            if scores[i] < least:
                unseen[row], least = numbers[i], scores[i]
    return fits, cut
