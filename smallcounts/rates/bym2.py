"""The BYM2 model's posterior over its two hyperparameters, on a lattice that fits itself to the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.rates.graph import Graph
from smallcounts.rates.laplace import approximate, bym2_prior
from smallcounts.rates.mixture import Component

Array = NDArray[np.float64]
PC_RATE = -float(np.log(0.01))  # exponential prior of the sd: P(sd > 1) = 0.01
_QUARTER = float(np.pi / 2)
_REACH = 5.5  # log density below the peak where the lattice ends; leaves about 0.4 % outside
_TOO_LIGHT = 2e-4  # a point with less weight is not worth its matrices
_MOST_POINTS = 600


@dataclass(frozen=True, slots=True, eq=False)
class Poisson:
    """y ~ Poisson(E exp(eta)); E = 0 marks an area whose count is not known."""

    counts: Array
    expected: Array

    def value(self, z: Array) -> float:
        return float((self.counts * z - self.expected * np.exp(z)).sum())

    def slope(self, z: Array) -> Array:
        return np.asarray(self.counts - self.expected * np.exp(z))

    def add_curvature(self, upper: Array, z: Array) -> None:
        upper.flat[:: len(z) + 1] += self.expected * np.exp(z)

    def smoothed_slope(self, mean: Array, covariance: Array) -> Array:
        return np.asarray(self.counts - self.expected * np.exp(mean + 0.5 * np.diag(covariance)))

    def higher(self, z: Array) -> tuple[Array, Array]:
        minus = np.asarray(-self.expected * np.exp(z))
        return minus, minus

    def own(self, nodes: Array) -> Array:
        """Log-likelihood (n, j) of each area on its nodes (n, j)."""
        return np.asarray(self.counts[:, None] * nodes - self.expected[:, None] * np.exp(nodes))


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """One setting: log sd, angle (share = sin² angle), log posterior density, mode (n,) and approximation."""

    log_sd: float
    angle: float
    log_density: float
    latent: Array
    component: Component
    steps: int
    has_converged: bool

    @property
    def sd(self) -> float:
        return float(np.exp(self.log_sd))

    @property
    def share(self) -> float:
        return share_of(self.angle)


@dataclass(frozen=True, slots=True, eq=False)
class Lattice:
    """Points that matter, their weights (summing to 1), the steps between them and what the search cost.

    `edge_mass` is the weight of the points where the search turned back.
    """

    points: tuple[Point, ...]
    weights: Array
    log_sd_step: float
    angle_step: float
    evaluated: int
    edge_mass: float


def share_of(angle: float) -> float:
    """The share sin² of an angle in (0, pi/2)."""
    # A hair inside (0, 1): at 1 the covariance has no inverse.
    return min(max(float(np.sin(angle) ** 2), 1e-6), 1 - 1e-6)


def angle_count(angles: Array, log_density: Array) -> int:
    """How many angles a lattice needs: one per posterior sd, judged from a few equally spaced ones."""
    weight = np.exp(log_density - log_density.max())
    weight /= weight.sum()
    cell = angles[1] - angles[0]
    spread = float(np.sqrt(weight @ (angles - weight @ angles) ** 2 + cell**2 / 12))
    return int(np.clip(np.ceil(_QUARTER / spread), 6, 30))


class Search:
    """Walks over (log sd, angle). The angle makes Beta(1/2, 1/2) flat and its range finite."""

    def __init__(self, graph: Graph, likelihood: Poisson) -> None:
        self.graph, self.likelihood = graph, likelihood
        self.evaluated = 0
        guess = np.log((likelihood.counts + 0.5) / (likelihood.expected + 0.5))
        self.start = np.where(likelihood.expected > 0, 0.5 * guess, 0.0)

    def at(self, log_sd: float, angle: float, start: Array | None = None) -> Point:
        """The Laplace approximation at one point, from a neighbour's mode when there is one."""
        self.evaluated += 1
        sd, share = float(np.exp(log_sd)), share_of(angle)
        prior = bym2_prior(self.graph, sd, share)
        found = approximate(prior, self.likelihood, self.start if start is None else start)
        grip = -self.likelihood.higher(found.latent)[0]
        pull = grip * found.mean + self.likelihood.smoothed_slope(found.mean, found.spread)
        component = Component(found.mean, np.diag(found.spread).copy(), pull, grip)
        log_density = found.log_evidence - PC_RATE * sd + log_sd
        return Point(log_sd, angle, log_density, found.latent, component, found.steps, found.has_converged)

    def steps(self) -> tuple[Point, float, int]:
        """A point near the peak, a step for log sd (one posterior sd) and the number of angles."""
        here = self._climb(self.at(np.log(0.4), _QUARTER / 2))
        beside = [self.at(here.log_sd + d, here.angle, here.latent) for d in (-0.2, 0.2)]
        bend = 2 * here.log_density - beside[0].log_density - beside[1].log_density
        step = float(np.clip(0.2 / np.sqrt(max(bend, 1e-9)), 0.03, 0.5))
        angles = (np.arange(5) + 0.5) * _QUARTER / 5
        row = [self.at(here.log_sd, float(a), here.latent) for a in angles]
        density = np.array([p.log_density for p in row])
        return row[int(density.argmax())], step, angle_count(angles, density)

    def _climb(self, here: Point) -> Point:
        """Uphill in log sd by steps of 0.4 until both neighbours are lower."""
        for direction in (0.4, -0.4):
            while abs(here.log_sd) < 7:
                ahead = self.at(here.log_sd + direction, here.angle, here.latent)
                if ahead.log_density <= here.log_density:
                    break
                here = ahead
        return here

    def fill(self, first: Point, step: float, angles: int) -> dict[tuple[int, int], Point]:
        """Every lattice point joined to the peak whose log density is within reach of it."""
        width = _QUARTER / angles
        middle = first.log_sd
        where = (0, min(angles - 1, int(first.angle / width)))
        found = {where: self.at(middle, (where[1] + 0.5) * width, first.latent)}
        waiting, highest = [where], found[where].log_density
        while waiting and len(found) < _MOST_POINTS:
            # Highest first, so that the bar for the rest is set early.
            here = max(waiting, key=lambda key: found[key].log_density)
            waiting.remove(here)
            if found[here].log_density < highest - _REACH:
                break
            for i, j in _beside(here, angles):
                if (i, j) not in found:
                    near = found[here].latent
                    found[i, j] = self.at(middle + i * step, (j + 0.5) * width, near)
                    highest = max(highest, found[i, j].log_density)
                    waiting.append((i, j))
        return found


def _beside(here: tuple[int, int], angles: int) -> Iterator[tuple[int, int]]:
    i, j = here
    yield from ((i - 1, j), (i + 1, j))
    yield from ((i, k) for k in (j - 1, j + 1) if 0 <= k < angles)


def fit(graph: Graph, likelihood: Poisson) -> Lattice:
    """The posterior of a BYM2 model as weighted Gaussian components. One BLAS thread is the caller's duty."""
    search = Search(graph, likelihood)
    first, step, angles = search.steps()
    found = search.fill(first, step, angles)
    density = np.array([p.log_density for p in found.values()])
    weights = np.exp(density - density.max())
    weights /= weights.sum()
    edge_mass = float(weights[density < density.max() - _REACH].sum())
    kept = weights > _TOO_LIGHT
    points = tuple(p for p, keep in zip(found.values(), kept, strict=True) if keep)
    weights = weights[kept] / weights[kept].sum()
    return Lattice(points, weights, step, _QUARTER / angles, search.evaluated, edge_mass)
