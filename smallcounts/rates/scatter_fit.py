"""The likelihood of the scatter of counts when every area and every year keeps a level of its own.

Hundreds of small areas have hundreds of levels to be learnt, each from a few counts; putting in the best
level of each makes the counts look calmer than they are. So a level is not put in but integrated out, flat
on the log scale. Where an area's expected counts are the same in all years that is exactly the
likelihood given the area's total, in which its level has no part.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, xlogy

Array = NDArray[np.float64]
_POINTS = 10  # of the Gaussian quadrature of a level against a reference; the ratio to it is smooth
_CENTRING = 4  # steps that bring the reference over the level that fits best
_STEPS = 30
_SETTLED = 1e-5
_WEAK = 1e-4  # precision of the years' effects before the data: only to keep years that never meet apart


@dataclass(frozen=True, slots=True, eq=False)
class ScatterData:
    """Counts and expected counts (n, t), 0 where unknown; `known` (n, t); `basis` (t, t - 1): sum nought."""

    counts: Array
    expected: Array
    known: NDArray[np.bool_]
    basis: Array


@dataclass(frozen=True, slots=True, eq=False)
class ScatterPoint:
    """The adjusted log likelihood at one size, and the effects (t - 1,) of the years there."""

    value: float
    years: Array


def at_size(data: ScatterData, size: float, start: Array) -> ScatterPoint:
    """The log likelihood of a size (infinite: chance alone), the years at their best from `start` (t - 1,).

    The years' effects are few and each rests on all areas, so they are put in at their best value and paid
    for by half the log determinant of their curvature (Cox and Reid 1987).
    """
    rule = quadrature(data, size)
    years = start
    value, slope, curvature = log_likelihood(data, size, rule, years)
    for _ in range(_STEPS):
        step = np.linalg.solve(curvature, slope)
        step = step * min(1.0, 1.0 / float(np.abs(data.basis @ step).max(initial=1e-300)))
        years = years + step
        value, slope, curvature = log_likelihood(data, size, rule, years)
        if np.abs(step).max(initial=0.0) < _SETTLED:
            break
    return ScatterPoint(value - 0.5 * float(np.linalg.slogdet(curvature)[1]), years)


def quadrature(data: ScatterData, size: float) -> tuple[Array, Array]:
    """Points and weights (n, g) for an area's level: u = level / (size + level) ~ beta(Y, size T).

    Y events in T known years. For an infinite size: u = level ~ gamma(Y) / T. Gauss's rule, by the
    eigenvalues of the recurrence of Jacobi's (Laguerre's) polynomials.
    """
    pairs = np.stack([data.counts.sum(axis=1), data.known.sum(axis=1)], axis=1)
    unique, where = np.unique(pairs, axis=0, return_inverse=True)
    total, years = unique[:, :1], unique[:, 1:]
    n = np.arange(_POINTS)
    if math.isinf(size):
        middle, beside = (2 * n + total) / years, n[1:] * (n[1:] + total - 1) / years**2
    else:
        a, b, at = size * years - 1, total - 1, n[1:]
        double = 2 * at + a + b
        first = (b + 1) / (a + b + 2)
        middle = np.concatenate([first, 0.5 + (b * b - a * a) / (2 * double * (double + 2))], axis=1)
        beside = at * (at + a) * (at + b) * (at + a + b) / (double**2 * (double + 1) * (double - 1))
    matrix = np.zeros((len(unique), _POINTS, _POINTS))
    matrix[:, n, n] = middle
    matrix[:, n[1:], n[:-1]] = matrix[:, n[:-1], n[1:]] = np.sqrt(beside)
    points, vectors = np.linalg.eigh(matrix)
    return np.asarray(points[where]), np.asarray(vectors[:, 0, :][where] ** 2)


def log_likelihood(
    data: ScatterData, size: float, rule: tuple[Array, Array], years: Array
) -> tuple[float, Array, Array]:
    """Log likelihood, slope (t - 1,) and curvature (t - 1, t - 1) along the years' effects.

    With w = expected · year, in any unit of its area:
    L = L(w = 1) · E[Π w^y (1 + u(w - 1))^-(y + k)], u ~ beta(Y, kT), and L(w = 1) is Dirichlet-multinomial.
    """
    y, basis = data.counts, data.basis
    w = _centred(data, size, data.expected * np.exp(basis @ years))[:, None, :]
    (points, weights), seen = rule, data.known[:, None, :]
    u = points[:, :, None]
    if math.isinf(size):
        fall, part = (u * (w - 1) * seen).sum(axis=2), u * w * seen
        bend = part
    else:
        grip, base = (y[:, None, :] + size) * seen, 1 + u * (w - 1)
        fall, part = (grip * np.log(base)).sum(axis=2), grip * u * w / base
        bend = part * (1 - u) / base
    logs = xlogy(y, w[:, 0]).sum(axis=1)[:, None] - fall
    top = logs.max(axis=1, keepdims=True)
    share = weights * np.exp(logs - top)
    mass = share.sum(axis=1, keepdims=True)
    share = share / mass
    mean = np.einsum("ig,igt->it", share, part)
    around = ((part - mean[:, None, :]) * np.sqrt(share)[:, :, None]).reshape(-1, y.shape[1]) @ basis
    slope = basis.T @ (y - mean).sum(axis=0) - _WEAK * years
    curvature = (basis.T * np.einsum("ig,igt->t", share, bend)) @ basis - around.T @ around
    value = float((top + np.log(mass)).sum()) + _equal_years(data, size)
    return value - 0.5 * _WEAK * float(years @ years), slope, curvature + _WEAK * np.eye(len(years))


def _centred(data: ScatterData, size: float, w: Array) -> Array:
    """w (n, t) in the unit of each area in which the reference lies over the level that fits best.

    The unit is free, since the level is integrated out flat on the log scale. Unknown cells become 1.
    """
    known, total, years = data.known, data.counts.sum(axis=1), data.known.sum(axis=1)
    w = np.where(known, w / ((w * known).sum(axis=1) / years)[:, None], 1.0)
    if math.isinf(size):
        return w
    u, grip = (total / (total + size * years))[:, None], (data.counts + size) * known
    for _ in range(_CENTRING):
        base = 1 + u * (w - 1)
        part = grip * u * w / base
        step = (total - part.sum(axis=1)) / (part * (1 - u) / base).sum(axis=1)
        w = np.where(known, w * np.exp(np.clip(step, -1, 1))[:, None], 1.0)
    return w


def _equal_years(data: ScatterData, size: float) -> float:
    """Log probability of each area's counts given their sum, were its years alike."""
    y, total, years = data.counts, data.counts.sum(axis=1), data.known.sum(axis=1)
    if math.isinf(size):
        return float((gammaln(total + 1) - total * np.log(years)).sum() - gammaln(y + 1).sum())
    cells = np.where(y > 0, -np.log(np.maximum(y, 1)) - betaln(np.maximum(y, 1), size), 0.0)
    # gamma(k + y) / (gamma(k) y!) = 1 / (y B(y, k)): no digits are lost when k is large
    return float(cells.sum() + (np.log(total) + betaln(total, size * years)).sum())
