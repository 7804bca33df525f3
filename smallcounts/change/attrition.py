"""Who left before the second time: how many, and whether those who stayed had answered otherwise before."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betaincinv, gammaln, ndtr, stdtrit

from smallcounts.change.pairs import MINIMUM, Pairs, PairsError, enough
from smallcounts.change.words import CONTROL, footnotes
from smallcounts.rates.intervals import LEVEL, check_level
from smallcounts.rates.results import Step, aligned, limits_text, show
from smallcounts.results import Cell, Interval

MANY: Final = 0.2  # a house rule: above it the warning stands, whatever the comparison says
MOST_EXACT: Final = 150  # asked before: beyond it every way to leave takes seconds to count
EXACT: Final = "exact: every way to leave, ranks as they tie"
NORMAL: Final = "normal approximation of the rank sum, ties counted"
SOURCES: Final = ("clopper-pearson-1934",)
COMPARED: Final = ("welch-1947", "wilcoxon-1945", "hollander-wolfe-2014")
ASSUMPTIONS: Final = ("pairs_independent", "left_by_chance")


@dataclass(frozen=True, slots=True)
class StayedAgainstLeft:
    """The mean level before of those who stayed less that of those who left, with Welch's interval.

    `p_value` is of the rank sum, exactly counted where `p_rule` says so.
    """

    stayed_mean: float
    left_mean: float
    value: float
    interval: Interval
    p_value: float
    p_rule: str


@dataclass(frozen=True, slots=True)
class Attrition:
    """How many of those asked before are in the pairs. Made by `attrition`.

    `compared` is None when too few left: two people's mean is two people's answers.
    """

    asked: int
    stayed: int
    share: float
    interval: Interval
    compared: StayedAgainstLeft | None
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict; the comparison's fields are None when it was not made."""
        found = self.compared
        compared: dict[str, Cell] = {
            "before_stayed_less_left": found.value if found else None,
            "difference_lower": found.interval.lower if found else None,
            "difference_upper": found.interval.upper if found else None,
            "p_value": found.p_value if found else None,
        }
        return [
            {
                "asked": self.asked,
                "stayed": self.stayed,
                "share_stayed": self.share,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
                **compared,
            }
        ]

    def summary(self) -> str:
        """Who stayed and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        steps = (
            Step("share = stayed / asked", f"{self.stayed} / {self.asked}", show(self.share)),
            Step(
                "P(X >= stayed | p) = a/2, P(X <= stayed | p) = a/2", "binomial", limits_text(self.interval)
            ),
        )
        found = self.compared
        if found is None:
            return steps
        return (
            *steps,
            Step(
                "mean before of those who stayed - of those who left, Welch's limits",
                f"{found.stayed_mean:.6g} - {found.left_mean:.6g}",
                f"{show(found.value)}: {limits_text(found.interval)}",
            ),
            Step("p-value: a rank sum at least as far from its mean", found.p_rule, f"{found.p_value:.3g}"),
        )


def attrition(pairs: Pairs, *, level: float = LEVEL, minimum: int = MINIMUM) -> Attrition:
    """How many of those asked before are in the pairs, and whether they had answered otherwise before.

    The share has Clopper-Pearson limits. With `minimum` or more on both sides the levels before are compared:
    the difference of means with Welch's limits, and the rank sum counted over every way to leave (up to 150
    asked). A difference warns that the change may be that of those who stayed; none proves nothing, since
    people may leave for what they think now. PairsError when nobody knows who was asked before,
    TooFewPairs below the minimum.
    """
    if pairs.left is None:
        raise PairsError("who was asked before and left is not known: give `left`, level before -> how many")
    stayed, tail = pairs.number, (1 - check_level(level)) / 2
    enough(stayed, minimum)
    left = {value: k for value, k in pairs.left if k}
    gone = sum(left.values())
    asked = stayed + gone
    low = float(betaincinv(stayed, gone + 1, tail))
    high = 1.0 if gone == 0 else float(betaincinv(stayed + 1, gone, 1 - tail))
    found = _compared(pairs.before, left, tail, level) if gone >= minimum else None
    differed = found is not None and (found.interval.lower > 0 or found.interval.upper < 0)
    codes = (
        (gone > MANY * asked, "many_left"),
        (0 < gone < minimum, "too_few_left"),
        (differed, "stayed_differed"),
    )
    return Attrition(
        asked=asked,
        stayed=stayed,
        share=stayed / asked,
        interval=Interval(low, high, level, "exact"),
        compared=found,
        assumptions=ASSUMPTIONS,
        warnings=(CONTROL, *(code for holds, code in codes if holds)),
        sources=SOURCES if found is None else (*SOURCES, *COMPARED),
    )


def _compared(
    stayed: Mapping[float, int], left: Mapping[float, int], tail: float, level: float
) -> StayedAgainstLeft:
    (n, mean_n, var_n), (m, mean_m, var_m) = _moments(stayed), _moments(left)
    error = var_n / n + var_m / m
    reach = 0.0
    if error > 0:
        freedom = error**2 / ((var_n / n) ** 2 / (n - 1) + (var_m / m) ** 2 / (m - 1))
        reach = float(stdtrit(freedom, 1 - tail)) * math.sqrt(error)
    value = mean_n - mean_m
    exact = n + m <= MOST_EXACT
    p_value = _exact_p(stayed, left) if exact else _normal_p(stayed, left)
    interval = Interval(value - reach, value + reach, level, "Welch")
    return StayedAgainstLeft(mean_n, mean_m, value, interval, p_value, EXACT if exact else NORMAL)


def _moments(counts: Mapping[float, int]) -> tuple[int, float, float]:
    """How many, their mean, their variance with n - 1."""
    n = sum(counts.values())
    mean = math.fsum(value * k for value, k in counts.items()) / n
    return n, mean, math.fsum((value - mean) ** 2 * k for value, k in counts.items()) / (n - 1)


def _ranked(stayed: Mapping[float, int], left: Mapping[float, int]) -> list[tuple[int, int, int]]:
    """Level by level: twice its mean rank (whole), how many have it, how many of them left."""
    ranked, below = [], 0
    for value in sorted({*stayed, *left}):
        gone = left.get(value, 0)
        here = stayed.get(value, 0) + gone
        ranked.append((2 * below + here + 1, here, gone))
        below += here
    return ranked


def _exact_p(stayed: Mapping[float, int], left: Mapping[float, int]) -> float:
    """P(|R - mean| >= |observed - mean|), R twice the rank sum of as many as left, drawn from all."""
    ranked, gone = _ranked(stayed, left), sum(left.values())
    asked = gone + sum(stayed.values())
    total = gone * (asked + 1)  # twice the mean of R
    ways = np.zeros((gone + 1, 2 * gone * asked + 1))
    ways[0, 0] = 1.0
    for rank, here, _ in ranked:
        grown = np.zeros_like(ways)
        for k in range(min(here, gone) + 1):
            times = math.exp(gammaln(here + 1) - gammaln(k + 1) - gammaln(here - k + 1))
            grown[k:, k * rank :] += times * ways[: gone + 1 - k, : ways.shape[1] - k * rank]
        ways = grown
    chances = ways[gone] / ways[gone].sum()
    observed = sum(rank * k for rank, _, k in ranked)
    far = np.abs(np.arange(len(chances)) - total) >= abs(observed - total)
    return min(1.0, float(chances[far].sum()))


def _normal_p(stayed: Mapping[float, int], left: Mapping[float, int]) -> float:
    ranked, gone = _ranked(stayed, left), sum(left.values())
    asked = gone + sum(stayed.values())
    squares = sum(here * (rank - asked - 1) ** 2 for rank, here, _ in ranked)
    variance = gone * (asked - gone) * squares / (asked * (asked - 1))
    away = abs(sum(rank * k for rank, _, k in ranked) - gone * (asked + 1))
    return 1.0 if variance == 0 else 2 * float(ndtr(-away / math.sqrt(variance)))
