"""Shrinkage of counts that scatter more than chance: gamma rates, negative binomial counts.

No closed form is left, so the line of log rates is cut into cells, the same for all areas. A gamma
distribution's share of a cell is exact; an area's likelihood is taken at the middle of the cell, and cells
are narrow where any area's likelihood is.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import gammainc

from smallcounts.rates.spread_prior import NODES, SPREADS, TOO_LIGHT, WEIGHTS, finer, log_prior

Array = NDArray[np.float64]
_LOWEST, _HIGHEST = 28.0, 8.0  # the cells' reach below and above the common rate, on the log scale
_NARROW, _MIDDLE, _WIDE = 0.02, 0.05, 0.25
_PER_SD = 4  # cells per standard deviation of the narrowest likelihood at hand


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """The log rates' cells and what the counts say of them.

    `edges` (g - 1,): the first cell begins at a rate of 0, the last never ends. `likelihood` (g, n): each
    area's own, relative to its highest, whose logarithm is `top` (n,).
    """

    edges: Array
    likelihood: Array
    top: Array

    def shares(self, shapes: Array, levels: Array, *, power: int = 0) -> Array:
        """Each gamma's (h,) share of the cells (h, g); with power 1 the share of its mean, times the mean."""
        rate = (shapes / levels)[:, None]
        reached = gammainc(shapes[:, None] + power, rate * np.exp(self.edges))
        share = np.diff(reached, axis=1, prepend=0.0, append=1.0)
        return np.asarray(share * levels[:, None] ** power)

    def evidence(self, shapes: Array, levels: Array) -> Array:
        """Log marginal likelihood (h,) of each gamma."""
        by_area = self.shares(shapes, levels) @ self.likelihood
        return np.asarray(np.log(np.maximum(by_area, 1e-300)).sum(axis=1) + self.top.sum())


@dataclass(frozen=True, slots=True, eq=False)
class ScatteredFit:
    """All gammas (h,) that fit, with their weights, and the best one; an infinite shape: areas alike."""

    cells: Cells
    shapes: Array
    levels: Array
    weights: Array
    shape: float
    level: float

    def mean(self) -> Array:
        """Posterior mean (n,) of the relative rates under the best fit."""
        n = len(self.cells.top)
        if math.isinf(self.shape):
            return np.full(n, self.level)
        one = np.array([self.shape]), np.array([self.level])
        above, below = (self.cells.shares(*one, power=j) @ self.cells.likelihood for j in (1, 0))
        return np.asarray((above / below)[0], np.float64)

    def quantile(self, share: float) -> Array:
        """Each area's quantile (n,), averaged over all gammas that fit."""
        prior = self.cells.shares(self.shapes, self.levels)
        by_area = prior @ self.cells.likelihood
        posterior = self.cells.likelihood * (prior.T @ (self.weights[:, None] / by_area))
        found: Array = _from_shares(self.cells.edges, posterior, np.full((1, posterior.shape[1]), share))[0]
        return found

    def draws(self, k: int, rng: np.random.Generator) -> Array:
        """k draws (k, n), each from one gamma, so that areas move together."""
        pick = rng.choice(len(self.weights), size=k, p=self.weights)
        uniform = rng.random((k, len(self.cells.top)))
        prior = self.cells.shares(self.shapes, self.levels)
        drawn = np.empty_like(uniform)
        for h in np.unique(pick):
            posterior = self.cells.likelihood * prior[h][:, None]
            drawn[pick == h] = _from_shares(self.cells.edges, posterior, uniform[pick == h])
        return drawn


def fit_scattered(y: Array, e: Array, size: float) -> ScatteredFit:
    """The gammas that fit counts y (n,) with expected counts e (n,) and negative binomial size."""
    cells = _cells(y, e, size)
    shape, level = _best(cells, y, e, size)
    spreads = SPREADS
    for last in (False, True):
        shapes = np.exp(-2 * spreads)
        levels, width, evidence = _levels(cells, shapes, y, e, size)
        prior = log_prior(spreads) + np.log(width)
        if not last:
            spreads = finer(spreads, evidence + prior)
    at = levels[:, None] * np.exp(NODES * width[:, None])
    log_weight = np.stack([cells.evidence(shapes, at[:, j]) for j in range(3)], axis=1)
    log_weight += prior[:, None] + np.log(WEIGHTS) + NODES**2 / 2
    weights = np.exp(log_weight - log_weight.max()).ravel()
    keep = weights > TOO_LIGHT * weights.sum()
    kept = weights[keep] / weights[keep].sum()
    return ScatteredFit(cells, np.repeat(shapes, 3)[keep], at.ravel()[keep], kept, shape, level)


def _cells(y: Array, e: Array, size: float) -> Cells:
    centre = math.log(y.sum() / e.sum())
    peaks, sd = np.log((y + 0.5) / e), np.sqrt(1 / size + 1 / (y + 0.5))
    low = min(centre - _LOWEST, float((peaks - 10 * sd).min()))
    high = max(centre + _HIGHEST, float((peaks + 10 * sd).max()))
    far, near = np.arange(low, centre - _HIGHEST, _WIDE), np.arange(centre - _HIGHEST, high, _MIDDLE)
    coarse = np.concatenate([far, near])
    finest = np.where(np.abs(coarse - centre) < 2.5, _NARROW, np.diff(coarse, append=high))
    for peak, spread in zip(peaks, sd, strict=True):
        if spread / _PER_SD < _MIDDLE:
            close = (coarse > peak - 8 * spread - _WIDE) & (coarse < peak + 8 * spread)
            finest[close] = np.minimum(finest[close], spread / _PER_SD)
    parts = np.ceil(np.diff(coarse, append=high) / finest).astype(np.int64)
    starts = np.repeat(coarse, parts)
    within = np.arange(len(starts)) - np.repeat(np.cumsum(parts) - parts, parts)
    edges = np.asarray(starts + within * np.repeat(np.diff(coarse, append=high) / parts, parts), np.float64)
    middles = np.concatenate([edges[:1], (edges[1:] + edges[:-1]) / 2, edges[-1:]])
    logs = _log_likelihood(np.exp(middles)[:, None], y, e, size)
    top = logs.max(axis=0)
    return Cells(edges, np.exp(logs - top), top)


def _log_likelihood(rate: Array, y: Array, e: Array, size: float) -> Array:
    """Negative binomial log likelihoods (g, n) of rates (g, 1), without the terms that hold no rate."""
    mean = e * rate
    return np.asarray(y * np.log(mean) - (y + size) * np.log1p(mean / size))


def _levels(cells: Cells, shapes: Array, y: Array, e: Array, size: float) -> tuple[Array, Array, Array]:
    """For each shape (h,) the common level that fits best, the width of its log likelihood, and its height.

    A first guess that weighs each area by 1 / variance, then two steps to the top of a parabola.
    """
    extra = 1 / shapes + 1 / size + 1 / (shapes * size)
    level = np.full(len(shapes), y.sum() / e.sum())
    for _ in range(20):
        weight = 1 / (1 + extra[:, None] * e * level[:, None])
        level = np.maximum((weight * y).sum(axis=1), 1e-3) / (weight * e).sum(axis=1)
    width = 1 / np.sqrt((weight * e * level[:, None]).sum(axis=1))
    for _ in range(2):
        down, middle, up = (cells.evidence(shapes, level * np.exp(j * width)) for j in (-1, 0, 1))
        bend = np.maximum(2 * middle - up - down, 0.1)
        level = level * np.exp(width * np.clip((up - down) / (2 * bend), -2, 2))
        width = width / np.sqrt(bend)
    return level, width, cells.evidence(shapes, level)


def _best(cells: Cells, y: Array, e: Array, size: float) -> tuple[float, float]:
    """(shape, level) by maximum likelihood; (inf, common rate) when areas differ no more than by scatter."""

    def minus(spread: float) -> float:
        return -float(_levels(cells, np.array([math.exp(-2 * spread)]), y, e, size)[2][0])

    coarse = _levels(cells, np.exp(-2 * SPREADS), y, e, size)[2]
    best = int(coarse.argmax())
    ends = SPREADS[max(best - 1, 0)], SPREADS[min(best + 1, len(SPREADS) - 1)]
    found = minimize_scalar(minus, bounds=ends, method="bounded", options={"xatol": 1e-6})
    centre = math.log(y.sum() / e.sum())

    def minus_alike(log_level: float) -> float:
        return -float(_log_likelihood(np.array([[math.exp(log_level)]]), y, e, size).sum())

    alike = minimize_scalar(minus_alike, bounds=(centre - 3, centre + 3), method="bounded")
    if best == 0 or found.fun >= alike.fun:
        return math.inf, math.exp(float(alike.x))
    shape = math.exp(-2 * float(found.x))
    return shape, float(_levels(cells, np.array([shape]), y, e, size)[0][0])


def _from_shares(edges: Array, posterior: Array, shares: Array) -> Array:
    """Rates (k, n) where posteriors (g, n) reach the shares (k, n); log-linear in a cell, 0 in the first."""
    reached = np.cumsum(posterior, axis=0)
    reached /= reached[-1]
    points = np.concatenate([edges, edges[-1:]])
    found = np.empty_like(shares)
    for i in range(posterior.shape[1]):
        log_rate = np.interp(shares[:, i], reached[:, i], points)
        found[:, i] = np.where(shares[:, i] <= reached[0, i], 0.0, np.exp(log_rate))
    return found
