"""Exact and mid-p intervals for Poisson counts, and the rates made with them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, gammaln, xlogy

from smallcounts.counts import CountTable, Status
from smallcounts.rates.results import LeftOut, Method, Rate, RateError, RateRow, RateTable
from smallcounts.results import Interval

Array = NDArray[np.float64]

PER = 100_000.0
LEVEL = 0.95
MAX_COUNT = 10**12  # above this the inverse gamma function loses digits; no register holds such a count
SOURCES = {"exact": ("garwood-1936",), "mid-p": ("lancaster-1961", "berry-armitage-1995")}
ASSUMPTIONS = ("poisson_counts", "population_known", "measure_as_recorded")
_STEPS = 60  # halving alone reaches full precision in so many steps; Newton needs four to six


def check_level(level: float) -> float:
    """The level itself; RateError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise RateError(f"the level is a share between 0 and 1, such as 0.95, not {level!r}")
    return float(level)


def check_method(method: str) -> str:
    """The method itself; RateError unless it is "exact" or "mid-p"."""
    if method not in SOURCES:
        raise RateError(f"the method is 'exact' or 'mid-p', not {method!r}")
    return method


def check_counts(counts: ArrayLike) -> Array:
    """Counts as floats of any shape; RateError unless all are whole numbers from 0 to 10¹²."""
    given = np.asarray(counts)
    if given.dtype.kind not in "iuf":
        raise RateError(f"counts are whole numbers, not {given.dtype}")
    values = given.astype(np.float64)
    bad = ~(np.isfinite(values) & (values >= 0) & (values == np.floor(values)))
    if bad.any():
        raise RateError(f"a count is a whole number from 0, not {values[bad].flat[0]:g}")
    if (values > MAX_COUNT).any():
        raise RateError(f"a count above {MAX_COUNT:.0e} is not believable: {values.max():g}")
    return values


def check_positive(values: ArrayLike, what: str) -> Array:
    """Populations or expected counts as floats; RateError unless all are finite and above 0."""
    given = np.asarray(values)
    if given.dtype.kind not in "iuf":
        raise RateError(f"{what} is a number, not {given.dtype}")
    numbers = given.astype(np.float64)
    bad = ~(np.isfinite(numbers) & (numbers > 0))
    if bad.any():
        raise RateError(f"{what} is a number above 0, not {numbers[bad].flat[0]:g}")
    return numbers


def poisson_interval(
    counts: ArrayLike, *, level: float = LEVEL, method: Method = "exact"
) -> tuple[Array, Array]:
    """Limits for the means of Poisson counts, all at once.

    counts: whole numbers, any shape (n,). Gives (lower, upper), same shape, in counts (not rates).
    "exact" (Garwood 1936): lower = chi2(a/2; 2y)/2, upper = chi2(1-a/2; 2y+2)/2; covers at least
    `level` whatever the mean; use it in public. "mid-p" (Lancaster 1961; Berry & Armitage 1995): half of
    P(Y=y) is counted on each side; covers `level` on average and is shorter; use it in analysis, not where a
    promise of coverage is needed. Neither is right when events come in clusters (one raid, many convicted).
    RateError on anything but whole numbers from 0.
    """
    y = check_counts(counts)
    tail = (1 - check_level(level)) / 2
    lower = np.where(y > 0, gammaincinv(y, tail), 0.0).astype(np.float64)
    upper = np.asarray(gammainccinv(y + 1, tail), dtype=np.float64)
    if check_method(method) == "exact":
        return lower, upper
    return _mid_p_limit(y, tail, lower, y, is_lower=True), _mid_p_limit(y, tail, y, upper, is_lower=False)


def _mid_p_limit(y: Array, tail: float, low: Array, high: Array, *, is_lower: bool) -> Array:
    """Newton's method on the mid-p tail, kept between `low` and `high` by halving.

    The exact limits hold the mid-p limits between them, so the root is always inside. The tail is taken
    on its own side (P(Y>=y) for the lower limit), so that no digits are lost to 1 - small.
    """
    low, high = low.copy(), high.copy()
    mean = np.where(y > 0, (low + high) / 2, high / 2)
    side = gammainc if is_lower else gammaincc
    sign = 1.0 if is_lower else -1.0
    for _ in range(_STEPS):
        # for y = 0 the terms of y - 1 vanish: P(Y < 0) = 0 and P(Y >= 0) = 1
        beyond = np.where(y > 0, side(np.maximum(y, 1), mean), 1.0 if is_lower else 0.0)
        miss = (beyond + side(y + 1, mean)) / 2 - tail
        too_high = sign * miss > 0
        high, low = np.where(too_high, mean, high), np.where(too_high, low, mean)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            step = mean - miss / (sign * _slope(y, mean))
        inside = (step > low) & (step < high)
        new = np.where(inside, step, (low + high) / 2)
        done = np.abs(new - mean) <= 1e-14 * np.maximum(mean, 1e-300)
        mean = new
        if done.all():
            break
    return np.where(y > 0, mean, 0.0 if is_lower else -math.log(2 * tail))


def _slope(y: Array, mean: Array) -> Array:
    """(p(y) + p(y-1)) / 2, how fast the mid-p tail moves with the mean."""
    here = np.exp(xlogy(y, mean) - mean - gammaln(y + 1))
    slope: Array = here * (1 + y / mean) / 2
    return slope


def rate(
    count: int, population: float, *, per: float = PER, level: float = LEVEL, method: Method = "exact"
) -> Rate:
    """One rate with its interval: count / population · per.

    count: a whole number from 0; population: people or person-years, above 0; per: people (100 000).
    Use it for one figure beside its denominator. It is no estimate of what happened unseen, and no ground
    for ranking. RateError on impossible numbers. Source: see `poisson_interval`.
    """
    if isinstance(count, bool):
        raise RateError("a count is a whole number, not true or false")
    y, n = float(check_counts(count)), float(check_positive(population, "a population"))
    unit = float(check_positive(per, "'per'"))
    low, high = poisson_interval(y, level=level, method=method)
    interval = Interval(float(low) / n * unit, float(high) / n * unit, level, method)
    return Rate(
        count=int(y),
        population=population,
        per=per,
        value=y / n * unit,
        interval=interval,
        assumptions=ASSUMPTIONS,
        warnings=("zero_count",) if y == 0 else (),
        sources=SOURCES[method],
    )


def rates(
    table: CountTable, *, per: float = PER, level: float = LEVEL, method: Method = "exact"
) -> RateTable:
    """A rate for each observed count that has a population; the others are named in `left_out`.

    The order of the table is kept: a table of rates is not a league table. Errors and sources: as `rate`.
    """
    check_level(level), check_method(method)
    unit = float(check_positive(per, "'per'"))
    usable = [c for c in table.observed() if c.population is not None]
    y = check_counts(np.array([c.value for c in usable], dtype=np.int64))
    n = np.array([c.population for c in usable], dtype=np.float64)
    low, high = poisson_interval(y, level=level, method=method)
    numbers = zip(usable, y / n * unit, low / n * unit, high / n * unit, strict=True)
    rows = tuple(
        RateRow(
            c.area, c.name, c.period, int(c.value or 0), int(c.population or 0),
            float(value), float(lower), float(upper), c.sources, c.is_approximate, c.note,
        )
        for c, value, lower, upper in numbers
    )  # fmt: skip
    left_out = tuple(
        LeftOut(c.area, c.name, c.period, "no_population" if c.status is Status.OBSERVED else str(c.status))
        for c in table.counts
        if c.status is not Status.OBSERVED or c.population is None
    )
    return RateTable(
        table.measure, table.unit, per, level, method, rows, left_out, table.is_invented,
        ASSUMPTIONS, ("rows_left_out",) if left_out else (), SOURCES[method],
    )  # fmt: skip
