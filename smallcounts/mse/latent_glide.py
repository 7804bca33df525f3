"""Hamiltonian moves of the latent-class model, the unseen and everybody's class summed out."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smallcounts.mse.latent_kernel import fill_part, log_likelihood
from smallcounts.mse.random_draws import State, normal, uniform

Array = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def to_line(rates: Array, log_shares: Array, place: Array) -> None:
    """place (K(k+1),): logits of the rates, then of the sticks share_h / (share_h + ... + share_K)."""
    classes, k = rates.shape
    at = 0
    for h in range(classes):
        for j in range(k):
            rate = min(max(rates[h, j], 1e-300), 1.0 - 1e-16)
            place[at] = math.log(rate) - math.log1p(-rate)
            at += 1
    behind = log_shares[classes - 1]
    for h in range(classes - 2, -1, -1):
        place[at + h] = log_shares[h] - behind
        top = max(behind, log_shares[h])
        behind = top + math.log(math.exp(behind - top) + math.exp(log_shares[h] - top))


@njit(cache=True, nogil=True, error_model="numpy")
def from_line(
    place: Array, tree: Ints, rates: Array, log_shares: Array, parts: Array, totals: Array, odds: Array
) -> None:
    """Rates, shares, chances of the patterns by class and together, from a place on the line."""
    classes, k = rates.shape
    at, left = classes * k, 0.0
    totals[:] = 0.0
    for h in range(classes):
        for j in range(k):
            odds[j] = math.exp(min(place[h * k + j], 700.0))
            rates[h, j] = odds[j] / (1.0 + odds[j])
        if h == classes - 1:
            log_shares[h] = left
        else:
            x = place[at + h]
            soft = math.log1p(math.exp(-abs(x)))
            log_shares[h] = left - soft + min(x, 0.0)
            left -= soft + max(x, 0.0)
        fill_part(odds, tree, math.exp(log_shares[h]), parts[h])
        for i in range(len(totals)):
            totals[i] += parts[h, i]


@njit(cache=True, nogil=True, error_model="numpy")
def slope(
    tree: Ints, counts: Array, place: Array, rates: Array, alpha: float, parts: Array, totals: Array,
    pull: Array, below: Array, out: Array,
) -> None:  # fmt: skip
    """Gradient (K(k+1)-1,) of the log posterior along the line, priors and Jacobians in it.

    A class's pull on list j is the sum over the patterns with j; each pattern hands the sum of those that
    stem from it to its parent, so that every pattern is touched once.
    """
    classes, k = rates.shape
    size = len(totals)
    pull[0] = counts[0] / (1.0 - totals[0])
    for i in range(1, size):
        pull[i] = counts[i] / totals[i]
    at, behind = classes * k, 0.0
    for h in range(classes - 1, -1, -1):
        for i in range(size):
            below[i] = pull[i] * parts[h, i]
        for j in range(k):
            out[h * k + j] = 1.0
        for i in range(size - 1, 0, -1):
            out[h * k + tree[1, i]] += below[i]
            below[tree[0, i]] += below[i]
        for j in range(k):
            out[h * k + j] -= rates[h, j] * (below[0] + 2.0)
        if h < classes - 1:
            stick = 1.0 / (1.0 + math.exp(-place[at + h]))
            out[at + h] = (below[0] + 1.0) * (1.0 - stick) - stick * (behind + alpha)
        behind += below[0]


@njit(cache=True, nogil=True, error_model="numpy")
def level_of(counts: Array, place: Array, alpha: float, classes: int, k: int, totals: Array) -> float:
    """Log posterior at a place whose totals are given, priors and Jacobians in it."""
    found = log_likelihood(counts, totals)
    for at in range(classes * k):
        x = abs(place[at])
        found -= x + 2.0 * math.log1p(math.exp(-x))
    for at in range(classes * k, classes * (k + 1) - 1):
        x = place[at]
        soft = math.log1p(math.exp(-abs(x)))
        found += min(x, 0.0) - soft - alpha * (max(x, 0.0) + soft)
    return found


@njit(cache=True, nogil=True, error_model="numpy")
def glide(
    state: State, tree: Ints, counts: Array, rates: Array, log_shares: Array, alpha: float, parts: Array,
    totals: Array, step: float, steps: int, work: Array, new_rates: Array, new_shares: Array,
    new_parts: Array,
) -> float:  # fmt: skip
    """One Hamiltonian move of `steps` leapfrog steps, in place when accepted; gives the chance of that.

    work (7, at least K(k+1) and patterns): scratch.
    """
    classes, k = rates.shape
    size = classes * (k + 1) - 1
    place, speed, out, pull, below = work[0], work[1], work[2], work[3], work[4]
    odds, trial = work[5, :k], work[6, : len(totals)]
    to_line(rates, log_shares, place)
    energy = level_of(counts, place, alpha, classes, k, totals)
    for at in range(size):
        speed[at] = normal(state)
        energy -= 0.5 * speed[at] * speed[at]
    slope(tree, counts, place, rates, alpha, parts, totals, pull, below, out)
    for _ in range(steps):
        for at in range(size):
            speed[at] += 0.5 * step * out[at]
            place[at] += step * speed[at]
        from_line(place, tree, new_rates, new_shares, new_parts, trial, odds)
        slope(tree, counts, place, new_rates, alpha, new_parts, trial, pull, below, out)
        for at in range(size):
            speed[at] += 0.5 * step * out[at]
    after = level_of(counts, place, alpha, classes, k, trial)
    for at in range(size):
        after -= 0.5 * speed[at] * speed[at]
    chance = math.exp(min(0.0, after - energy)) if after > -np.inf else 0.0
    if uniform(state) < chance:
        rates[:], log_shares[:], parts[:], totals[:] = new_rates, new_shares, new_parts, trial
    return chance
