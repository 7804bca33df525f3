"""Laplace's approximation for latent Gaussian models, with its mean and its evidence corrected.

A latent vector z (N,) has a Gaussian prior with precision Q, and counts whose log-likelihood is smooth
and concave (or nearly) in z. At one setting of the hyperparameters the posterior of z is taken as
Gaussian around the mode; then

- the mean is moved to where the variational bound is highest with the covariance held (van Niekerk and
  Rue 2024): the plain mode stands 4-12 % too high where counts are near nought;
- the evidence gets its second-order terms (Raudenbush, Yang and Yosef 2000), which take away the bias in
  the hyperparameters that many small counts give.

Matrices are upper triangles in Fortran order, as LAPACK wants them; one thread is the caller's duty.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import dsymv, dsyr, dsyrk
from scipy.linalg.lapack import dpotrf, dpotri, dpotrs

from smallcounts.rates.graph import Graph

Array = NDArray[np.float64]
_MAX_STEPS = 60
_LONGEST_STEP = 1.5  # on the log scale; longer steps overshoot where counts are 0
_SETTLED = 1e-4  # Newton doubles the digits: the step after this one is below 1e-8
_FINE = 1e-7  # of the corrected mean
_LEVEL_VARIANCE = 100.0  # of the intercept; the expected counts are scaled so that it lies near 0
_PART_VARIANCE = 1.0  # of the own level of each of several parts


class Likelihood(Protocol):
    """What the approximation asks of the counts, given a latent vector z (N,)."""

    def value(self, z: Array) -> float:
        """Log-likelihood without the terms that are the same everywhere."""

    def slope(self, z: Array) -> Array:
        """Gradient (N,)."""

    def add_curvature(self, upper: Array, z: Array) -> None:
        """Add minus the second derivatives to the upper triangle (N, N), in place."""

    def smoothed_slope(self, mean: Array, covariance: Array) -> Array:
        """Expected gradient (N,) when z is Gaussian with this mean and upper-triangle covariance."""

    def higher(self, z: Array) -> tuple[Array, Array]:
        """Third and fourth derivatives along each coordinate (N,), (N,)."""


@dataclass(frozen=True, slots=True)
class Prior:
    """Precision (N, N; upper triangle) of the latent vector and the logarithm of its determinant."""

    precision: Array
    log_determinant: float


@dataclass(frozen=True, slots=True)
class Mode:
    """Where the posterior of the latent vector peaks, and the Cholesky root of its curvature there."""

    latent: Array
    root: Array
    log_evidence: float
    steps: int
    has_converged: bool


def bym2_prior(graph: Graph, sd: float, share: float) -> Prior:
    """The prior of the combined effect b0 + s(sqrt(1-r) v + sqrt(r) u) of every area, as one precision.

    In the graph's basis the covariance without the intercept is s²((1-r) + r variances), a diagonal;
    intercept and levels enter by Woodbury's identity. sd = s > 0, 0 < share = r < 1.
    """
    spread = sd**2 * ((1.0 - share) + share * graph.variances)
    upper = dsyrk(1.0, graph.vectors / np.sqrt(spread))
    log_determinant = -float(np.log(spread).sum())
    variance = _LEVEL_VARIANCE
    for column in graph.levels.T:
        # One column at a time (Sherman-Morrison): Q becomes Q - Qb bᵀQ / (1/variance + bᵀQb).
        pulled = dsymv(1.0, upper, column)
        divisor = 1.0 / variance + float(column @ pulled)
        upper = dsyr(-1.0 / divisor, pulled, a=upper, overwrite_a=1)
        log_determinant -= float(np.log(variance * divisor))
        variance = _PART_VARIANCE
    return Prior(upper, log_determinant)


def find_mode(prior: Prior, likelihood: Likelihood, start: Array) -> Mode:
    """Newton's method from `start` (N,), with steps cut where they would overshoot."""
    z, root, steps, longest = start, prior.precision, 0, np.inf
    while longest > _SETTLED and steps < _MAX_STEPS:
        root = curvature_root(prior, likelihood, z)
        step = dpotrs(root, likelihood.slope(z) - dsymv(1.0, prior.precision, z))[0]
        longest = float(np.abs(step).max())
        z = z + step * min(1.0, _LONGEST_STEP / max(longest, 1e-300))
        steps += 1
    log_joint = likelihood.value(z) - 0.5 * float(z @ dsymv(1.0, prior.precision, z))
    log_evidence = log_joint + 0.5 * prior.log_determinant - float(np.log(np.diag(root)).sum())
    return Mode(z, root, log_evidence, steps, longest <= _SETTLED)


def curvature_root(prior: Prior, likelihood: Likelihood, z: Array) -> Array:
    """Upper Cholesky root (N, N) of the prior's precision plus the counts' curvature at z (N,)."""
    upper = prior.precision.copy(order="F")
    likelihood.add_curvature(upper, z)
    root, failed = dpotrf(upper, clean=0, overwrite_a=1)
    if failed:
        raise np.linalg.LinAlgError("the curvature of the posterior is not positive definite")
    return np.asarray(root)


def covariance(mode: Mode) -> Array:
    """Upper triangle (N, N) of the Gaussian approximation's covariance."""
    return np.asarray(dpotri(mode.root)[0])


def corrected_mean(prior: Prior, likelihood: Likelihood, mode: Mode, spread: Array) -> tuple[Array, bool]:
    """The mean (N,) of the highest variational bound, the covariance `spread` held; and whether it settled.

    Solves E[slope] = Q m by steps with the curvature of the mode, cheap because its root is at hand. Where
    the bound bends much more than the posterior (few counts, wide spread) that is too slow or swings out;
    then the curvature half a variance higher is taken, which for Poisson counts is the bound's own.
    """
    mean, root, pace = mode.latent, mode.root, 1.0
    half, gap = 0.5 * np.diag(spread), _gap(prior, likelihood, mode.latent, spread)
    for _ in range(_MAX_STEPS):
        step = np.asarray(dpotrs(root, gap)[0])
        longest = float(np.abs(step).max())
        if longest < _FINE:
            return mean, True
        trial = mean + step * min(pace, _LONGEST_STEP / longest)
        ahead = _gap(prior, likelihood, trial, spread)
        size, left = float(gap @ step), float(ahead @ dpotrs(root, ahead)[0])
        if left < size:
            mean, gap = trial, ahead
        else:
            pace /= 2
        if left > 0.25 * size:
            root = curvature_root(prior, likelihood, mean + half)
    return mean, False


def _gap(prior: Prior, likelihood: Likelihood, mean: Array, spread: Array) -> Array:
    return np.asarray(likelihood.smoothed_slope(mean, spread) - dsymv(1.0, prior.precision, mean))


def second_order(likelihood: Likelihood, mode: Mode, spread: Array) -> float:
    """What the log evidence lacks: sum l4 S²/8 + sum sum l3 l3 (S³/12 + S S S/8), S the covariance."""
    third, fourth = likelihood.higher(mode.latent)
    own = np.diag(spread)
    cubes = dsymv(1.0, spread * spread * spread, third)  # ** calls pow, ten times slower
    weighted = third * own
    return float(fourth @ own**2 / 8 + third @ cubes / 12 + weighted @ dsymv(1.0, spread, weighted) / 8)


@dataclass(frozen=True, slots=True, eq=False)
class Approximation:
    """The corrected posterior at one setting: mode and mean (N,), covariance (N, N; upper), log evidence."""

    latent: Array
    mean: Array
    spread: Array
    log_evidence: float
    steps: int
    has_converged: bool


def approximate(prior: Prior, likelihood: Likelihood, start: Array) -> Approximation:
    """Mode from `start` (N,), then the corrections of the mean and of the evidence."""
    mode = find_mode(prior, likelihood, start)
    spread = covariance(mode)
    mean, has_settled = corrected_mean(prior, likelihood, mode, spread)
    log_evidence = mode.log_evidence + second_order(likelihood, mode, spread)
    is_sound = mode.has_converged and has_settled
    return Approximation(mode.latent, mean, spread, log_evidence, mode.steps, is_sound)
