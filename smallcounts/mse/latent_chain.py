"""One chain of the latent-class model: plain, or with Hamiltonian moves and a ladder of flatter levels."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smallcounts.mse.latent_glide import glide
from smallcounts.mse.latent_kernel import PRIOR_SHAPE, add_up, change_names, fill_part, gibbs, trade
from smallcounts.mse.random_draws import State, gamma, negative_binomial, new_state, uniform
from smallcounts.mse.table import CaptureTable

Array = NDArray[np.float64]
Ints = NDArray[np.int64]

FLATTER: Final = 0.7  # each level holds this share of the log likelihood of the one before
LEVELS: Final = 8  # the last is 0.08 of the table: there the modes are one
TRAVEL: Final = 1.0  # of a Hamiltonian move, on average; steps times step size
MOST_STEPS: Final = 100.0
ACCEPT: Final = 0.8  # what the step sizes are tuned to
FIRST_CONCENTRATION: Final = 0.3


@dataclass(slots=True, eq=False)
class Chain:
    """The state of one chain: for each level rates (K, k), log shares (K,), concentration, and its tuning.

    `counts` (levels, 1 + patterns): persons seen, then each pattern's, times the level's share of the log
    likelihood. `at[level]` says which state stands at a level; `pace` the step sizes; `tally` (2, levels)
    sums the chances of acceptance and the trades with the next level.
    """

    random: State
    patterns: Ints
    tree: Ints
    counts: Array
    rates: Array
    log_shares: Array
    alphas: Array
    parts: Array
    at: Ints
    pace: Array
    tally: Array
    swept: int = 0

    def sweep(self, times: int, *, travel: float, tune: bool = False) -> Array:
        """The unseen (times,) after each of so many sweeps; `travel` 0 is the plain Gibbs sampler."""
        unseen = np.empty(times)
        if tune:
            self.tally[:] = 0
        else:
            self.swept += times
        run(
            self.random, self.patterns, self.tree, self.counts, self.rates, self.log_shares, self.alphas,
            self.parts, self.at, self.pace, self.tally, travel, tune, unseen,
        )  # fmt: skip
        if tune:
            self.tally[:] = 0
        return unseen


def new_chain(table: CaptureTable, classes: int, levels: int, seed: int, stream: int) -> Chain:
    """A chain at a random place: rates uniform, shares equal."""
    random = np.random.default_rng([seed, stream])
    patterns, tree, whole = _tree(table)
    rates = random.random((levels, classes, table.k))
    parts = np.empty((levels, classes, len(patterns)))
    for level, h in np.ndindex(levels, classes):
        fill_part(rates[level, h] / (1 - rates[level, h]), tree, 1 / classes, parts[level, h])
    return Chain(
        random=new_state(seed, stream),
        patterns=patterns,
        tree=tree,
        counts=whole * FLATTER ** np.arange(levels)[:, None],
        rates=rates,
        log_shares=np.full((levels, classes), -math.log(classes)),
        alphas=np.full(levels, FIRST_CONCENTRATION / classes),
        parts=parts,
        at=np.arange(levels),
        pace=np.full(levels, 0.05),
        tally=np.zeros((2, levels)),
    )


def _tree(table: CaptureTable) -> tuple[Ints, Ints, Array]:
    """Patterns with all their parents (each without its lowest list), the tree of them, and the counts."""
    masks = {0}
    for pattern in table.patterns.tolist():
        while pattern:
            masks.add(pattern)
            pattern &= pattern - 1
    patterns = np.array(sorted(masks), dtype=np.int64)
    parents = np.searchsorted(patterns, patterns & (patterns - 1))
    lowest = np.bitwise_count((patterns & -patterns) - 1).astype(np.int64)
    tree = np.stack([parents.astype(np.int64), np.where(patterns > 0, lowest, 0)])
    counts = np.zeros(len(patterns))
    counts[np.searchsorted(patterns, table.patterns)] = table.counts
    counts[0] = table.n
    return patterns, tree, counts


@njit(cache=True, nogil=True)
def run(
    state: State, patterns: Ints, tree: Ints, counts: Array, rates: Array, log_shares: Array, alphas: Array,
    parts: Array, at: Ints, pace: Array, tally: Array, travel: float, tune: bool, unseen: Array,
) -> None:  # fmt: skip
    """Sweeps all levels len(unseen) times in place; fills the unseen of the whole table, level 0."""
    levels, classes, k = rates.shape
    size = len(patterns)
    totals, odds = np.empty((levels, size)), np.empty(k)
    held, present = np.empty(classes), np.empty((classes, k))
    new_rates, new_shares, new_parts = np.empty((classes, k)), np.empty(classes), np.empty((classes, size))
    work = np.empty((7, max(size, classes * (k + 1))))
    for sweep in range(len(unseen)):
        for level in range(levels):
            s = at[level]
            r, w, f, total, n = rates[s], log_shares[s], parts[s], totals[s], counts[level]
            if level == 0:  # persons can be placed in classes one by one only where they are whole
                alphas[s] = gibbs(state, patterns, tree, n, r, w, alphas[s], f, total, held, present, odds)
            else:
                alphas[s] = gamma(state, PRIOR_SHAPE + classes - 1.0) / (PRIOR_SHAPE - w[classes - 1])
            add_up(f, total)
            if travel > 0.0:
                change_names(state, r, w, alphas[s], f)
                length = 1 + int(min(uniform(state) * 2 * travel / pace[level], MOST_STEPS))
                step = pace[level] * (0.5 + uniform(state))
                chance = glide(
                    state, tree, n, r, w, alphas[s], f, total, step, length, work, new_rates, new_shares,
                    new_parts,
                )  # fmt: skip
                tally[0, level] += chance
                if tune:
                    pace[level] *= math.exp(0.05 * (chance - ACCEPT))
        for level in range(sweep % 2, levels - 1, 2):
            tally[1, level] += trade(state, counts, at, level, totals)
        p = totals[at[0], 0]
        unseen[sweep] = negative_binomial(state, counts[0, 0], p, 1.0 - p)
