"""Posterior marginals on a grid of nodes, mixed over the settings of the hyperparameters.

The Gaussian approximation is symmetrical on the log scale; a count of 0 is not. So each area's own
likelihood is put back exactly on the approximation with that area's part taken out (the cavity), and only
the neighbours' influence stays Gaussian. This halves the error of the limits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator

Array = NDArray[np.float64]
_NODES = np.linspace(-9.0, 7.0, 161)  # in posterior standard deviations; more room below: zeros skew left


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """The approximation at one setting: mean (n,) and variance (n,) of eta, and the counts' own part of it.

    `pull` and `grip` (n,): the counts' share of the approximation, exp(pull eta - grip eta²/2).
    """

    mean: Array
    variance: Array
    pull: Array
    grip: Array


def common_nodes(components: Sequence[Component], weights: Array) -> Array:
    """Nodes (n, j) on the log scale that span every component (g) of each area; weights (g,)."""
    means = np.array([c.mean for c in components])
    centre = weights @ means
    spread = np.sqrt(weights @ (np.array([c.variance for c in components]) + (means - centre) ** 2))
    return np.asarray(centre[:, None] + spread[:, None] * _NODES)


def on_nodes(component: Component, nodes: Array, own: Array) -> Array:
    """Probabilities (n, j) of the component on the nodes; a row sums to 1. `own` (n, j): own likelihood."""
    precision = np.maximum(1.0 / component.variance - component.grip, 0.0)
    tilt = precision * component.mean + component.grip * component.mean - component.pull
    precision, tilt = precision[:, None], tilt[:, None]
    log_density = (tilt - 0.5 * precision * nodes) * nodes + own
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


@dataclass(frozen=True, slots=True, eq=False)
class Marginals:
    """The mixed marginals of the log relative rates: `nodes` (n, j) and `probability` (n, j)."""

    nodes: Array
    probability: Array

    def mean_rate(self) -> Array:
        """Posterior mean (n,) of exp(eta)."""
        return np.asarray((self.probability * np.exp(self.nodes)).sum(axis=1))

    def quantile(self, level: float) -> Array:
        """The value (n,) of eta below which the posterior has the probability `level`."""
        return np.asarray(quantiles(self.nodes, self.probability, np.full((1, len(self.nodes)), level))[0])


def quantiles(nodes: Array, probability: Array, levels: Array) -> Array:
    """Values (k, n) of eta for levels (k, n) in (0, 1), linear between the half-way points of the nodes."""
    half = 0.5 * (nodes[:, 1] - nodes[:, 0])
    reached = np.cumsum(probability, axis=1)
    values = np.empty_like(levels)
    for i in range(len(nodes)):
        values[:, i] = np.interp(levels[:, i], reached[i], nodes[i] + half[i])
    return values


def quantile_of_steps(edges: Array, weights: Array, level: float) -> float:
    """Quantile of a histogram, smoothed: `edges` (m + 1,) increasing, `weights` (m,) summing to 1."""
    reached = np.concatenate([[0.0], np.cumsum(weights)])
    fine = np.linspace(edges[0], edges[-1], 2001)
    return float(np.interp(level, PchipInterpolator(edges, reached)(fine), fine))


def mix(components: Sequence[Component], weights: Array, own: Callable[[Array, int], Array]) -> Marginals:
    """The mixed marginals; `own(nodes, g)` gives component g's own likelihood (n, j) on the nodes."""
    nodes = common_nodes(components, weights)
    probability = np.zeros_like(nodes)
    for g, (component, weight) in enumerate(zip(components, weights, strict=True)):
        probability += weight * on_nodes(component, nodes, own(nodes, g))
    return Marginals(nodes, probability)
