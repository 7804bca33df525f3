"""Profile-likelihood limits for the total under one log-linear model."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import chdtri, digamma, gammaln

from smallcounts.mse.fits import Fit, Problem
from smallcounts.mse.lattice import CONVERGED, Floats, newton
from smallcounts.mse.models import terms_of
from smallcounts.mse.table import CaptureTable

SOURCES = ("cormack-1992", "rivest-baillargeon-2007")
FARTHEST = 1e11  # persons: beyond it the likelihood has lost its digits and a limit counts as infinite
_SMALLEST = 1e-6  # persons unseen that count as none


def profile(table: CaptureTable, fit: Fit) -> Callable[[float], tuple[float, float]]:
    """The profile log-likelihood of n0 (persons unseen), up to a constant, and its slope.

    l(N) = logΓ(N+1) - logΓ(N-n+1) + max over p of {sum n_s log p_s + (N-n) log p_0}: the maximum is the
    Poisson fit of the completed table, one warm Newton fit for each N. Its slope in N is
    ψ(N+1) - ψ(N-n+1) + log p_0, since p is at its best.
    """
    problem = Problem(table)
    _, rank, _, _ = problem.classify(terms_of(fit.model))
    problem.newton(rank)
    margins, warm = problem.margins.copy(), problem.alpha.copy()
    problem.keep[0] = 1.0

    def level(unseen: float) -> tuple[float, float]:
        total = margins[0] = fit.observed + unseen
        problem.alpha[:] = warm
        problem.alpha[0] += math.log(unseen / fit.unseen) if fit.unseen > 0 else 0.0
        status, value = newton(
            problem.kept, rank, problem.k, margins, problem.keep, problem.alpha, problem.work, problem.hess
        )
        if status != CONVERGED:
            return math.nan, math.nan
        slope = float(digamma(total + 1) - digamma(unseen + 1)) + problem.alpha[0] - math.log(total)
        return value + _constant(total, unseen), slope

    return level


def _constant(total: float, unseen: float) -> float:
    """logΓ(N+1) - N log N + N - logΓ(n0+1), without the loss of digits of large N."""
    if total < 50:
        stirling = float(gammaln(total + 1)) - total * math.log(total) + total
    else:
        stirling = 0.5 * math.log(2 * math.pi * total) + 1 / (12 * total) - 1 / (360 * total**3)
    return stirling - float(gammaln(unseen + 1))


def profile_limits(table: CaptureTable, fit: Fit, *, level: float = 0.95) -> tuple[float, float, float]:
    """The N of the largest profile and the limits where twice the log-likelihood has fallen by χ²(1, level).

    Better than n̂0·exp(±z·se) when few are on two lists. The model is taken as given. (nan, n, inf) when the
    fit is unbounded or above 10¹⁰ persons; a limit is n or inf where the profile does not fall so far.
    """
    if not fit.unseen < FARTHEST / 10 or fit.state in ("unbounded", "not_converged"):
        return math.nan, float(fit.observed), math.inf
    height = profile(table, fit)
    top = _top(height, math.log(max(fit.unseen, _SMALLEST)))
    peak, _ = height(math.exp(top))
    fall = float(chdtri(1, 1 - level)) / 2

    def miss(log_unseen: float) -> float:
        return height(math.exp(log_unseen))[0] - peak + fall

    lower = _limit(miss, top, -1.0, math.log(_SMALLEST))
    upper = _limit(miss, top, 1.0, math.log(FARTHEST))
    return (
        fit.observed + math.exp(top),
        fit.observed + (math.exp(lower) if math.isfinite(lower) else 0.0),
        fit.observed + math.exp(upper) if math.isfinite(upper) else math.inf,
    )


def _top(height: Callable[[float], tuple[float, float]], centre: float) -> float:
    """The log n0 of the largest profile: where its slope is 0, looked for outwards from `centre`."""

    def slope(log_unseen: float) -> float:
        return height(math.exp(log_unseen))[1]

    low, high, step = math.log(_SMALLEST), math.log(FARTHEST), 0.1
    near, side = centre, math.copysign(1.0, slope(centre))
    while True:
        far = min(max(near + side * step, low), high)
        if slope(far) * side <= 0:
            return float(brentq(slope, min(near, far), max(near, far), xtol=1e-12))
        if far in (low, high) or math.isnan(slope(far)):
            return far
        near, step = far, 2 * step


def _limit(miss: Callable[[float], float], top: float, side: float, end: float) -> float:
    """The log n0 on one side of the top where the profile has fallen far enough; ±inf when it never does."""
    near, step = top, 0.25
    while (end - near) * side > 0:
        far = near + side * step
        value = miss(far)
        if value < 0:
            return float(brentq(miss, near, far, xtol=1e-11))
        if math.isnan(value):
            break
        near, step = far, step * 1.6
    return side * math.inf


def wald_limits(fit: Fit, quantile: float) -> tuple[float, float]:
    """n + n̂0·exp(±z·se of log n̂0); (n, inf) when the fit is unbounded."""
    if not math.isfinite(fit.unseen):
        return float(fit.observed), math.inf
    reach = min(quantile * fit.error_log_unseen, 600.0)
    return fit.observed + fit.unseen * math.exp(-reach), fit.observed + fit.unseen * math.exp(reach)


def profile_curve(table: CaptureTable, fit: Fit, totals: Floats) -> Floats:
    """The profile log-likelihood at each total N > n, less its largest among them."""
    height = profile(table, fit)
    values = np.array([height(float(total) - fit.observed)[0] for total in totals])
    curve: Floats = values - np.nanmax(values)
    return curve
