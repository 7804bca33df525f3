"""Draws from a posterior with one peak: a t distribution at the peak, each draw with its weight."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LogDensity = Callable[[Array], Array]

FREEDOM: Final = 8.0  # of the t distribution: tails heavier than any log-concave posterior has
ROUNDS: Final = 5
GOOD_K, WORST_K = 0.5, 0.7  # Pareto k: below 0.5 the variance is finite; above 0.7 the draws say nothing
LEAST_EFFECTIVE: Final = 400.0


@dataclass(frozen=True, slots=True, eq=False)
class Weighted:
    """Draws (S, p) and their weights (S,), summing to 1, with what tells whether they can be trusted.

    `pareto_k`: shape of the largest weights' tail. `effective`: 1/sum of squared weights, the number of equal
    draws they are worth. `acceptance`: the share of moves that an independence sampler with the same
    proposal would accept; a chain that does not move has 0.
    """

    draws: Array
    weights: Array
    pareto_k: float
    effective: float
    acceptance: float

    @property
    def holds(self) -> bool:
        """Whether the draws stand for the posterior: Pareto k at most 0.7 and at least 400 effective."""
        return self.pareto_k <= WORST_K and self.effective >= LEAST_EFFECTIVE

    def mean(self) -> Array:
        """Posterior means (p,)."""
        found: Array = self.weights @ self.draws
        return found

    def covariance(self) -> Array:
        """Posterior covariances (p, p)."""
        away = self.draws - self.mean()
        found: Array = (away * self.weights[:, None]).T @ away
        return found

    def quantile(self, column: int, share: float) -> float:
        """The smallest draw of a column with at least this share of the weight at or below it."""
        values = self.draws[:, column]
        order = np.argsort(values)
        at = int(np.searchsorted(np.cumsum(self.weights[order]), share))
        return float(values[order[min(at, len(order) - 1)]])


def importance_sample(
    log_density: LogDensity, peak: Array, covariance: Array, *, draws: int, rng: np.random.Generator
) -> Weighted:
    """Weighted draws of the density whose peak (p,) and covariance there (p, p) are given.

    log_density: (m, p) to (m,), up to a constant. The proposal is a t distribution with 8 degrees of freedom;
    while its weights are poor it is moved to the moments found, at most five times. The largest weights are
    smoothed by the Pareto distribution fitted to them (vehtari-2024).
    """
    centre, spread = peak, covariance
    best: Weighted | None = None
    for _ in range(ROUNDS):
        found = _once(log_density, centre, spread, draws, rng)
        if best is None or (found.pareto_k, -found.effective) < (best.pareto_k, -best.effective):
            best = found
        if found.pareto_k <= GOOD_K and found.effective >= 0.1 * draws:
            return found
        moved = found.covariance() + 1e-9 * np.trace(spread) / len(spread) * np.eye(len(spread))
        if found.effective < 10 * len(peak):  # too few to tell a shape: move and widen
            centre, spread = found.mean(), 2 * spread
        else:
            centre, spread = found.mean(), 1.1 * moved
    assert best is not None
    return best


def _once(
    log_density: LogDensity, centre: Array, spread: Array, draws: int, rng: np.random.Generator
) -> Weighted:
    size = len(centre)
    root = np.linalg.cholesky(spread)
    normal = rng.standard_normal((draws, size))
    stretch = FREEDOM / rng.chisquare(FREEDOM, draws)
    points = centre + np.sqrt(stretch)[:, None] * (normal @ root.T)
    distance = stretch * (normal**2).sum(axis=1)
    logs = log_density(points) + (FREEDOM + size) / 2 * np.log1p(distance / FREEDOM)
    smooth, shape = pareto_smoothed(logs)
    weights = np.exp(smooth - smooth.max())
    weights /= weights.sum()
    return Weighted(points, weights, shape, float(1 / (weights**2).sum()), acceptance(logs))


def acceptance(logs: Array) -> float:
    """Share of moves accepted by an independence sampler at rest whose proposals have these log weights.

    The mean of min(1, w'/w), w from the posterior and w' proposed: sum over pairs of min(w, w') / (S sum w).
    """
    weights = np.sort(np.exp(logs - logs.max()))
    size = len(weights)
    twice = 2 * np.arange(size - 1, -1, -1) + 1  # in how many pairs each is the smaller
    return float((weights * twice).sum() / (size * weights.sum()))


def pareto_smoothed(logs: Array) -> tuple[Array, float]:
    """Log weights, the largest made quantiles of the Pareto distribution fitted to them, and its k.

    The min(S/5, 3 sqrt(S)) largest count as the tail (vehtari-2024). k is inf when the weights are so unequal
    that a single one is all there is.
    """
    size = len(logs)
    count = math.ceil(min(0.2 * size, 3 * math.sqrt(size)))
    order = np.argsort(logs)
    top = order[size - count :]
    shifted = logs - logs.max()
    floor = math.exp(shifted[order[size - count - 1]])
    tail = np.exp(shifted[top]) - floor
    if tail[0] <= 0 or not np.isfinite(tail).all():
        return shifted, math.inf if tail[-1] > 0 else 0.0
    shape, scale = pareto_fit(tail)
    ranks = (np.arange(1, count + 1) - 0.5) / count
    if abs(shape) < 1e-12:
        fitted = -scale * np.log1p(-ranks)
    else:
        fitted = scale / shape * np.expm1(-shape * np.log1p(-ranks))
    smooth = shifted.copy()
    smooth[top] = np.minimum(np.log(fitted + floor), 0.0)
    return smooth, shape


def pareto_fit(tail: Array) -> tuple[float, float]:
    """Shape k and scale of the generalised Pareto distribution for exceedances, rising: a posterior's mean.

    Zhang and Stephens' estimator; k is drawn towards 0.5 as by ten more exceedances (vehtari-2024).
    Source: zhang-stephens-2009.
    """
    size = len(tail)
    grid = np.arange(1, 30 + math.isqrt(size) + 1)
    quartile = tail[int(size / 4 + 0.5) - 1]
    slopes = 1 / tail[-1] + (1 - np.sqrt(len(grid) / (grid - 0.5))) / (3 * quartile)
    shapes = np.log1p(-slopes[:, None] * tail).mean(axis=1)
    levels = size * (np.log(-slopes / shapes) - shapes - 1)
    weights = np.exp(levels - levels.max())
    slope = float((slopes * weights).sum() / weights.sum())
    shape = float(np.log1p(-slope * tail).mean())
    return (shape * size + 5) / (size + 10), -shape / slope
