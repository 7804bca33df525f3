"""The mean change in pairs: Student's t, and the change in standard deviations with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from scipy.optimize import brentq
from scipy.special import nctdtr, stdtr, stdtrit

from smallcounts.change.pairs import MINIMUM, PairsError, checked
from smallcounts.change.words import CONTROL, footnotes
from smallcounts.rates.intervals import LEVEL, check_level
from smallcounts.rates.results import Step, aligned, limits_text, show
from smallcounts.results import Cell, Interval

FEW: Final = 30
SOURCES: Final = ("student-1908", "cumming-finch-2001")
ASSUMPTIONS: Final = ("pairs_independent", "same_measure_both_times", "differences_normal", "steps_alike")


@dataclass(frozen=True, slots=True)
class MeanChange:
    """The mean of after less before, and d_z = mean / standard deviation of the differences.

    Made by `mean_change`. `effect` and `effect_interval` are d_z's.
    """

    pairs: int
    value: float
    interval: Interval
    spread: float
    t: float
    p_value: float
    effect: float
    effect_interval: Interval
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...] = SOURCES

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict: pairs, the mean change with limits, p-value, d_z with limits."""
        return [
            {
                "pairs": self.pairs,
                "mean_change": self.value,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
                "p_value": self.p_value,
                "d_z": self.effect,
                "d_z_lower": self.effect_interval.lower,
                "d_z_upper": self.effect_interval.upper,
            }
        ]

    def summary(self) -> str:
        """The change and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        n, level = self.pairs, self.interval.level
        return (
            Step("mean of after - before", f"{n} pairs", show(self.value)),
            Step("t = mean / (sd / √n)", f"{self.value:.6g} / ({self.spread:.6g} / √{n})", f"{self.t:.4f}"),
            Step(
                "mean ± t(1-a/2; n-1) · sd / √n", f"a = {1 - level:.4g}, n = {n}", limits_text(self.interval)
            ),
            Step("p-value = 2 · P(T > |t|), T of Student, n-1", f"t = {self.t:.4f}", f"{self.p_value:.3g}"),
            Step(
                "d_z = mean / sd; limits: the noncentralities where P(T < t) is 1-a/2 and a/2, by √n",
                f"{self.value:.6g} / {self.spread:.6g}",
                f"{show(self.effect)}: {limits_text(self.effect_interval)}",
            ),
        )


def mean_change(
    differences: Mapping[float, int], *, level: float = LEVEL, minimum: int = MINIMUM
) -> MeanChange:
    """The mean of the differences with Student's interval, and d_z with the noncentral t's.

    differences: after less before -> how many pairs. mean ± t·sd/√n (student-1908); d_z = mean/sd, its
    limits the noncentralities δ with P(T(n-1, δ) < t) = 1-a/2 and a/2, by √n (cumming-finch-2001). Use it for
    a sum or mean of several items; for one item of five steps take `rank_change`. TooFewPairs below the
    minimum; PairsError when all differences are alike, since then there is no spread to judge by.
    """
    found = checked(differences, minimum)
    n = sum(found.values())
    mean = math.fsum(value * k for value, k in found.items()) / n
    squares = math.fsum((value - mean) ** 2 * k for value, k in found.items())
    if len(found) == 1:
        raise PairsError("all differences are alike: a mean has no spread to be judged by; use the ranks")
    spread = math.sqrt(squares / (n - 1))
    error = spread / math.sqrt(n)
    tail, t = (1 - check_level(level)) / 2, mean / error
    reach = float(stdtrit(n - 1, 1 - tail)) * error
    low, high = (_noncentrality(t, n - 1, p) / math.sqrt(n) for p in (1 - tail, tail))
    return MeanChange(
        pairs=n,
        value=mean,
        interval=Interval(mean - reach, mean + reach, level, "Student's t"),
        spread=spread,
        t=t,
        p_value=2 * float(stdtr(n - 1, -abs(t))),
        effect=mean / spread,
        effect_interval=Interval(low, high, level, "noncentral t"),
        assumptions=ASSUMPTIONS,
        warnings=(CONTROL, "few_pairs") if n < FEW else (CONTROL,),
    )


def _noncentrality(t: float, freedom: int, chance: float) -> float:
    """The noncentrality at which P(T < t) = chance; the chance falls as the noncentrality grows."""
    if t < 0:  # P(T < t | δ) = 1 - P(T < -t | -δ): one side is solved, so that turned pairs turn the limits
        return -_noncentrality(-t, freedom, 1 - chance)

    def miss(at: float) -> float:
        return float(nctdtr(freedom, at, t)) - chance

    low, high, step = t - 1, t + 1, 1 + t / math.sqrt(2 * freedom)
    while miss(low) < 0:
        low -= step
    while miss(high) > 0:
        high += step
    return float(brentq(miss, low, high, xtol=1e-12, rtol=1e-12))
