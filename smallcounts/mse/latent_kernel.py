"""Compiled moves of the latent-class model: Gibbs sweeps, names of classes, and trades between levels."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smallcounts.mse.random_draws import (
    State,
    beta,
    binomial,
    gamma,
    log_gamma_draw,
    negative_binomial,
    uniform,
)

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

PRIOR_SHAPE: Final = 0.25  # of the gamma prior of the concentration, and its rate
FEW: Final = 3.0  # so few persons are placed one by one


@njit(cache=True, nogil=True, error_model="numpy")
def fill_part(odds: Array, tree: Ints, share: float, row: Array) -> None:
    """row[i] = share · chance of pattern i in a class whose lists have these odds (k,).

    tree (2, patterns): the pattern without one of its lists, and that list; a pattern is its parent's chance
    times one list's odds.
    """
    value = share
    for j in range(len(odds)):
        value /= 1.0 + odds[j]
    row[0] = value
    for i in range(1, tree.shape[1]):
        row[i] = row[tree[0, i]] * odds[tree[1, i]]


@njit(cache=True, nogil=True, error_model="numpy")
def odds_of(rates: Array, odds: Array) -> None:
    """odds = rate / (1 - rate), finite for a rate of 1 too."""
    for j in range(len(rates)):
        rate = min(rates[j], 1.0 - 1e-16)
        odds[j] = rate / (1.0 - rate)


@njit(cache=True, nogil=True)
def add_up(parts: Array, totals: Array) -> None:
    """totals[i] = chance of pattern i, all classes together."""
    for i in range(parts.shape[1]):
        total = 0.0
        for h in range(parts.shape[0]):
            total += parts[h, i]
        totals[i] = total


@njit(cache=True, nogil=True)
def log_likelihood(counts: Array, totals: Array) -> float:
    """Of the persons seen, given that they were; the unseen are summed out: sum n_s log p_s - n log(1 - p_0).

    With the prior 1/N the sum over n0 of (N-1)!/(n0! (n-1)!) p_0^n0 is (1 - p_0)^-n. counts[0] = n.
    """
    if not totals[0] < 1.0:
        return -np.inf
    level = -counts[0] * math.log1p(-totals[0])
    for i in range(1, len(counts)):
        if counts[i] > 0.0:
            level += counts[i] * math.log(totals[i])
    return float(level)


@njit(cache=True, nogil=True)
def log_prior(log_shares: Array, alpha: float) -> float:
    """Density of the stick-broken shares: (a-1) log p_K less the logs of p_h + ... + p_K, h = 2 to K-1."""
    last = len(log_shares) - 1
    rest = math.exp(log_shares[last])
    level = (alpha - 1.0) * log_shares[last]
    for h in range(last - 1, 0, -1):
        rest += math.exp(log_shares[h])
        level -= math.log(rest)
    return float(level)


@njit(cache=True, nogil=True)
def place(
    state: State, number: float, parts: Array, i: int, total: float, pattern: int, held: Array, present: Array
) -> None:
    """Places the persons of pattern i in classes; held (K,) and present (K, k) grow."""
    classes = len(held)
    if number <= FEW:
        for _ in range(int(number)):
            u, h = uniform(state) * total, 0
            while h < classes - 1 and u > parts[h, i]:
                u -= parts[h, i]
                h += 1
            _hold(held, present, h, pattern, 1.0)
        return
    left, rest = number, total
    for h in range(classes):
        part = parts[h, i]
        here = left if h == classes - 1 or part >= rest else binomial(state, left, part / rest)
        if here > 0.0:
            _hold(held, present, h, pattern, here)
        left -= here
        rest -= part
        if left <= 0.0:
            return


@njit(cache=True, nogil=True)
def _hold(held: Array, present: Array, h: int, pattern: int, number: float) -> None:
    held[h] += number
    for j in range(present.shape[1]):
        if pattern >> j & 1:
            present[h, j] += number


@njit(cache=True, nogil=True)
def gibbs(
    state: State, patterns: Ints, tree: Ints, counts: Array, rates: Array, log_shares: Array, alpha: float,
    parts: Array, totals: Array, held: Array, present: Array, odds: Array,
) -> float:  # fmt: skip
    """One sweep: the unseen and everybody's class, then rates, shares and concentration; gives the last."""
    classes, k = rates.shape
    add_up(parts, totals)
    unseen = negative_binomial(state, counts[0], totals[0], 1.0 - totals[0])
    held[:] = 0.0
    present[:] = 0.0
    place(state, unseen, parts, 0, totals[0], 0, held, present)
    for i in range(1, len(patterns)):
        place(state, counts[i], parts, i, totals[i], patterns[i], held, present)
    behind, left = counts[0] + unseen, 0.0
    for h in range(classes):
        for j in range(k):
            rates[h, j] = beta(state, 1.0 + present[h, j], 1.0 + held[h] - present[h, j])
        if h == classes - 1:
            log_shares[h] = left
        else:
            behind -= held[h]
            taken, kept = log_gamma_draw(state, 1.0 + held[h]), log_gamma_draw(state, alpha + behind)
            both = max(taken, kept) + math.log1p(math.exp(-abs(taken - kept)))
            log_shares[h] = left + taken - both
            left += kept - both
        odds_of(rates[h], odds)
        fill_part(odds, tree, math.exp(log_shares[h]), parts[h])
    return float(gamma(state, PRIOR_SHAPE + classes - 1.0) / (PRIOR_SHAPE - log_shares[classes - 1]))


@njit(cache=True, nogil=True)
def change_names(state: State, rates: Array, log_shares: Array, alpha: float, parts: Array) -> None:
    """Two neighbouring classes trade places, by the prior alone: the likelihood does not know their names."""
    if len(log_shares) < 2:
        return
    h = int(uniform(state) * (len(log_shares) - 1))
    before = log_prior(log_shares, alpha)
    log_shares[h], log_shares[h + 1] = log_shares[h + 1], log_shares[h]
    if math.log(uniform(state)) < log_prior(log_shares, alpha) - before:
        for j in range(rates.shape[1]):
            rates[h, j], rates[h + 1, j] = rates[h + 1, j], rates[h, j]
        for i in range(parts.shape[1]):
            parts[h, i], parts[h + 1, i] = parts[h + 1, i], parts[h, i]
    else:
        log_shares[h], log_shares[h + 1] = log_shares[h + 1], log_shares[h]


@njit(cache=True, nogil=True)
def trade(state: State, counts: Array, at: Ints, level: int, totals: Array) -> bool:
    """Levels `level` and `level` + 1 trade their states, by both likelihoods in both states."""
    here, there = totals[at[level]], totals[at[level + 1]]
    gain = log_likelihood(counts[level], there) + log_likelihood(counts[level + 1], here)
    gain -= log_likelihood(counts[level], here) + log_likelihood(counts[level + 1], there)
    if not math.log(uniform(state)) < gain:
        return False
    at[level], at[level + 1] = at[level + 1], at[level]
    return True
