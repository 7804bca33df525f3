"""The panel's posterior over its four hyperparameters: a row of angles, a star of points at each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smallcounts.rates.bym2 import PC_RATE, angle_count, share_of
from smallcounts.rates.graph import Graph
from smallcounts.rates.laplace import Prior, approximate, bym2_prior
from smallcounts.rates.mixture import Component
from smallcounts.rates.negative_binomial import NegativeBinomial

Array = NDArray[np.float64]
_QUARTER = float(np.pi / 2)
_START = np.log(np.array([0.4, 0.2, 0.5]))  # sd of areas, sd of years, scatter
_ARM = 2.0  # the star's arms in posterior standard deviations
_PROBE = 0.15  # step of the finite differences on the log scale
_LIMITS = np.log(np.array([[1e-3, 1e-4, 1e-3], [20.0, 20.0, 20.0]]))
_TOO_FAR = 0.75  # sds between a star's centre and the peak; beyond it the star is laid anew
_REACH = 6.0
_TOO_LIGHT = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class PanelPoint:
    """One setting and the approximation there. `settings`: log sd of areas, log sd of years, log scatter.

    Scatter is 1/sqrt(size). `year_mean` (t,), `year_variance` (t,): of the year effects.
    """

    settings: Array
    angle: float
    log_density: float
    latent: Array
    component: Component
    year_mean: Array
    year_variance: Array
    steps: int
    has_converged: bool

    @property
    def share(self) -> float:
        return share_of(self.angle)

    @property
    def size(self) -> float:
        return float(np.exp(-2 * self.settings[2]))


@dataclass(frozen=True, slots=True, eq=False)
class PanelGrid:
    """Points that matter, their weights, the angle's step, what the search cost and left outside."""

    points: tuple[PanelPoint, ...]
    weights: Array
    angle_step: float
    evaluated: int
    edge_mass: float


@dataclass(frozen=True, slots=True, eq=False)
class PanelData:
    """Counts and expected counts (n, t), the graph, the basis of the years (t, t - 1) and their precision."""

    counts: Array
    expected: Array
    graph: Graph
    basis: Array
    year_precision: Array

    def likelihood(self, settings: Array) -> NegativeBinomial:
        return NegativeBinomial(self.counts, self.expected, self.basis, float(np.exp(-2 * settings[2])))

    def prior(self, settings: Array, angle: float) -> Prior:
        """Areas and years side by side: independent before the counts are seen."""
        sd, year_sd = np.exp(settings[:2])
        areas = bym2_prior(self.graph, float(sd), share_of(angle))
        n, years = len(self.counts), len(self.year_precision)
        upper = np.zeros((n + years, n + years), order="F")
        upper[:n, :n] = areas.precision
        upper[n:, n:] = np.triu(self.year_precision) / year_sd**2
        log_years = float(np.linalg.slogdet(self.year_precision)[1]) - 2 * years * float(settings[1])
        return Prior(upper, areas.log_determinant + log_years)


class PanelSearch:
    """Evaluates settings; remembers the last mode as the next start."""

    def __init__(self, data: PanelData) -> None:
        self.data, self.evaluated = data, 0
        y, e = data.counts.sum(axis=1), data.expected.sum(axis=1)
        guess = np.where(e > 0, 0.5 * np.log((y + 0.5) / (e + 0.5)), 0.0)
        self.start = np.concatenate([guess, np.zeros(data.basis.shape[1])])

    def at(self, settings: Array, angle: float) -> PanelPoint:
        """The approximation at one setting."""
        self.evaluated += 1
        data, n = self.data, len(self.data.counts)
        likelihood = data.likelihood(settings)
        found = approximate(data.prior(settings, angle), likelihood, self.start)
        self.start = found.latent
        grip = likelihood.curvature(found.latent).sum(axis=1)
        slope = likelihood.smoothed_cells(found.mean, found.spread).sum(axis=1)
        own = np.diag(found.spread)[:n].copy()
        component = Component(found.mean[:n], own, grip * found.mean[:n] + slope, grip)
        years = found.spread[n:, n:]
        years = np.triu(years) + np.triu(years, 1).T
        log_prior = float((settings - PC_RATE * np.exp(settings)).sum())
        return PanelPoint(
            settings,
            angle,
            found.log_evidence + log_prior,
            found.latent,
            component,
            data.basis @ found.mean[n:],
            ((data.basis @ years) * data.basis).sum(axis=1),
            found.steps,
            found.has_converged,
        )

    def peak(self, angle: float) -> tuple[PanelPoint, Array]:
        """The highest settings at one angle, and a root A (3, 3) of their covariance: settings = c + A z."""
        here, covariance = self.at(_START, angle), np.eye(3)
        for _ in range(8):
            slope, bend = self._derivatives(here)
            # Where the density is not concave yet, the axes with the wrong sign get a plain step.
            values, vectors = np.linalg.eigh(-bend)
            values = np.maximum(np.abs(values), 1.0)
            covariance = (vectors / values) @ vectors.T
            step = covariance @ slope
            longest = float(np.abs(step / np.sqrt(np.diag(covariance))).max())
            target = here.settings + step * min(1.0, 1.0 / float(np.abs(step).max()))
            there = self.at(np.clip(target, *_LIMITS), angle)
            here = there if there.log_density > here.log_density else here
            if longest < 0.25:
                break
        return here, np.asarray(np.linalg.cholesky(covariance), dtype=np.float64)

    def _derivatives(self, here: PanelPoint) -> tuple[Array, Array]:
        step = _PROBE * np.eye(3)
        up = np.array([self.at(here.settings + d, here.angle).log_density for d in step])
        down = np.array([self.at(here.settings - d, here.angle).log_density for d in step])
        slope = (up - down) / (2 * _PROBE)
        bend = np.diag((up + down - 2 * here.log_density) / _PROBE**2)
        for i, j in ((0, 1), (0, 2), (1, 2)):
            both = self.at(here.settings + step[i] + step[j], here.angle).log_density
            bend[i, j] = bend[j, i] = (both - up[i] - up[j] + here.log_density) / _PROBE**2
        return slope, bend

    def star(self, centre: Array, root: Array, angle: float) -> tuple[list[PanelPoint], Array, Array]:
        """Seven points around `centre`, their log weights, and how far off the peak lies (in sds, (3,))."""
        arms = np.concatenate([np.zeros((1, 3)), _ARM * np.eye(3), -_ARM * np.eye(3)])
        points = [self.at(centre + root @ arm, angle) for arm in arms]
        density = np.array([p.log_density for p in points])
        # The star integrates a standard Gaussian to the third degree; the ratio to it corrects the rest.
        base = np.array([1 - 3 / _ARM**2] + [0.5 / _ARM**2] * 6)
        log_weights = np.log(base) + density + np.array([0.0] + [0.5 * _ARM**2] * 6)
        bend = np.minimum((density[1:4] + density[4:] - 2 * density[0]) / _ARM**2, -0.2)
        off = -(density[1:4] - density[4:]) / (2 * _ARM) / bend
        return points, log_weights, np.clip(off, -2.5, 2.5)

    def walk(
        self, top: PanelPoint, root: Array, angles: list[float], highest: float
    ) -> tuple[list[PanelPoint], list[float], float]:
        """Stars at one angle after the other until they no longer weigh, and the log weight of the edge."""
        points: list[PanelPoint] = []
        log_weights: list[float] = []
        centre, edge = top.settings, -np.inf
        self.start = top.latent
        for angle in angles:
            found, weights, off = self.star(centre, root, angle)
            if np.abs(off).max() > _TOO_FAR:
                centre = centre + root @ off
                found, weights, off = self.star(centre, root, angle)
            centre = centre + root @ off
            points += found
            log_weights += weights.tolist()
            highest = max(highest, float(weights.max()))
            if weights.max() < highest - _REACH:
                edge = float(np.logaddexp.reduce(weights))
                break
        return points, log_weights, edge


def fit_panel(data: PanelData) -> PanelGrid:
    """The posterior of the panel as weighted components. One BLAS thread is the caller's duty."""
    search = PanelSearch(data)
    top, root = search.peak(_QUARTER / 2)
    row = (np.arange(5) + 0.5) * _QUARTER / 5
    count = angle_count(row, np.array([search.at(top.settings, float(a)).log_density for a in row]))
    width = _QUARTER / count
    angles = [(j + 0.5) * width for j in range(count)]
    points, log_weights, above = search.walk(top, root, angles[count // 2 :], -np.inf)
    more, more_weights, below = search.walk(top, root, angles[: count // 2][::-1], max(log_weights))
    points, log_weights = points + more, log_weights + more_weights
    total = float(np.logaddexp.reduce(log_weights))
    weights = np.exp(np.array(log_weights) - total)
    kept = weights > _TOO_LIGHT
    heavy = tuple(p for p, keep in zip(points, kept, strict=True) if keep)
    edge_mass = float(np.exp(above - total) + np.exp(below - total))
    return PanelGrid(heavy, weights[kept] / weights[kept].sum(), width, search.evaluated, edge_mass)
