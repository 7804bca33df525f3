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
from scipy.special import betaincinv, betaln, gammaincinv, gammaln, xlogy

Array = NDArray[np.float64]
_POINTS = 16  # equal parts of the reference distribution of a level; the ratio to it is smooth
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
    nodes = _nodes(data, size)
    years = start
    value, slope, curvature = _likelihood(data, size, nodes, years)
    for _ in range(_STEPS):
        step = np.linalg.solve(curvature, slope)
        step = step * min(1.0, 1.0 / float(np.abs(data.basis @ step).max(initial=1e-300)))
        years = years + step
        value, slope, curvature = _likelihood(data, size, nodes, years)
        if np.abs(step).max(initial=0.0) < _SETTLED:
            break
    return ScatterPoint(value - 0.5 * float(np.linalg.slogdet(curvature)[1]), years)


def _nodes(data: ScatterData, size: float) -> Array:
    """Middles (n, g) of equal parts of an area's level: u = level / (size + level) ~ beta(Y, size T).

    Y events in T known years. For an infinite size: level ~ gamma(Y) / T.
    """
    pairs = np.stack([data.counts.sum(axis=1), data.known.sum(axis=1)], axis=1)
    unique, where = np.unique(pairs, axis=0, return_inverse=True)
    total, years = unique[:, :1], unique[:, 1:]
    share = (np.arange(_POINTS) + 0.5) / _POINTS
    if math.isinf(size):
        return np.asarray((gammaincinv(total, share) / years)[where])
    return np.asarray(betaincinv(total, size * years, share)[where])


def _likelihood(data: ScatterData, size: float, nodes: Array, years: Array) -> tuple[float, Array, Array]:
    """Log likelihood, slope (t - 1,) and curvature (t - 1, t - 1) along the years' effects.

    With w = expected · year, of mean 1 over an area's known years:
    L = L(w = 1) · E[Π w^y (1 + u(w - 1))^-(y + k)], u ~ beta(Y, kT), and L(w = 1) is Dirichlet-multinomial.
    """
    y, known, basis = data.counts, data.known, data.basis
    w = data.expected * np.exp(basis @ years)
    w = np.where(known, w / (w.sum(axis=1) / known.sum(axis=1))[:, None], 1.0)
    u, off = nodes[:, :, None], (w - 1)[:, None, :]
    if math.isinf(size):
        logs = xlogy(y, w).sum(axis=1)[:, None] - (u * off).sum(axis=2)
        part, bend = y[:, None, :] - u * w[:, None, :] * known[:, None, :], -u * w[:, None, :]
    else:
        grip = ((y + size) * known)[:, None, :]
        base = 1 + u * off
        logs = xlogy(y, w).sum(axis=1)[:, None] - (grip * np.log1p(u * off)).sum(axis=2)
        part = y[:, None, :] - grip * u * w[:, None, :] / base
        bend = -grip * u * (1 - u) * w[:, None, :] / base**2
    top = logs.max(axis=1, keepdims=True)
    weight = np.exp(logs - top)
    mass = weight.mean(axis=1)
    weight /= weight.sum(axis=1, keepdims=True)
    mean = np.einsum("ig,igt->it", weight, part)
    around = (part - mean[:, None, :]) * np.sqrt(weight)[:, :, None]
    flat = around.reshape(-1, y.shape[1]) @ basis
    middle = np.einsum("ig,igt->t", weight, bend * known[:, None, :])
    slope = basis.T @ mean.sum(axis=0) - _WEAK * years
    curvature = -(basis.T * middle) @ basis - flat.T @ flat + _WEAK * np.eye(len(years))
    value = float((top[:, 0] + np.log(mass)).sum()) + _equal_years(data, size)
    return value - 0.5 * _WEAK * float(years @ years), slope, curvature


def _equal_years(data: ScatterData, size: float) -> float:
    """Log probability of each area's counts given their sum, were its years alike."""
    y, total, years = data.counts, data.counts.sum(axis=1), data.known.sum(axis=1)
    if math.isinf(size):
        return float((gammaln(total + 1) - total * np.log(years)).sum() - gammaln(y + 1).sum())
    cells = np.where(y > 0, -np.log(np.maximum(y, 1)) - betaln(np.maximum(y, 1), size), 0.0)
    # gamma(k + y) / (gamma(k) y!) = 1 / (y B(y, k)): no digits are lost when k is large
    return float(cells.sum() + (np.log(total) + betaln(total, size * years)).sum())
