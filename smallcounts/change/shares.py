"""The change in a share: McNemar's test, exact and mid-p, and the difference of paired shares."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from scipy.special import bdtr, ndtri

from smallcounts.change.pairs import MINIMUM, MOST, Pairs, PairsError, enough
from smallcounts.change.words import CONTROL, footnotes
from smallcounts.rates.intervals import LEVEL, check_level
from smallcounts.rates.results import Step, aligned, limits_text, show
from smallcounts.results import Cell, Interval

Method = Literal["tango", "newcombe"]
SOURCES: Final = {"tango": ("tango-1998",), "newcombe": ("newcombe-1998",)}
TESTS: Final = ("mcnemar-1947", "fagerland-2013", "fagerland-2014")
NAMES: Final = {"tango": "Tango's score", "newcombe": "Newcombe's method 10"}
ASSUMPTIONS: Final = ("pairs_independent", "same_measure_both_times")
_HALVINGS: Final = 60
_NEAR: Final = 1e-9


@dataclass(frozen=True, slots=True)
class ShareChange:
    """The share after less the share before, in the same pairs. Made by `share_change`.

    `p_value` is the mid-p one; `p_exact` never errs more often than it says and is often far too cautious.
    """

    both: int
    gained: int
    lost: int
    neither: int
    value: float
    interval: Interval
    p_value: float
    p_exact: float
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    @property
    def pairs(self) -> int:
        return self.both + self.gained + self.lost + self.neither

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict: pairs, share before and after, the difference with limits, both p-values."""
        return [
            {
                "pairs": self.pairs,
                "share_before": (self.both + self.lost) / self.pairs,
                "share_after": (self.both + self.gained) / self.pairs,
                "difference": self.value,
                "lower": self.interval.lower,
                "upper": self.interval.upper,
                "p_mid": self.p_value,
                "p_exact": self.p_exact,
            }
        ]

    def summary(self) -> str:
        """The change and what it rests on, as text."""
        rule = f"interval {self.interval.level:.4g}, {self.interval.method}."
        return f"{aligned(self.to_rows())}\n{rule}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps, with the numbers."""
        gained, lost = self.gained, self.lost
        return (
            Step(
                "difference = (gained - lost) / n",
                f"({gained} - {lost}) / {self.pairs}",
                show(self.value),
            ),
            Step(
                "score: |gained - lost - n·d| = z · √(n·(2q + d·(1-d))), q the best chance of a loss given d"
                if self.interval.method == NAMES["tango"]
                else "Wilson's limits of both shares, squared, added, less twice their corrected correlation",
                f"n = {self.pairs}, a = {1 - self.interval.level:.4g}",
                limits_text(self.interval),
            ),
            Step(
                "p = 2 · (P(X < least) + P(X = least)/2), X binomial(gained + lost, 1/2); exact: the whole P",
                f"least = {min(gained, lost)} of {gained + lost}",
                f"{self.p_value:.3g}; exact {self.p_exact:.3g}",
            ),
        )


def share_change(
    *,
    both: int,
    gained: int,
    lost: int,
    neither: int,
    level: float = LEVEL,
    method: Method = "tango",
    minimum: int = MINIMUM,
) -> ShareChange:
    """McNemar's test and the difference of paired shares, for right and wrong before and after.

    both: right both times; gained: only after; lost: only before; neither. Given gained + lost, the gained
    are binomial with one half when nothing changed (mcnemar-1947): `p_exact` doubles the smaller tail,
    `p_value` counts half of the very case seen (fagerland-2013). Limits of (gained - lost)/n: "tango", the
    score interval (tango-1998), or "newcombe", method 10 of newcombe-1998; fagerland-2014 recommends both.
    Score and mid-p may differ at the edge. TooFewPairs below the minimum, PairsError on
    anything but whole numbers from 0.
    """
    for name, k in (("both", both), ("gained", gained), ("lost", lost), ("neither", neither)):
        if isinstance(k, bool) or not isinstance(k, int) or not 0 <= k <= MOST:
            raise PairsError(f"'{name}' is a whole number from 0 to {MOST}, not {k!r}")
    if method not in SOURCES:
        raise PairsError(f"the method is 'tango' or 'newcombe', not {method!r}")
    n = both + gained + lost + neither
    enough(n, minimum)
    z = float(ndtri(1 - (1 - check_level(level)) / 2))
    low, high = _tango(gained, lost, n, z) if method == "tango" else _newcombe(both, gained, lost, neither, z)
    mid, exact = p_values(gained, lost)
    return ShareChange(
        both, gained, lost, neither,
        value=(gained - lost) / n,
        interval=Interval(low, high, level, NAMES[method]),
        p_value=mid,
        p_exact=exact,
        assumptions=ASSUMPTIONS,
        warnings=(CONTROL,) if gained + lost else (CONTROL, "no_change_at_all"),
        sources=(*TESTS, *SOURCES[method]),
    )  # fmt: skip


def shares_of(pairs: Pairs) -> dict[str, int] | None:
    """`both`, `gained`, `lost`, `neither` of pairs whose levels are 0 and 1; None when others occur."""
    found = {"both": 0, "gained": 0, "lost": 0, "neither": 0}
    names = {(1.0, 1.0): "both", (0.0, 1.0): "gained", (1.0, 0.0): "lost", (0.0, 0.0): "neither"}
    for before, after, k in pairs.counts:
        if (before, after) not in names:
            return None
        found[names[before, after]] += k
    return found


def p_values(gained: int, lost: int) -> tuple[float, float]:
    """McNemar's p-values, mid-p and exact, both two-sided. Whole numbers from 0."""
    n, least = gained + lost, min(gained, lost)
    if n == 0:
        return 1.0, 1.0
    whole = float(bdtr(least, n, 0.5))
    below = float(bdtr(least - 1, n, 0.5)) if least else 0.0
    return min(1.0, whole + below), min(1.0, 2 * whole)


def _tango(gained: int, lost: int, n: int, z: float) -> tuple[float, float]:
    """The ends of the differences d that the score test does not refuse; the score falls as d grows."""

    def score(d: float) -> float:
        # q: the most likely chance of a loss when the difference is d, the root of a quadratic
        linear = -gained - lost + (2 * n - gained + lost) * d
        root = math.sqrt(max(linear**2 + 8 * n * lost * d * (1 - d), 0.0))
        away, variance = gained - lost - n * d, n * ((root - linear) / (2 * n) + d * (1 - d))
        if abs(away) < _NEAR:
            return 0.0
        return away / math.sqrt(variance) if variance > 0 else math.copysign(math.inf, away)

    at = (gained - lost) / n
    return _edge(lambda d: score(d) > z, -1.0, at), _edge(lambda d: score(d) >= -z, at, 1.0)


def _edge(still: Callable[[float], bool], low: float, high: float) -> float:
    """The end of the stretch from `low` on where `still` holds, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if still(middle) else (low, middle)
    return high if high - low < _NEAR and still(high) else low


def _newcombe(both: int, gained: int, lost: int, neither: int, z: float) -> tuple[float, float]:
    """Method 10: Wilson's limits of each share, squared and added with the corrected correlation."""
    n = both + gained + lost + neither
    after, before = (both + gained) / n, (both + lost) / n
    low_a, high_a = _wilson(both + gained, n, z)
    low_b, high_b = _wilson(both + lost, n, z)
    phi = _phi(both, gained, lost, neither)
    down, up = after - low_a, high_b - before
    lower = math.sqrt(max(down**2 - 2 * phi * down * up + up**2, 0.0))
    down, up = before - low_b, high_a - after
    upper = math.sqrt(max(down**2 - 2 * phi * down * up + up**2, 0.0))
    return max(-1.0, after - before - lower), min(1.0, after - before + upper)


def _wilson(count: int, n: int, z: float) -> tuple[float, float]:
    middle = (count + z * z / 2) / (n + z * z)
    reach = z * math.sqrt(count * (n - count) / n + z * z / 4) / (n + z * z)
    return middle - reach, middle + reach


def _phi(both: int, gained: int, lost: int, neither: int) -> float:
    """The correlation of the two answers, drawn towards 0 when positive; 0 when a margin is empty."""
    n = both + gained + lost + neither
    margins = (both + gained) * (lost + neither) * (both + lost) * (gained + neither)
    if margins == 0:
        return 0.0
    product = both * neither - gained * lost
    drawn = max(product - n / 2, 0.0) if product > 0 else float(product)
    return drawn / math.sqrt(margins)
