"""Two rates compared: the ratio, its interval, its p-value by a named rule, and a verdict in one word."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from scipy.optimize import brentq
from scipy.special import bdtr, betainc, betaincinv, expit, logit

from smallcounts.rates.intervals import LEVEL, check_counts, check_level, check_method, check_positive
from smallcounts.rates.results import Method, RateError, Step, aligned, cell, footnotes, limits_text, show
from smallcounts.results import Cell, Interval

Verdict = Literal["above", "below", "not_shown"]
_MID_P = ("przyborowski-wilenski-1940", "lancaster-1961", "berry-armitage-1995")
SOURCES: Final = {"mid-p": _MID_P, "exact": ("clopper-pearson-1934", *_MID_P)}
P_RULE: Final = "doubled mid-p, conditional binomial"


@dataclass(frozen=True, slots=True)
class RateRatio:
    """The rate of a over the rate of b. `value` is infinite when only b has no event, nan when neither has.

    `verdict`: "above" or "below" when the whole interval lies on one side of 1, else "not_shown": which
    is not the same as "no difference".
    """

    count_a: int
    population_a: float
    count_b: int
    population_b: float
    value: float
    interval: Interval
    p_value: float
    p_rule: str
    verdict: Verdict
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict; None stands for what is infinite or undefined."""
        return [{k: cell(v) if isinstance(v, float) else v for k, v in self._row().items()}]

    def _row(self) -> dict[str, Cell]:
        return {
            "count_a": self.count_a,
            "population_a": self.population_a,
            "count_b": self.count_b,
            "population_b": self.population_b,
            "ratio": self.value,
            "lower": self.interval.lower,
            "upper": self.interval.upper,
            "p_value": self.p_value,
            "verdict": self.verdict,
        }

    def summary(self) -> str:
        """The ratio and what it rests on, as text."""
        rule = f"p by {self.p_rule}; interval {self.interval.level:.4g}, {self.interval.method}."
        return f"{aligned([self._row()])}\n{rule}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        a, b, na, nb = self.count_a, self.count_b, self.population_a, self.population_b
        share = na / (na + nb)
        return (
            Step("ratio = (a / A) / (b / B)", f"({a} / {na:.12g}) / ({b} / {nb:.12g})", show(self.value)),
            Step(
                "a given a + b is binomial with p = R·A / (R·A + B); limits on p, then R = p/(1-p) · B/A",
                f"a = {a}, a + b = {a + b}",
                limits_text(self.interval),
            ),
            Step(
                "p-value = 2 · min(P(X<a) + P(X=a)/2, P(X>a) + P(X=a)/2), at most 1, at R = 1",
                f"X binomial({a + b}, {share:.6g})",
                f"{self.p_value:.3g}",
            ),
        )


def rate_ratio(
    count_a: int,
    population_a: float,
    count_b: int,
    population_b: float,
    *,
    level: float = LEVEL,
    method: Method = "mid-p",
) -> RateRatio:
    """How many times the rate of b the rate of a is, given the total of both counts.

    Counts: whole numbers from 0; populations above 0. Given a + b, a is binomial with
    p = R·A/(R·A + B) (Przyborowski & Wilenski 1940). "mid-p" halves P(X=a) on each side and covers `level` on
    average; interval and p-value then always agree. "exact" takes Clopper-Pearson limits on p, is wider and
    covers at least `level`. The p-value is the doubled mid-p one for both: other programs print other
    p-values for the same data, so name the rule beside it.
    Zero in a: lower limit 0. Zero in b: upper limit infinite. Zero in both: 0 to infinity, p = 1.
    Not for counts that share events, nor for the largest of many areas, picked first and tested afterwards.
    """
    if isinstance(count_a, bool) or isinstance(count_b, bool):
        raise RateError("a count is a whole number, not true or false")
    a, b = int(check_counts(count_a)), int(check_counts(count_b))
    na = float(check_positive(population_a, "a population"))
    nb = float(check_positive(population_b, "a population"))
    tail = (1 - check_level(level)) / 2
    odds = _exact_odds if check_method(method) == "exact" else _mid_p_odds
    lower, upper = (limit * nb / na for limit in odds(a, b, tail))
    verdict: Verdict = "above" if lower > 1 else "below" if upper < 1 else "not_shown"
    p_value = _doubled_mid_p(a, b, na / (na + nb))
    return RateRatio(
        a, population_a, b, population_b,
        value=_ratio(a, na, b, nb),
        interval=Interval(lower, upper, level, method),
        p_value=p_value,
        p_rule=P_RULE,
        verdict=verdict,
        assumptions=("poisson_counts", "population_known", "independent_areas", "measure_as_recorded"),
        warnings=_warnings(a, b, verdict == "not_shown" and p_value < 1 - level),
        sources=SOURCES[method],
    )  # fmt: skip


def _ratio(a: int, na: float, b: int, nb: float) -> float:
    if b == 0:
        return math.nan if a == 0 else math.inf
    return (a / na) / (b / nb)


def _warnings(a: int, b: int, differ: bool) -> tuple[str, ...]:
    if a == b == 0:
        return ("both_counts_zero",)
    zero = ("zero_count",) if a == 0 else ("ratio_unbounded",) if b == 0 else ()
    return (*zero, "p_and_interval_differ") if differ else zero


def _exact_odds(a: int, b: int, tail: float) -> tuple[float, float]:
    """Clopper-Pearson limits on the odds p/(1-p) of `a` among a + b; the smaller of p and 1-p is inverted."""
    lower = 0.0 if a == 0 else _odds_at(a, b + 1, tail)
    upper = math.inf if b == 0 else 1 / _odds_at(b, a + 1, tail)
    return lower, upper


def _odds_at(a: int, b: int, tail: float) -> float:
    p = float(betaincinv(a, b, tail))
    return p / (1 - p)


def _mid_p_odds(a: int, b: int, tail: float) -> tuple[float, float]:
    """Mid-p limits on the odds, found between the exact limits; by symmetry the upper is a lower of b."""
    return _mid_p_lower(a, b, tail), _inverse(_mid_p_lower(b, a, tail))


def _inverse(odds: float) -> float:
    return math.inf if odds == 0 else 1 / odds


def _mid_p_lower(a: int, b: int, tail: float) -> float:
    """Odds where P(X>a) + P(X=a)/2 = tail, X ~ Bin(a+b, odds/(1+odds)); 0 when a is 0."""
    if a == 0:
        return 0.0
    n = a + b
    if b == 0:
        # only P(X = n)/2 = p^n / 2 is left
        return _odds_of_log(math.log(2 * tail) / n)

    def miss(log_odds: float) -> float:
        p = float(expit(log_odds))
        return float(betainc(a, b + 1, p) + betainc(a + 1, b, p)) / 2 - tail

    low = math.log(_odds_at(a, b + 1, tail))
    return math.exp(_root(miss, low, float(logit((a + 0.5) / (n + 1))) + 1))


def _odds_of_log(log_p: float) -> float:
    return math.exp(log_p) / -math.expm1(log_p)


def _root(miss: Callable[[float], float], low: float, high: float) -> float:
    while miss(high) < 0:
        high += 1
    if miss(low) >= 0:
        return low
    return float(brentq(miss, low, high, xtol=1e-13, rtol=1e-13))


def _doubled_mid_p(a: int, b: int, share: float) -> float:
    """2 · the smaller mid-p tail, at most 1."""
    n = a + b
    if n == 0:
        return 1.0
    at_most = float(bdtr(a, n, share))
    below = float(bdtr(a - 1, n, share)) if a > 0 else 0.0
    at_least = float(betainc(a, b + 1, share)) if a > 0 else 1.0
    above = float(betainc(a + 1, b, share)) if b > 0 else 0.0
    return min(1.0, at_most + below, at_least + above)
