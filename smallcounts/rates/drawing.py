"""Joint posterior draws: Gaussian dependence between areas, each area's own skewed marginal."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dtrtrs
from scipy.special import ndtr

from smallcounts.rates.mixture import Component, common_nodes, on_nodes, quantiles

Array = NDArray[np.float64]


def shares_of_draws(weights: Array, k: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """How many of k draws each component (g,) gives."""
    return np.asarray(rng.multinomial(k, weights / weights.sum()), dtype=np.int64)


def draw_component(
    component: Component, root: Array, own: Callable[[Array], Array], k: int, rng: np.random.Generator
) -> Array:
    """k draws (k, n) of eta: normal scores with the approximation's correlation, set on the marginals.

    `root` (N, N) is the upper Cholesky root of the posterior precision, N >= n; the first n are the areas.
    """
    n = len(component.mean)
    normal = rng.standard_normal((len(root), k))
    scores = dtrtrs(root, normal)[0][:n].T / np.sqrt(component.variance)
    nodes = common_nodes([component], np.ones(1))
    return quantiles(nodes, on_nodes(component, nodes, own(nodes)), ndtr(scores))
