"""Indirect standardisation: expected counts, and observed over expected with its interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smallcounts.rates.intervals import LEVEL, SOURCES, check_counts, check_positive, poisson_interval
from smallcounts.rates.results import (
    Method,
    RateError,
    Step,
    aligned,
    footnotes,
    interval_formula,
    limits_text,
    show,
)
from smallcounts.results import Cell, Interval


@dataclass(frozen=True, slots=True)
class StandardisedRatio:
    """Observed over expected: 1 is what the reference rates foretell. Made by `standardise`."""

    count: int
    expected: float
    value: float
    interval: Interval
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict: count, expected, ratio, lower, upper."""
        return [
            {
                "count": self.count,
                "expected": self.expected,
                "ratio": self.value,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
            }
        ]

    def summary(self) -> str:
        """The ratio and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        tail = 1 - self.interval.level
        return (
            Step("ratio = observed / expected", f"{self.count} / {self.expected:.12g}", show(self.value)),
            Step(
                f"{interval_formula(self.interval.method)}; both / expected",
                f"y = {self.count}, a = {tail:.4g}, expected = {self.expected:.12g}",
                limits_text(self.interval),
            ),
        )


def expected_counts(population_by_stratum: ArrayLike, reference_rates: ArrayLike) -> NDArray[np.float64]:
    """The counts each area would have with the reference rates.

    population_by_stratum: (n, s) people or person-years, 0 allowed; reference_rates: (s,) events per person
    (not per 100 000). Gives (n,). Formula: E_i = sum over s of r_s · n_is (Breslow & Day 1987). With no
    split by age and sex use one stratum: E = n_i · the national rate. RateError when shapes do not
    fit or a number is negative or not finite.
    """
    population = np.asarray(population_by_stratum, dtype=np.float64)
    rates = np.asarray(reference_rates, dtype=np.float64)
    if population.ndim != 2 or rates.shape != population.shape[1:]:
        raise RateError(
            f"populations are (areas, strata) and rates (strata,), not {population.shape} and {rates.shape}"
        )
    for values, what in ((population, "population"), (rates, "reference rate")):
        bad = ~(np.isfinite(values) & (values >= 0))
        if bad.any():
            raise RateError(f"a {what} is a number from 0, not {values[bad].flat[0]:g}")
    return population @ rates


def standardise(
    count: int, expected: float, *, level: float = LEVEL, method: Method = "exact"
) -> StandardisedRatio:
    """Observed over expected, with the Poisson interval of the count divided by the expected.

    count: a whole number from 0; expected: above 0, taken as known. Use it to compare one area with its
    reference. Two such ratios of areas with different age structures may not be compared, and the
    reference should be much larger than the area. RateError on impossible numbers.
    Source: Breslow & Day 1987.
    """
    if isinstance(count, bool):
        raise RateError("a count is a whole number, not true or false")
    y, e = float(check_counts(count)), float(check_positive(expected, "an expected count"))
    low, high = poisson_interval(y, level=level, method=method)
    return StandardisedRatio(
        count=int(y),
        expected=e,
        value=y / e,
        interval=Interval(float(low) / e, float(high) / e, level, method),
        assumptions=("poisson_counts", "expected_known", "reference_rates_known", "measure_as_recorded"),
        warnings=("zero_count",) if y == 0 else (),
        sources=("breslow-day-1987", *SOURCES[method]),
    )
