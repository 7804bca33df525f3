"""How much more than chance counts scatter: one negative binomial size for all areas and years."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtri

from smallcounts.rates.intervals import LEVEL, check_counts, check_level, check_positive
from smallcounts.rates.results import RateError, Step, TooFew, aligned, cell, footnotes, show
from smallcounts.rates.scatter_fit import ScatterData, at_size
from smallcounts.rates.scattered_interval import SMALLEST_SIZE, scattered_interval
from smallcounts.results import Cell, Interval

__all__ = ["Scatter", "scatter", "scattered_interval"]

Array = NDArray[np.float64]

METHOD = "profile likelihood, levels integrated out"
MIN_AREAS = 10
ASSUMPTIONS = ("scattered_counts", "expected_known", "additive_levels", "same_measure_all_years")
SOURCES = ("robinson-smyth-2008", "berger-1999", "cox-reid-1987")
_LOGS = np.linspace(0.5 * math.log(SMALLEST_SIZE), math.log(100.0), 11)  # log √size; beyond it nearly chance
_VAGUE = 4.0  # an interval whose upper end is more than so many times the lower


@dataclass(frozen=True, slots=True)
class Scatter:
    """The size k of counts whose variance is mean + mean²/k. Made by `scatter`.

    `size` is infinite when the counts scatter no more than chance; the upper end of `interval` is infinite
    when chance alone is possible. `areas`, `years`, `events`: what the size was learnt from (areas with two
    known years and two events at least). `year_effect`: each year's level over the middle one's (geometric),
    None for a year without an event.
    """

    size: float
    interval: Interval
    areas: int
    years: int
    events: int
    year_effect: tuple[float | None, ...]
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict: size, lower, upper (None where infinite), areas, years, events."""
        return [
            {
                "size": cell(self.size),
                "lower": cell(self.interval.lower),
                "upper": cell(self.interval.upper),
                "areas": self.areas,
                "years": self.years,
                "events": self.events,
            }
        ]

    def summary(self) -> str:
        """The size and what it rests on, as text."""
        head = f"size {_told(self)} ({self.interval.level:.4g}, {self.interval.method})"
        return f"{head}\n{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        return (
            Step(
                "y_ij ~ negative binomial with mean m_ij = E_ij · area_i · year_j, variance m_ij + m_ij²/k",
                f"{self.areas} areas, {self.years} years, {self.events} events",
                "–",
            ),
            Step(
                "each area's level integrated out, flat on the log scale; years at their best, paid for by "
                "half the log determinant of their curvature",
                f"{self.areas} levels, {self.years - 1} effects of years",
                f"l(k), highest at k = {show(self.size)}",
            ),
            Step(
                "limits: 2 (l(k̂) − l(k)) = chi2(level; 1)",
                f"level = {self.interval.level:.4g}",
                _told(self),
            ),
        )


def _told(result: Scatter) -> str:
    return f"{show(result.size)} ({show(result.interval.lower)} to {show(result.interval.upper)})"


def scatter(counts: ArrayLike, expected: ArrayLike, *, level: float = LEVEL) -> Scatter:
    """How much more than chance counts vary from year to year: the size k in variance = mean + mean²/k.

    counts (n, t): n areas, t years, whole numbers from 0, nan where unknown; expected (n, t) above 0:
    population, or population · national rate. Each area and each year has a level of its own: y_ij ~ NegBin(
    E_ij · area_i · year_j, k). An area's level is integrated out, flat on the log scale (Berger et al. 1999):
    where its expected counts are alike in all years this is exactly the likelihood given the area's
    total (Robinson & Smyth 2008), so hundreds of tiny means do not bias k. Years are adjusted for (Cox &
    Reid 1987). Interval by likelihood ratio; it may reach infinity (chance alone).
    Use k in `scattered_interval`, `pool` and `shrink`. Not across a series break, not where one area's
    trend differs from the others' (that would pass for scatter), and not for k in a single area.
    TooFew below 10 areas with two known years and two events each; RateError on impossible numbers.
    """
    check_level(level)
    data = _read(counts, expected)
    profile = _Profile(data)
    chance = at_size(data, math.inf, profile.level_years)
    root, top = _highest(profile)
    years = profile.found[root]
    if top <= chance.value:
        root, top, years = math.inf, chance.value, chance.years
    bar = top - 0.5 * float(chdtri(1, 1 - level))
    size, ends = math.exp(2 * root), _limits(profile, root, bar)
    return Scatter(
        size,
        Interval(*ends, level, METHOD),
        len(data.counts),
        data.counts.shape[1],
        int(data.counts.sum()),
        _year_effects(counts, data, years),
        ASSUMPTIONS,
        _warnings(counts, size, *ends),
        SOURCES,
    )


class _Profile:
    """The log likelihood along log √k; each value's years are kept as the start of the next."""

    def __init__(self, data: ScatterData) -> None:
        self.data, self.level_years = data, np.zeros(data.basis.shape[1])
        self.found: dict[float, Array] = {}

    def __call__(self, root: float) -> float:
        nearest = min(self.found, key=lambda other: abs(other - root), default=None)
        start = self.level_years if nearest is None else self.found[nearest]
        point = at_size(self.data, math.exp(2 * root), start)
        self.found[root] = point.years
        return point.value


def _highest(profile: _Profile) -> tuple[float, float]:
    """Where the log likelihood is highest along log √k, and how high it is there."""
    coarse = np.array([profile(float(x)) for x in _LOGS])
    at = int(coarse.argmax())
    ends = float(_LOGS[max(at - 1, 0)]), float(_LOGS[min(at + 1, len(_LOGS) - 1)])
    found = minimize_scalar(lambda x: -profile(x), bounds=ends, method="bounded", options={"xatol": 1e-4})
    return float(found.x), -float(found.fun)


def _limits(profile: _Profile, root: float, bar: float) -> tuple[float, float]:
    """Sizes on both sides where the likelihood falls to the bar; infinite when chance alone is above it."""

    def over(at: float) -> float:
        return profile(at) - bar

    first, last = float(_LOGS[0]), float(_LOGS[-1])
    middle = min(root, last)
    if over(middle) < 0:  # chance alone is best, and even the largest size is too far from it
        return math.exp(2 * last), math.inf
    lower = first if over(first) >= 0 else float(brentq(over, first, middle, xtol=1e-4))
    if over(last) >= 0:  # a size so large is chance alone
        return math.exp(2 * lower), math.inf
    return math.exp(2 * lower), math.exp(2 * float(brentq(over, middle, last, xtol=1e-4)))


def _read(counts: ArrayLike, expected: ArrayLike) -> ScatterData:
    """The areas (two known years, two events) and years (one event) that can tell of scatter."""
    y, e = np.array(counts, dtype=np.float64), check_positive(expected, "an expected count")
    if y.ndim != 2 or y.shape != e.shape or y.shape[1] < 2:
        raise RateError(
            f"counts and expected are tables (areas, years) of the same shape, two years or more, "
            f"not {y.shape} and {e.shape}"
        )
    known = ~np.isnan(y)
    check_counts(y[known])
    y = np.where(known, y, 0.0)
    seen = np.flatnonzero(y.sum(axis=0) > 0)
    y, e, known = y[:, seen], e[:, seen], known[:, seen]
    used = (known.sum(axis=1) >= 2) & (y.sum(axis=1) >= 2)
    if used.sum() < MIN_AREAS or len(seen) < 2:
        raise TooFew(
            f"scatter needs {MIN_AREAS} areas with two known years and two events; here are {int(used.sum())}"
        )
    y, e, known = y[used], e[used], known[used]
    basis = np.linalg.qr(np.eye(len(seen)) - 1 / len(seen))[0][:, : len(seen) - 1]
    return ScatterData(y, e, known, basis)


def _year_effects(counts: ArrayLike, data: ScatterData, years: Array) -> tuple[float | None, ...]:
    seen = np.nansum(np.asarray(counts, dtype=np.float64), axis=0) > 0
    effects = iter(np.exp(data.basis @ years))
    return tuple(float(next(effects)) if is_seen else None for is_seen in seen)


def _warnings(counts: ArrayLike, size: float, lower: float, upper: float) -> tuple[str, ...]:
    found = {
        "no_scatter": math.isinf(size),
        "size_vague": math.isfinite(size) and upper > _VAGUE * lower,
        "unknown_cells": bool(np.isnan(np.asarray(counts, dtype=np.float64)).any()),
    }
    return tuple(code for code, holds in found.items() if holds)
