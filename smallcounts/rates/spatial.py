"""Relative rates of neighbouring areas: the BYM2 model, fitted without simulation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smallcounts.rates.bym2 import Lattice, Poisson, fit
from smallcounts.rates.graph import border_graph
from smallcounts.rates.mixture import mix, quantile_of_steps
from smallcounts.rates.posterior import (
    Diagnostics,
    Posterior,
    check_labels,
    check_level,
    frozen,
    one_thread,
    read_counts,
)
from smallcounts.rates.spatial_model import METHOD, SpatialFit, SpatialModel
from smallcounts.results import Interval

Array = NDArray[np.float64]
ASSUMPTIONS = ("poisson_given_rate", "expected_known", "neighbours_alike", "borders_as_given", "bym2_priors")
SOURCES = ("riebler-2016", "simpson-2017", "freni-sterrantino-2018", "rue-2009", "van-niekerk-rue-2024")
_FEW = 50  # events in all; below it the priors speak louder than the counts


def spatial(
    counts: ArrayLike,
    expected: ArrayLike,
    borders: Sequence[tuple[int, int]],
    *,
    areas: Sequence[str] = (),
    level: float = 0.95,
    seed: int = 0,
) -> SpatialModel:
    """Smoothed relative rates of n areas with their uncertainty, from one count each.

    counts (n,): whole numbers from 0, nan where unknown; expected (n,): events that a common rate would
    give, above 0 (a population works too: the figures are then rates per person); borders: index pairs.
    `areas` names the areas in rows and errors; `seed` is the one `.draws` uses unless told otherwise.
    Raises CountError, BorderError.

    Model: log rate = b0 + s(sqrt(1-r) v + sqrt(r/c) u), v independent, u following the borders (ICAR),
    P(s > 1) = 0.01, r ~ Beta(1/2, 1/2). Fit: nested Laplace with the mean and the evidence corrected and
    each area's own likelihood kept exact. Every connected part of the map is scaled on its own; an area
    without neighbours borrows from the whole only (Freni-Sterrantino et al. 2018).

    Use it for 100 areas or more with many counts under 20. Not for fewer than about 30 areas (the spread
    cannot be learnt: see the warning), not for counts that scatter more than chance between years (pool
    with `panel`, whose intervals hold then), and never to publish an area's hidden count.
    """
    check_level(level)
    y, e = read_counts(counts, expected, word="expected count")
    names = check_labels(y, areas)
    factor = float(y.sum() / e.sum())
    with one_thread():
        graph = border_graph(len(y), borders, names)
        likelihood = Poisson(y, e * factor)
        fitted = SpatialFit(graph, likelihood, fit(graph, likelihood), factor)
        return _model(fitted, np.array(counts, float), np.array(expected, float), names, level, seed)


def _model(
    fitted: SpatialFit, counts: Array, expected: Array, names: tuple[str, ...], level: float, seed: int
) -> SpatialModel:
    lattice, tail = fitted.lattice, (1 - level) / 2
    components = [p.component for p in lattice.points]
    marginals = mix(components, lattice.weights, lambda nodes, _: fitted.likelihood.own(nodes))
    share, told = _share(lattice, level), _diagnose(lattice)
    unknown = tuple(name for name, count in zip(names, counts, strict=True) if np.isnan(count))
    return SpatialModel(
        areas=names,
        counts=frozen(counts),
        expected=frozen(expected),
        mean=frozen(marginals.mean_rate() * fitted.factor),
        lower=frozen(np.exp(marginals.quantile(tail)) * fitted.factor),
        upper=frozen(np.exp(marginals.quantile(1 - tail)) * fitted.factor),
        level=level,
        sd=_sd(lattice, level),
        share_spatial=share,
        diagnostics=told,
        unknown=unknown,
        assumptions=ASSUMPTIONS,
        warnings=told.warnings() + _warnings(fitted, unknown, share),
        sources=SOURCES,
        seed=seed,
        fit=fitted,
    )


def _warnings(fitted: SpatialFit, unknown: tuple[str, ...], share: Posterior) -> tuple[str, ...]:
    y, graph = fitted.likelihood.counts, fitted.graph
    found = {
        "few_areas": len(y) < 30,
        "few_events": y.sum() < _FEW,
        "share_undecided": share.interval.upper - share.interval.lower > 0.8,
        "several_parts": len(graph.scales) > 1,
        "areas_without_neighbours": bool(graph.alone),
        "filled_from_neighbours": bool(unknown),
    }
    return tuple(code for code, holds in found.items() if holds)


def _sd(lattice: Lattice, level: float) -> Posterior:
    place = np.array([p.log_sd for p in lattice.points])
    values = np.exp(place)
    cells, at = np.unique(np.round(place / lattice.log_sd_step, 6), return_inverse=True)
    weights = np.bincount(at, lattice.weights).astype(np.float64)
    middles = cells * lattice.log_sd_step
    edges = np.exp(np.append(middles - lattice.log_sd_step / 2, middles[-1] + lattice.log_sd_step / 2))
    return _posterior(float(lattice.weights @ values), edges, weights, level)


def _share(lattice: Lattice, level: float) -> Posterior:
    cells = np.array([round(p.angle / lattice.angle_step - 0.5) for p in lattice.points])
    weights = np.bincount(cells, lattice.weights).astype(np.float64)
    edges = np.sin(np.arange(len(weights) + 1) * lattice.angle_step) ** 2
    mean = float(lattice.weights @ np.array([p.share for p in lattice.points]))
    return _posterior(mean, edges, weights, level)


def _posterior(mean: float, edges: Array, weights: Array, level: float) -> Posterior:
    tail = (1 - level) / 2
    lower, upper = (quantile_of_steps(edges, weights, p) for p in (tail, 1 - tail))
    return Posterior(mean, Interval(lower, upper, level, METHOD))


def _diagnose(lattice: Lattice) -> Diagnostics:
    fitted = np.array([float(p.component.grip @ p.component.variance) for p in lattice.points])
    return Diagnostics(
        grid_points=len(lattice.points),
        evaluated=lattice.evaluated,
        effective_points=float(1 / (lattice.weights**2).sum()),
        edge_mass=lattice.edge_mass,
        newton_steps=max(p.steps for p in lattice.points),
        has_converged=all(p.has_converged for p in lattice.points),
        effective_parameters=float(lattice.weights @ fitted),
    )
