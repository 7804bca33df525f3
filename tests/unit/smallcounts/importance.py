"""An independent oracle for a handful of areas: draws from the prior, weighted by the likelihood."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.unit.smallcounts.sweden import structured_root

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Weighted:
    """Weighted posterior draws: relative rates (k, n), sd (k,), share (k,) and weights (k,)."""

    rates: Array
    sd: Array
    share: Array
    weights: Array

    def mean(self) -> Array:
        return np.asarray(self.weights @ self.rates)

    def quantile(self, level: float) -> Array:
        found = []
        for column in self.rates.T:
            order = np.argsort(column)
            found.append(np.interp(level, np.cumsum(self.weights[order]), column[order]))
        return np.array(found)


def prior_effects(
    parts: Sequence[tuple[int, Sequence[tuple[int, int]]]], k: int, seed: int
) -> tuple[Array, ...]:
    """k prior draws of the effects over parts (size, own borders), with their sd and share."""
    rng = np.random.default_rng(seed)
    sd, share = rng.exponential(1 / -np.log(0.01), k), rng.beta(0.5, 0.5, k)
    several = sum(size > 1 for size, _ in parts) > 1
    columns = []
    for size, pairs in parts:
        root = structured_root(size, pairs) if size > 1 else np.eye(1)
        free, bound = rng.standard_normal((k, size)), rng.standard_normal((k, size)) @ root.T
        effect = sd[:, None] * (np.sqrt(1 - share)[:, None] * free + np.sqrt(share)[:, None] * bound)
        columns.append(effect + (rng.standard_normal((k, 1)) if several and size > 1 else 0.0))
    return np.concatenate(columns, axis=1), sd, share


def weigh(
    counts: Array,
    expected: Array,
    parts: Sequence[tuple[int, Sequence[tuple[int, int]]]],
    k: int = 400_000,
    seed: int = 1,
) -> Weighted:
    """The posterior with a flat prior for the intercept, which then has a gamma posterior in closed form."""
    effect, sd, share = prior_effects(parts, k, seed)
    scale = np.exp(effect) @ expected
    log_weight = effect @ counts - counts.sum() * np.log(scale)
    weights = np.exp(log_weight - log_weight.max())
    level = np.random.default_rng(seed + 1).gamma(counts.sum(), 1.0, k) / scale
    return Weighted(np.exp(effect) * level[:, None], sd, share, weights / weights.sum())
