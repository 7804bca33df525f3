"""What moves the answer: a list less, two lists made one, one person, an assumption nobody can test."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np

from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.graphs import MOST_LISTS
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import estimator, stepwise
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import RateError

XI: Final = (0.25, 0.35, 0.5, 0.71, 1.0, 1.41, 2.0, 2.83, 4.0)
Estimate = float | None


@dataclass(frozen=True, slots=True)
class Refit:
    """The answer with the lists arranged otherwise: `change` "without NG" or "PF+NCA"; totals None where
    there is none, inf where there is no bound."""

    change: str
    observed: int
    on_several: int
    stepwise: Estimate
    average: Estimate


@dataclass(frozen=True, slots=True)
class Dial:
    """N(ξ) = n + ξ·n̂0: what the total would be if the untestable assumption were off by a factor ξ.

    `rows` (ξ, N); `halves`, `doubles`: the ξ that halve or double the total, None where no ξ above 0 does.
    """

    observed: int
    unseen: float
    rows: tuple[tuple[float, float], ...]
    halves: Estimate
    doubles: float


@dataclass(frozen=True, slots=True)
class Influence:
    """One person put in or taken out of a pattern; `change`: the total then as a share of the old, − 1."""

    pattern: tuple[str, ...]
    count: int
    moved: int
    estimate: float
    change: float


def rearranged(table: CaptureTable, *, threshold: float, progress: Progress | None = None) -> Iterator[Refit]:
    """Each list left out, then each two lists made one: the stepwise total and the average over graphs.

    Lists left out take with them the persons nobody else met. Three lists at least.
    """
    if table.k < 3:
        return
    pairs = combinations(range(table.k), 2)
    others = [(f"without {name}", table.without(j)) for j, name in enumerate(table.lists)]
    others += [(f"{table.lists[i]}+{table.lists[j]}", table.merged(i, j)) for i, j in pairs]
    for done, (change, other) in enumerate(others, 1):
        yield refit(other, change, threshold)
        if progress is not None:
            progress(done, len(others))


def refit(table: CaptureTable, change: str, threshold: float) -> Refit:
    """The two totals of one arrangement of the lists."""
    found = stepwise(table, threshold=threshold, draws=0)
    return Refit(change, table.n, table.overlaps, found.estimate, average(table))


def average(table: CaptureTable) -> Estimate:
    """The median over decomposable graphs; None where there are too many lists or persons for it."""
    if table.k > MOST_LISTS or table.overlaps == 0:
        return None
    try:
        return decomposable_average(table).estimate
    except RateError:
        return None


def dial(found: MethodResult) -> Dial | None:
    """The total over ξ (aleshin-guendel-2024): log μ_∅ is the model's plus log ξ, and ξ = 1 is assumed.

    Nothing in the lists can tell ξ. None where there is no finite total.
    """
    if found.unseen is None or found.estimate is None or not math.isfinite(found.unseen):
        return None
    n, unseen, total = found.observed, found.unseen, found.estimate
    if unseen <= 0:
        return Dial(n, unseen, tuple((xi, float(n)) for xi in XI), None, math.inf)
    halves = (total / 2 - n) / unseen
    rows = tuple((xi, n + xi * unseen) for xi in XI)
    return Dial(n, unseen, rows, halves if halves > 0 else None, (2 * total - n) / unseen)


def influence(table: CaptureTable, *, threshold: float) -> tuple[Influence, ...]:
    """The stepwise total with one person more and one less of each pattern seen, and one in each pair unseen.

    Largest change first. A total without a bound counts as the largest. The person is moved in no direction:
    a slip of the pen, a match missed, a name misread.
    """
    pairs = [(1 << i) | (1 << j) for i, j in combinations(range(table.k), 2)]
    empty = [mask for mask in pairs if mask not in set(table.patterns.tolist())]
    masks = np.array([*table.patterns.tolist(), *empty], dtype=np.int64)
    counts = np.concatenate([table.counts, np.zeros(len(empty), dtype=np.int64)])
    order = np.argsort(masks)
    wide = CaptureTable(table.lists, masks[order], counts[order])
    totals = estimator(wide, threshold=threshold)
    base = float(totals(wide.counts[None, :])[0])
    rows = []
    for moved in (1, -1):
        able = np.flatnonzero(wide.counts + moved >= 0)
        tables = wide.counts + moved * np.eye(len(masks), dtype=np.int64)[able]
        rows += [
            _one(wide, at, moved, total, base)
            for at, total in zip(able.tolist(), totals(tables), strict=True)
        ]
    return tuple(sorted(rows, key=lambda row: -abs(math.log1p(row.change)) if row.change > -1 else -math.inf))


def _one(table: CaptureTable, at: int, moved: int, total: float, base: float) -> Influence:
    mask = int(table.patterns[at])
    names = tuple(name for j, name in enumerate(table.lists) if mask >> j & 1)
    value = math.inf if math.isnan(total) else float(total)
    change = value / base - 1 if math.isfinite(base) else 0.0
    return Influence(names, int(table.counts[at]), moved, value, change)
