"""Ranks as they deserve: with the interval that shows how little they say."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smallcounts.rates.intervals import LEVEL, check_level
from smallcounts.rates.results import RateError, Step, aligned, footnotes
from smallcounts.results import Cell

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Rank 1 is the highest rate. All arrays (n,), in the areas' own order. Made by `ranks`."""

    expected: Array
    lower: Array
    upper: Array
    probability_top: Array
    top: int
    level: float
    draws: int
    assumptions: tuple[str, ...]
    warnings: tuple[str, ...]
    sources: tuple[str, ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """A dict per area: expected rank, lower, upper, probability_top."""
        columns = (self.expected, self.lower, self.upper, self.probability_top)
        return [
            {"expected": float(m), "lower": float(a), "upper": float(b), "probability_top": float(p)}
            for m, a, b, p in zip(*columns, strict=True)
        ]

    def summary(self) -> str:
        """The width of the intervals first, then the areas, as text."""
        width = float(np.median(self.upper - self.lower))
        head = (
            f"{len(self.expected)} areas; {self.level:.4g} rank intervals are {width:g} places wide (median)"
        )
        return f"{head}\n{aligned(self.to_rows())}\n{footnotes(self.assumptions, self.warnings)}"

    def explain(self) -> tuple[Step, ...]:
        """The calculation in steps."""
        n = len(self.expected)
        return (
            Step("rank the areas in every draw, 1 = highest", f"{self.draws} draws of {n} areas", "–"),
            Step(f"probability_top = share of draws with rank ≤ {self.top}", f"{self.draws} draws", "–"),
        )


def ranks(draws: ArrayLike, *, top: int, level: float = LEVEL) -> Ranks:
    """What posterior draws say of each area's rank.

    draws (k, n): k joint draws of n rates, from `spatial(…).draws`, `shrink(…).draws` or the like;
    top: P(rank ≤ top) is given. lower and upper leave at most (1 - level)/2 of the
    draws outside at each end. Ties share their mean rank. Use it to show that a rank is hardly known, or the
    probability of being among the top; never print the ranks without the interval.
    RateError unless draws is a finite table and 1 ≤ top ≤ n. Sources: Laird & Louis 1989; Goldstein &
    Spiegelhalter 1996.
    """
    values = np.asarray(draws, dtype=np.float64)
    if values.ndim != 2 or values.size == 0:
        raise RateError(f"draws are a table (draws, areas), not {values.shape}")
    k, n = values.shape
    if not 1 <= top <= n:
        raise RateError(f"top is a number of areas from 1 to {n}, not {top}")
    if not np.isfinite(values).all():
        raise RateError("a draw is not a finite number")
    tail = (1 - check_level(level)) / 2
    tally, tied = _tally(values)
    rank = (np.arange(tally.shape[1]) + 2) / 2  # 1, 1½, 2 …
    reached = np.cumsum(tally, axis=1)
    result = (
        tally @ rank / k,
        rank[(reached > tail * k * (1 + 1e-12)).argmax(axis=1)],
        rank[(reached >= (1 - tail) * k * (1 - 1e-12)).argmax(axis=1)],
        reached[:, 2 * (top - 1)] / k,
    )
    for array in result:
        array.flags.writeable = False
    return Ranks(
        *result, top, level, k, ("draws_represent_posterior",), ("ties",) if tied else (),
        ("laird-louis-1989", "goldstein-spiegelhalter-1996"),
    )  # fmt: skip


def _tally(values: Array) -> tuple[NDArray[np.int64], bool]:
    """How often each area had each rank, (n, 2n - 1) in half steps, and whether any draws were equal.

    Sorting once and counting is several times faster than ranking each draw. Equal values share the mean of
    their places, so that the order of the areas never decides.
    """
    k, n = values.shape
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    fresh = np.ones((k, n), dtype=bool)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    place = np.broadcast_to(2 * np.arange(n), (k, n))
    tied = not fresh.all()
    if tied:
        group = np.cumsum(fresh.ravel()) - 1
        mean = np.bincount(group, weights=place.ravel()) / np.bincount(group)
        place = np.rint(mean[group]).astype(np.int64).reshape(k, n)
    cells = (order * (2 * n - 1) + place).ravel()
    return np.bincount(cells, minlength=n * (2 * n - 1)).reshape(n, 2 * n - 1), tied
