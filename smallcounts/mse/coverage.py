"""Sample coverage: how much of the group the lists together hold, and the total that follows from it."""

from __future__ import annotations

import math
from itertools import combinations
from types import MappingProxyType
from typing import Final, Generic, Literal, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.chao import SHARED
from smallcounts.mse.lognormal import LEVEL, without
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import Step

Array = NDArray[np.float64]
Form = Literal["auto", "independent", "one-step", "high"]
FORMS: Final = ("auto", "independent", "one-step", "high")
ENOUGH: Final = 0.55  # the coverage from which the authors trust the form for high coverage
DRAWS: Final = 4000
MOST: Final = 12  # lists; 4,096 patterns
CELLS: Final = 1 << 18  # of tables worked on at a time
INTERVAL: Final = "percentile bootstrap"
T = TypeVar("T")
SOURCES: Final = ("chao-tsay-1998", "chao-2001")


class Coverage(NamedTuple, Generic[T]):
    """The coverage Ĉ and the three totals, of one table or of B (B,)."""

    coverage: T
    independent: T
    one_step: T
    high: T


def coverage_totals(cells: NDArray[np.int64], k: int) -> Coverage[Array]:
    """Ĉ and the totals of tables cells (B, 2^k) by mask (chao-tsay-1998; chao-2001).

    Ĉ = 1 − (1/k)Σ_j (seen on j alone)/n_j; D = n − (1/k)Σ_j (seen on j alone); N̂0 = D/Ĉ.
    With A_ij those on i and on none but i and j, plus those on j and on none but j and i, and m_ij those on
    both: N̂1 = N̂0 + Σ A_ij(N'·m_ij/(n_i n_j) − 1)/(kĈ) where N' is the same sum once with N̂0 ("one-step");
    high coverage: Σ_j (on two others or more)/(kĈ − ΣA_ij m_ij/(n_i n_j)). An impossible total is inf.
    """
    table = cells.astype(np.float64)
    masks = np.arange(1 << k)
    n = table.sum(axis=1)
    sizes = np.array([table[:, masks >> j & 1 == 1].sum(axis=1) for j in range(k)])
    alone = np.array([table[:, 1 << j] for j in range(k)])
    with np.errstate(divide="ignore", invalid="ignore"):
        coverage = 1 - (alone / sizes).sum(axis=0) / k
        start = (n - alone.sum(axis=0) / k) / coverage
        pairs = [_pair(table, masks, sizes, i, j) for i, j in combinations(range(k), 2)]
        near = sum(a * m for a, m in pairs)
        apart = sum(a for a, _ in pairs)
        once = start + (start * near - apart) / (k * coverage)
        one_step = start + (once * near - apart) / (k * coverage)
        others = [np.bitwise_count(masks & ~(1 << j)) > 1 for j in range(k)]
        rest = k * coverage - near
        high = sum(table[:, two].sum(axis=1) for two in others) / np.where(rest > 1e-9, rest, np.nan)
    possible = coverage > 1e-9
    return Coverage(
        coverage,
        np.where(possible, start, np.inf),
        np.where(possible & (one_step >= n), one_step, np.inf),
        np.where(possible & (high >= n), high, np.inf),
    )


def _pair(table: Array, masks: NDArray[np.int64], sizes: Array, i: int, j: int) -> tuple[Array, Array]:
    """A_ij and m_ij/(n_i n_j)."""
    both = table[:, masks >> i & masks >> j & 1 == 1].sum(axis=1)
    pair = table[:, (1 << i) | (1 << j)]
    return table[:, 1 << i] + table[:, 1 << j] + 2 * pair, both / (sizes[i] * sizes[j])


def sample_coverage(
    table: CaptureTable, *, form: Form = "auto", level: float = LEVEL, draws: int = DRAWS, seed: int = 1
) -> MethodResult:
    """The total by sample coverage, three lists or more; formulas at `coverage_totals`.

    `form`: "independent", "one-step" (low coverage), "high", or "auto": high when Ĉ ≥ 0.55, else one-step.
    Dependence between pairs of lists is let in, from whatever cause, but not triples. Interval: percentiles
    of `draws` tables drawn from the patterns seen (chao-2001 do so too); draws without a possible total count
    as infinite and are never left out. Checked against CARE1 for three to five lists.
    """
    if table.k < 3:
        raise ValueError("sample coverage needs three lists at least; use chapman for two")
    if table.k > MOST:
        raise ValueError(f"{table.k} lists are too many for sample coverage; at most {MOST}: merge some")
    if form not in FORMS:
        raise ValueError(f"the form is one of {', '.join(FORMS)}, not {form!r}")
    point = Coverage(*(float(x[0]) for x in coverage_totals(table.cells[None, :], table.k)))
    chosen = ("high" if point.coverage >= ENOUGH else "one-step") if form == "auto" else form
    at = {"independent": 1, "one-step": 2, "high": 3}[chosen]
    if not math.isfinite(point[at]):
        why = "no_overlap" if table.overlaps == 0 else "below_observed"
        return without(table, "coverage", chosen, why, level=level, interval=INTERVAL, sources=SOURCES)
    random, shares = np.random.default_rng(seed), table.cells / table.n
    block = max(CELLS >> table.k, 1)  # a hundred megabytes at most at a time
    totals = np.concatenate(
        [
            coverage_totals(random.multinomial(table.n, shares, size=min(block, draws - done)), table.k)[at]
            for done in range(0, draws, block)
        ]
    )
    return _result(table, point, chosen, at, np.asarray(totals), level)


def _result(
    table: CaptureTable, point: Coverage[float], chosen: str, at: int, totals: Array, level: float
) -> MethodResult:
    n, ends = table.n, np.quantile(totals, [(1 - level) / 2, (1 + level) / 2], method="higher")
    warned = {
        "infinite_replicates": not np.isfinite(totals).all(),
        "low_coverage": point.coverage < ENOUGH,
    }
    return MethodResult(
        "coverage", chosen, "interior", n, point[at] - n, point[at], float(ends[0]), float(ends[1]),
        level, INTERVAL,
        warnings=(*(code for code, holds in warned.items() if holds), *overlap_warnings(table)),
        assumptions=(*SHARED, "pairs_only", "only_seen_patterns"),
        sources=SOURCES,
        details=MappingProxyType({**point._asdict(), "draws": len(totals)}),
        steps=(
            Step("Ĉ = 1 − Σ(alone on j / n_j)/k", f"k = {table.k}", f"{point.coverage:.4f}"),
            Step("N̂0 = (n − Σ(alone on j)/k)/Ĉ", f"n = {n}", f"{point.independent:.1f}"),
            Step(f"N̂ ({chosen})", "pairs of lists let depend on each other", f"{point[at]:.1f}"),
        ),
    )  # fmt: skip
