"""Change between two periods: how probable it is that the rate rose, not a percentage of tiny counts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import betainc, betaincinv

from smallcounts.rates.intervals import LEVEL, check_counts, check_level, check_positive
from smallcounts.rates.results import RateError, Step, aligned, cell, footnotes, limits_text, show
from smallcounts.results import Cell, Interval

PRIOR = 0.5  # Jeffreys: gamma(1/2, 0) for each rate


@dataclass(frozen=True, slots=True)
class Change:
    """The rate after over the rate before. Made by `change`.

    `ratio` is the plain ratio of the two rates (infinite or nan when the first count is 0); `median`
    and `interval` describe what is known of the true ratio, and always are finite numbers.
    """

    count_before: int
    population_before: float
    count_after: int
    population_after: float
    probability_rose: float
    ratio: float
    median: float
    interval: Interval
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict; the ratio is None where it is infinite or undefined."""
        return [
            {
                "count_before": self.count_before,
                "population_before": self.population_before,
                "count_after": self.count_after,
                "population_after": self.population_after,
                "probability_rose": self.probability_rose,
                "ratio": cell(self.ratio),
                "median": self.median,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
            }
        ]

    def summary(self) -> str:
        """The change and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        a, b = self.count_before + PRIOR, self.count_after + PRIOR
        share = self.population_after / (self.population_before + self.population_after)
        return (
            Step(
                "each rate, given its count: gamma(y + 1/2) / N",
                f"y + 1/2 = {a:g}, {b:g}",
                "–",
            ),
            Step(
                "P(rate rose) = P(X > N₂/(N₁ + N₂)), X beta(y₂ + 1/2, y₁ + 1/2)",
                f"X beta({b:g}, {a:g}), N₂/(N₁ + N₂) = {share:.6g}",
                f"{self.probability_rose:.4f}",
            ),
            Step(
                "ratio = X/(1 − X) · N₁/N₂; its median and limits from those of X",
                f"N₁ = {self.population_before:.12g}, N₂ = {self.population_after:.12g}",
                f"{show(self.median)}, {limits_text(self.interval)}",
            ),
        )


def change(
    count_before: int,
    population_before: float,
    count_after: int,
    population_after: float,
    *,
    level: float = LEVEL,
) -> Change:
    """P(rate rose | data), and what is known of the ratio after / before.

    Counts: whole numbers from 0; populations above 0 (people or person-years). With Jeffreys' prior each
    rate is gamma(y + 1/2, N), so N₂·rate₂ / (N₁·rate₁ + N₂·rate₂) is beta(y₂ + 1/2, y₁ + 1/2): exact, not
    simulated. 0.5 means the data lean neither way. Not across a series break: pool or stop there. A rise in
    what is recorded may be a rise in recording. RateError on impossible numbers. Source: Jeffreys 1946.
    """
    if isinstance(count_before, bool) or isinstance(count_after, bool):
        raise RateError("a count is a whole number, not true or false")
    y1, y2 = int(check_counts(count_before)), int(check_counts(count_after))
    n1 = float(check_positive(population_before, "a population"))
    n2 = float(check_positive(population_after, "a population"))
    a, b = y1 + PRIOR, y2 + PRIOR
    tail = (1 - check_level(level)) / 2
    low, middle, high = (_ratio_at(b, a, share) * n1 / n2 for share in (tail, 0.5, 1 - tail))
    return Change(
        y1, population_before, y2, population_after,
        probability_rose=float(betainc(a, b, n1 / (n1 + n2))),
        ratio=(y2 / n2) / (y1 / n1) if y1 else math.inf if y2 else math.nan,
        median=middle,
        interval=Interval(low, high, level, "jeffreys"),
        assumptions=("poisson_counts", "population_known", "jeffreys_prior", "measure_as_recorded"),
        warnings=("both_counts_zero",) if y1 == y2 == 0 else (),
        sources=("jeffreys-1946",),
    )  # fmt: skip


def _ratio_at(b: float, a: float, share: float) -> float:
    """Quantile of X/(1-X), X beta(b, a); the smaller of X and 1-X is inverted so that no digits are lost."""
    x = float(betaincinv(b, a, share))
    if x < 0.5:
        return x / (1 - x)
    rest = float(betaincinv(a, b, 1 - share))
    return (1 - rest) / rest
