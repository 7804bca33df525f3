"""The change by its ranks: Wilcoxon's signed ranks, every case counted, and the rank-biserial correlation."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, ndtr, stdtrit

from smallcounts.change.pairs import MINIMUM, PairsError, checked
from smallcounts.change.words import CONTROL, footnotes
from smallcounts.rates.intervals import LEVEL, check_level
from smallcounts.rates.results import Step, aligned, limits_text, show
from smallcounts.results import Cell, Interval

Array = NDArray[np.float64]
Method = Literal["auto", "exact", "normal"]
MOST_EXACT: Final = 500  # pairs that changed: beyond it the cases take seconds to count
EXACT: Final = "exact: every sign for the ranks as they tie"
NORMAL: Final = "normal approximation, variance of the tied ranks, no continuity correction"
SOURCES: Final = ("wilcoxon-1945", "hollander-wolfe-2014", "kerby-2014", "efron-stein-1981")
ASSUMPTIONS: Final = ("pairs_independent", "same_measure_both_times", "differences_ordered", "zeros_dropped")


@dataclass(frozen=True, slots=True)
class RankChange:
    """The sums of ranks up and down, and r = (up - down) / (up + down) of the pairs that changed.

    `value` is the matched rank-biserial correlation: 1 when all who changed rose, -1 when all fell, nan when
    nobody changed. `unchanged` pairs are in none of the sums. Made by `rank_change`.
    """

    pairs: int
    unchanged: int
    rank_sum_up: float
    rank_sum_down: float
    value: float
    interval: Interval
    p_value: float
    p_rule: str
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...] = SOURCES

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict; None stands for a correlation that is not defined."""
        return [
            {
                "pairs": self.pairs,
                "unchanged": self.unchanged,
                "rank_sum_up": self.rank_sum_up,
                "rank_sum_down": self.rank_sum_down,
                "p_value": self.p_value,
                "rank_biserial": None if math.isnan(self.value) else self.value,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
            }
        ]

    def summary(self) -> str:
        """The change and what it rests on, as text."""
        return f"{aligned(self.to_rows())}\np {self.p_rule}.\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        up, down = self.rank_sum_up, self.rank_sum_down
        changed = self.pairs - self.unchanged
        return (
            Step(
                "ranks of |after - before| among those that changed, ties share their mean; sum up, sum down",
                f"{self.pairs} pairs, {self.unchanged} unchanged",
                f"{up:g} and {down:g}",
            ),
            Step("r = (up - down) / (up + down)", f"({up:g} - {down:g}) / {up + down:g}", show(self.value)),
            Step(
                "artanh r ± t(1-a/2; m-1) · se / (1 - r²), se by leaving out one pair at a time",
                f"m = {changed}, a = {1 - self.interval.level:.4g}",
                limits_text(self.interval),
            ),
            Step(
                "p-value: a sum of ranks at least as far from its middle", self.p_rule, f"{self.p_value:.3g}"
            ),
        )


def rank_change(
    differences: Mapping[float, int],
    *,
    level: float = LEVEL,
    method: Method = "auto",
    minimum: int = MINIMUM,
) -> RankChange:
    """Wilcoxon's signed ranks from counts of differences, with the matched rank-biserial correlation.

    differences: after less before -> how many pairs. Pairs without change are dropped (wilcoxon-1945); ties
    share their mean rank. "exact" counts every way to put signs on the ranks as they tie, which is right
    with ties, where printed tables are not (hollander-wolfe-2014); "normal" is the approximation; "auto" is
    exact up to 500 changed pairs and says so when it is not. r = (up - down)/(up + down) (kerby-2014); its
    limits by the jackknife (efron-stein-1981) on artanh r; when all went one way they are 2·p² - 1 and 1 with
    p the exact lower limit for the share that rises. TooFewPairs below the minimum.
    """
    found = checked(differences, minimum)
    n, tail = sum(found.values()), (1 - check_level(level)) / 2
    moved = {value: k for value, k in found.items() if value != 0}
    changed = sum(moved.values())
    if changed == 0:
        return _nobody(n, level)
    up, down = _sums(moved)
    exact = method == "exact" or (method == "auto" and changed <= MOST_EXACT)
    if method not in ("auto", "exact", "normal"):
        raise PairsError(f"the method is 'auto', 'exact' or 'normal', not {method!r}")
    codes = ((min(up, down) == 0, "all_one_way"), (not exact, "normal_approximation"))
    return RankChange(
        pairs=n,
        unchanged=n - changed,
        rank_sum_up=up / 2,
        rank_sum_down=down / 2,
        value=(up - down) / (up + down),
        interval=_interval(moved, tail, level),
        p_value=_exact_p(moved, up) if exact else _normal_p(moved, up),
        p_rule=EXACT if exact else NORMAL,
        assumptions=ASSUMPTIONS,
        warnings=(CONTROL, *(code for holds, code in codes if holds)),
    )


def _nobody(n: int, level: float) -> RankChange:
    """What can be said when no pair changed: nothing of a direction."""
    whole, warnings = Interval(-1.0, 1.0, level, "nothing known"), (CONTROL, "no_change_at_all")
    return RankChange(n, n, 0.0, 0.0, math.nan, whole, 1.0, EXACT, ASSUMPTIONS, warnings)


def _ranks(moved: Mapping[float, int]) -> dict[float, tuple[int, int]]:
    """|difference| -> twice its mean rank (a whole number), and how many share it."""
    sizes: dict[float, int] = {}
    for value, k in moved.items():
        sizes[abs(value)] = sizes.get(abs(value), 0) + k
    ranks, below = {}, 0
    for size in sorted(sizes):
        ranks[size] = (2 * below + sizes[size] + 1, sizes[size])
        below += sizes[size]
    return ranks


def _sums(moved: Mapping[float, int]) -> tuple[int, int]:
    """Twice the rank sums of rises and of falls."""
    ranks = _ranks(moved)
    up = sum(ranks[abs(value)][0] * k for value, k in moved.items() if value > 0)
    return up, sum(rank * k for rank, k in ranks.values()) - up


def _exact_p(moved: Mapping[float, int], up: int) -> float:
    """P(|W - middle| >= |observed - middle|) over all signs, the tied ranks as they are."""
    chances = np.ones(1)
    for rank, k in _ranks(moved).values():
        grown = np.zeros(len(chances) + rank * k)
        for rises, chance in enumerate(_halves(k)):
            grown[rises * rank : rises * rank + len(chances)] += chance * chances
        chances = grown
    total = len(chances) - 1
    far = np.abs(2 * np.arange(total + 1) - total) >= abs(2 * up - total)
    return min(1.0, float(chances[far].sum()))


def _halves(k: int) -> Array:
    """The binomial chances of 0 to k rises among k, each with chance one half."""
    rises = np.arange(k + 1)
    logs = gammaln(k + 1) - gammaln(rises + 1) - gammaln(k - rises + 1) - k * math.log(2)
    return np.asarray(np.exp(logs), dtype=np.float64)


def _normal_p(moved: Mapping[float, int], up: int) -> float:
    ranks = _ranks(moved).values()
    middle = sum(rank * k for rank, k in ranks) / 2
    deviation = math.sqrt(sum(rank**2 * k for rank, k in ranks)) / 2
    return 2 * float(ndtr(-abs(up - middle) / deviation))


def _interval(moved: Mapping[float, int], tail: float, level: float) -> Interval:
    """Limits for r: the jackknife on artanh r, and cautious ones when all went the same way."""
    n = sum(moved.values())
    up, down = _sums(moved)
    r = (up - down) / (up + down)
    if abs(r) == 1:
        share = tail ** (1 / n)
        limit = 2 * share**2 - 1
        low, high = (limit, 1.0) if r > 0 else (-1.0, -limit)
        return Interval(low, high, level, "exact share, cautious")
    if n < 3:
        return Interval(-1.0, 1.0, level, "nothing known")
    reach = float(stdtrit(n - 1, 1 - tail)) * _jackknife(moved, n) / (1 - r**2)
    return Interval(math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach), level, "jackknife")


def _jackknife(moved: Mapping[float, int], n: int) -> float:
    """The standard error of r from leaving out one pair at a time; pairs alike are left out once."""
    without, times = [], []
    for value, k in moved.items():
        up, down = _sums({**moved, value: k - 1})
        without.append((up - down) / (up + down))
        times.append(k)
    mean = math.fsum(x * k for x, k in zip(without, times, strict=True)) / n
    squares = math.fsum((x - mean) ** 2 * k for x, k in zip(without, times, strict=True))
    return math.sqrt((n - 1) / n * squares)
