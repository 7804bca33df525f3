"""Exact and mid-p intervals for counts that scatter more than chance (negative binomial), in closed form."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincc, betainccinv, betaincinv, betaln, gammainccinv, gammaincinv

from smallcounts.rates.intervals import LEVEL, check_counts, check_level, check_method, poisson_interval
from smallcounts.rates.results import Method, RateError

Array = NDArray[np.float64]

SMALLEST_SIZE = 0.1  # below it a single count says nothing of the mean: the upper limit goes past all numbers
SOURCES = {"exact": ("clopper-pearson-1934",), "mid-p": ("lancaster-1961", "berry-armitage-1995")}
_LARGE = 1e6
_STEPS = 60  # halving alone reaches full precision in so many steps; Newton needs five to eight


def check_size(size: ArrayLike) -> Array:
    """Sizes as floats of any shape; RateError unless all are 0.1 or more (infinite: no extra scatter)."""
    given = np.asarray(size)
    if given.dtype.kind not in "iuf":
        raise RateError(f"a size is a number, not {given.dtype}")
    values = given.astype(np.float64)
    bad = ~(values >= SMALLEST_SIZE)
    if bad.any():
        raise RateError(f"a size is a number from {SMALLEST_SIZE} up, not {values[bad].flat[0]:g}")
    return values


def scattered_interval(
    counts: ArrayLike, size: ArrayLike, *, level: float = LEVEL, method: Method = "exact"
) -> tuple[Array, Array]:
    """Limits for the means of negative binomial counts, variance = mean + mean²/size, all at once.

    counts: whole numbers, any shape (n,); size: one number or one that fits each count, 0.1 up, taken as
    known (see `scatter`); infinite gives the Poisson limits, the same bits as `poisson_interval`. Gives
    (lower, upper) in counts, the shape of both together. P(Y <= y) = I_p(size, y + 1), I the incomplete beta
    function and p = size/(size + m). "exact": P(Y >= y) = a/2 gives the lower m, P(Y <= y) = a/2 the upper,
    as Clopper and Pearson (1934) did for the binomial; covers at least `level` whatever the mean. "mid-p"
    (Lancaster 1961): half of P(Y = y) on each side; covers `level` on average.
    Below a size of 0.5 or so a single count says little of its mean. RateError on impossible numbers.
    """
    y, k = np.broadcast_arrays(check_counts(counts), check_size(size))
    tail = (1 - check_level(level)) / 2
    limits = _exact if check_method(method) == "exact" else _mid_p
    plain = np.isinf(k)
    found = np.empty((2, *y.shape))
    found[:, plain] = poisson_interval(y[plain], level=level, method=method)
    # the same few counts come again and again: each pair is solved once
    pairs, where = np.unique(np.stack([y[~plain], k[~plain]]), axis=1, return_inverse=True)
    found[:, ~plain] = np.stack(limits(pairs[0], pairs[1], tail))[:, where]
    return found[0, ...], found[1, ...]


def _exact(y: Array, k: Array, tail: float) -> tuple[Array, Array]:
    """Closed forms up to a size of 10⁶; above it the inverse functions lose digits: Newton's method."""
    near = np.minimum(k, _LARGE)
    lower, upper = _lower(y, near, tail), _upper(y, near, tail)
    if not (k > _LARGE).any():
        return lower, upper
    # a limit moves towards the Poisson limit as the size grows, so the two hold it between them
    some = np.maximum(y, 1.0)
    ends = _between(_lower(some, near, tail), gammaincinv(some, tail))
    far = _solve(some, k, tail, ends, is_lower=True, half=0.0)
    lower = np.where((k > _LARGE) & (y > 0), far, lower)
    far = _solve(y, k, tail, _between(upper, gammainccinv(y + 1, tail)), is_lower=False, half=0.0)
    return lower, np.where(k > _LARGE, far, upper)


def _between(one: ArrayLike, other: ArrayLike) -> tuple[Array, Array]:
    """The two in order, with a little room: which is the larger depends on the count and the level."""
    room = 1e-5
    return np.minimum(one, other) * (1 - room), np.maximum(one, other) * (1 + room)


def _lower(y: Array, k: Array, tail: float) -> Array:
    """The mean where P(Y >= y) = tail; 0 for a count of 0."""
    n = np.maximum(y, 1.0)
    # q = m / (k + m) solves I_q(y, k) = tail; the smaller of q and 1 - q is used, so that no digits are lost
    return np.where(y > 0, _mean(betaincinv(n, k, tail), betainccinv(k, n, tail), k), 0.0)


def _upper(y: Array, k: Array, tail: float) -> Array:
    """The mean where P(Y <= y) = tail."""
    return _mean(betainccinv(y + 1, k, tail), betaincinv(k, y + 1, tail), k)


def _mean(first: ArrayLike, second: ArrayLike, k: Array) -> Array:
    q, p = np.asarray(first, np.float64), np.asarray(second, np.float64)
    mean: Array = k * np.where(q < p, q / np.maximum(1 - q, 0.5), np.maximum(1 - p, 0.5) / p)
    return mean


def _mid_p(y: Array, k: Array, tail: float) -> tuple[Array, Array]:
    """Each mid-p limit lies between the exact limits of two counts next to each other.

    The mid-p tail is the mean of two tails that reach `tail` there; a count of 0 has only half of P(Y = 0).
    """
    some = np.maximum(y, 1.0)
    (low, high), before, after = (_exact(n, k, tail) for n in (some, some - 1, some + 1))
    lower = _solve(some, k, tail, (low, after[0]), is_lower=True, half=0.5)
    upper = _solve(some, k, tail, (before[1], high), is_lower=False, half=0.5)
    none_seen = k * np.expm1(-np.log(2 * tail) / k)
    return np.where(y > 0, lower, 0.0), np.where(y > 0, upper, none_seen)


def _solve(
    y: Array, k: Array, tail: float, ends: tuple[Array, Array], *, is_lower: bool, half: float
) -> Array:
    """Newton's method along log m, kept between the `ends` by halving.

    Lower: (1 - half) P(Y >= y) + half P(Y >= y + 1) = tail; upper: the same of P(Y <= y) and P(Y <= y - 1).
    """
    low, high = np.log(ends[0]), np.log(ends[1])
    at, sign = (low + high) / 2, 1.0 if is_lower else -1.0
    share = 1 - half if is_lower else half  # of the tail that begins at y, the rest begins at y + 1
    for _ in range(_STEPS):
        miss = share * _tail(y, k, at, is_lower=is_lower) + (1 - share) * _tail(
            y + 1, k, at, is_lower=is_lower
        )
        too_high = sign * (miss - tail) > 0
        high, low = np.where(too_high, at, high), np.where(too_high, low, at)
        slope = share * _slope(y, k, at) + (1 - share) * _slope(y + 1, k, at)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = at - (miss - tail) / (sign * slope)
        new = np.where((step >= low) & (step <= high), step, (low + high) / 2)
        done = np.abs(new - at) <= 1e-12
        at = new
        if done.all():
            break
    return np.exp(at)


def _tail(y: Array, k: Array, log_mean: Array, *, is_lower: bool) -> Array:
    """P(Y >= y) for a lower limit, P(Y < y) for an upper one; the smaller of q and p = 1 - q is used."""
    q, p = 1 / (1 + k * np.exp(-log_mean)), 1 / (1 + np.exp(log_mean) / k)
    small, some = q < p, y > 0
    found = np.full(y.shape, 1.0 if is_lower else 0.0)  # for y = 0: P(Y >= 0) = 1, P(Y < 0) = 0
    by_q, by_p = (betainc, betaincc) if is_lower else (betaincc, betainc)
    first, second = some & small, some & ~small
    found[first] = by_q(y[first], k[first], q[first])
    found[second] = by_p(k[second], y[second], p[second])
    return found


def _slope(y: Array, k: Array, log_mean: Array) -> Array:
    """How fast P(Y >= y) rises with log m: q^y p^k / B(y, k); 0 for y = 0."""
    log_q, log_p = -np.log1p(k * np.exp(-log_mean)), -np.log1p(np.exp(log_mean) / k)
    n = np.maximum(y, 1.0)
    slope: Array = np.where(y > 0, np.exp(n * log_q + k * log_p - betaln(n, k)), 0.0)
    return slope
