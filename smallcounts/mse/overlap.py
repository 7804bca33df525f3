"""How lists share persons, and whether two lists seek or avoid the same ones, as far as others can tell."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.special import ndtri

from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.table import CaptureTable
from smallcounts.results import Cell

AVOID: Final = "avoid"
SEEK: Final = "seek"
OPEN: Final = "not shown"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list: persons on it, on others too, and on it alone."""

    name: str
    size: int
    shared: int
    alone: int


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two lists. `on_both` persons; `on_both_only` on these two and no other.

    `odds_ratio` of being on one when on the other, among the `elsewhere` persons whom some third list has
    met, half a person added to each cell; `lower`, `upper` its limits; None with two lists. `verdict`:
    "avoid" (upper below 1), "seek" (lower above 1) or "not shown".
    """

    first: str
    second: str
    on_both: int
    on_both_only: int
    elsewhere: int
    odds_ratio: float | None
    lower: float | None
    upper: float | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Overlap:
    """The overlap table: `observed` persons, `on_several` on two lists or more, `by_number` on 1, 2 … lists.

    `lists`, `pairs`: one row each. `patterns`: names of lists and the persons with exactly these, most first
    (for an UpSet picture).
    Cells of a few persons are for the analyst: what leaves the house goes through disclosure control.
    """

    observed: int
    on_several: int
    by_number: tuple[int, ...]
    lists: tuple[ListRow, ...]
    pairs: tuple[PairRow, ...]
    patterns: tuple[tuple[tuple[str, ...], int], ...]

    def to_rows(self) -> list[dict[str, Cell]]:
        """One plain dict a pair of lists."""
        names = ("first", "second", "on_both", "on_both_only", "odds_ratio", "lower", "upper", "verdict")
        return [{name: getattr(pair, name) for name in names} for pair in self.pairs]

    @property
    def avoiding(self) -> tuple[PairRow, ...]:
        """Pairs of lists that avoid each other."""
        return tuple(pair for pair in self.pairs if pair.verdict == AVOID)


def overlap(table: CaptureTable, *, level: float = LEVEL) -> Overlap:
    """Who shares whom with whom.

    The odds ratio of a pair is taken among persons that a third list has met, where all four cells can be
    seen: log OR ± z·√(1/a + 1/b + 1/c + 1/d), with half a person added to each. It says what holds among
    those; nobody can say it of persons on no list.
    """
    number = np.bitwise_count(table.patterns)
    by_number = np.bincount(number, weights=table.counts, minlength=table.k + 1)[1:]
    return Overlap(
        observed=table.n,
        on_several=table.overlaps,
        by_number=tuple(int(count) for count in by_number),
        lists=tuple(_list(table, j) for j in range(table.k)),
        pairs=tuple(_pair(table, i, j, level) for i, j in combinations(range(table.k), 2)),
        patterns=_patterns(table),
    )


def _list(table: CaptureTable, j: int) -> ListRow:
    alone = int(table.counts[table.patterns == 1 << j].sum())
    return ListRow(table.lists[j], table.sizes[j], table.sizes[j] - alone, alone)


def _pair(table: CaptureTable, i: int, j: int, level: float) -> PairRow:
    on_i, on_j = table.patterns >> i & 1 == 1, table.patterns >> j & 1 == 1
    others = table.patterns & ~((1 << i) | (1 << j))
    cells = [
        int(table.counts[(others > 0) & (on_i == first) & (on_j == second)].sum())
        for first, second in ((True, True), (True, False), (False, True), (False, False))
    ]
    both = int(table.counts[on_i & on_j].sum())
    only = int(table.counts[on_i & on_j & (others == 0)].sum())
    names = table.lists[i], table.lists[j]
    if table.k == 2:
        return PairRow(*names, both, only, 0, None, None, None, OPEN)
    a, b, c, d = (cell + 0.5 for cell in cells)
    middle, width = math.log(a * d / (b * c)), _width(a, b, c, d, level)
    lower, upper = math.exp(middle - width), math.exp(middle + width)
    verdict = AVOID if upper < 1 else SEEK if lower > 1 else OPEN
    return PairRow(*names, both, only, sum(cells), math.exp(middle), lower, upper, verdict)


def _width(a: float, b: float, c: float, d: float, level: float) -> float:
    return float(ndtri((1 + level) / 2)) * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)


def _patterns(table: CaptureTable) -> tuple[tuple[tuple[str, ...], int], ...]:
    rows = zip(table.patterns.tolist(), table.counts.tolist(), strict=True)
    named = [(tuple(n for j, n in enumerate(table.lists) if mask >> j & 1), count) for mask, count in rows]
    return tuple(sorted(named, key=lambda row: (-row[1], row[0])))
