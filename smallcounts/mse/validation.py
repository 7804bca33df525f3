"""The lists tested on a truth they know: each list in turn is the population, and persons are taken away."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Final

import numpy as np

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import estimator
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.results import Cell

LEAST: Final = 30  # persons of a list that others must have met before it can be a test
KEPT: Final = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
TABLES: Final = 200

Method = Callable[[CaptureTable], MethodResult]


@dataclass(frozen=True, slots=True)
class Trial:
    """One method on one list whose size is known.

    `truth` persons on the list, `observed` of them on another, `on_several` on two others or more; `log_bias`
    log(estimate/truth), None without a finite estimate; `covered` whether the limits hold the truth, None
    without limits; `counts` whether others met enough of the list for it to count as a test.
    """

    list_name: str
    method: str
    truth: int
    observed: int
    on_several: int
    state: str
    estimate: float | None
    lower: float | None
    upper: float | None
    log_bias: float | None
    covered: bool | None
    counts: bool

    def to_row(self) -> dict[str, Cell]:
        """One plain dict."""
        row = asdict(self)
        return {
            **row,
            "covered": None if self.covered is None else int(self.covered),
            "counts": int(self.counts),
        }


@dataclass(frozen=True, slots=True)
class Score:
    """One method over all lists that count: how many, mean log bias, share of limits that hold the truth."""

    method: str
    lists: int
    mean_log_bias: float | None
    coverage: float | None


def validate(
    table: CaptureTable, methods: Sequence[tuple[str, Method]], *, progress: Progress | None = None
) -> Iterator[Trial]:
    """Each list taken as the whole population, estimated by each method from the other lists.

    (binette-steorts-2022.) Persons on the list and no other are its unseen, and known. That a method finds
    these does not prove that it finds those on no list; that it fails is a reason not to believe it.
    """
    for j, name in enumerate(table.lists):
        on = table.patterns >> j & 1 == 1
        elsewhere = np.bitwise_count(table.patterns[on]).astype(np.int64) - 1
        known = [int(table.counts[on][elsewhere >= least].sum()) for least in (0, 1, 2)]
        for method, run in methods:
            yield _tested(table, name, method, run, (known[0], known[1], known[2]))
        if progress is not None:
            progress(j + 1, table.k)


def _tested(table: CaptureTable, name: str, method: str, run: Method, known: tuple[int, int, int]) -> Trial:
    truth, met, _ = known
    try:
        found = run(table.given(name))
    except (CaptureError, ValueError):
        return Trial(name, method, *known, "refused", None, None, None, None, None, met >= LEAST)
    finite = found.estimate is not None and math.isfinite(found.estimate)
    bias = math.log(found.estimate / truth) if finite and found.estimate else None
    covered = None
    if found.lower is not None and found.upper is not None:
        covered = found.lower <= truth <= found.upper
    return Trial(
        name,
        method,
        *known,
        found.state,
        found.estimate,
        found.lower,
        found.upper,
        bias,
        covered,
        met >= LEAST,
    )


def scores(tests: Sequence[Trial]) -> tuple[Score, ...]:
    """Mean log bias and coverage by method, over the lists that count. An unbounded total covers nothing."""
    rows = []
    for method in dict.fromkeys(test.method for test in tests):
        own = [test for test in tests if test.method == method and test.counts]
        biases = [test.log_bias for test in own if test.log_bias is not None]
        held = [test.covered is True for test in own]
        rows.append(
            Score(
                method,
                len(own),
                float(np.mean(biases)) if biases else None,
                float(np.mean(held)) if held else None,
            )
        )
    return tuple(rows)


def trajectory(
    table: CaptureTable,
    *,
    threshold: float,
    kept: Sequence[float] = KEPT,
    tables: int = TABLES,
    seed: int = 1,
) -> tuple[dict[str, Cell], ...]:
    """The stepwise total had fewer records been made: each record of a person on a list is kept by chance.

    One row a share kept: persons left (median), total (median and quartiles over `tables` draws), total over
    persons, and the share of draws without a bound. A total that climbs all the way to the end has not
    settled, and would likely climb on with more records (binette-steorts-2022 plot N̂(n)/n).
    """
    random = np.random.default_rng(seed)
    k = table.k
    wide = CaptureTable(table.lists, np.arange(1, 1 << k), table.cells[1:])
    totals = estimator(wide, threshold=threshold)
    rows: list[dict[str, Cell]] = []
    for share in kept:
        drawn = thinned(table, share, tables if share < 1 else 1, random)
        found = totals(np.ascontiguousarray(drawn[:, 1:]))
        found = np.where(np.isnan(found), np.inf, found)
        low, middle, high = np.quantile(found, [0.25, 0.5, 0.75], method="higher").tolist()
        persons = float(np.median(drawn[:, 1:].sum(axis=1)))
        rows.append(
            {
                "kept": share,
                "persons": persons,
                "estimate": middle,
                "lower_quartile": low,
                "upper_quartile": high,
                "ratio": middle / persons if persons else math.inf,
                "unbounded": float(np.isinf(found).mean()),
            }
        )
    return tuple(rows)


def thinned(table: CaptureTable, share: float, draws: int, random: np.random.Generator) -> np.ndarray:
    """Tables (draws, 2^k) when each record stays with probability `share`; who loses all is in cell 0."""
    size = 1 << table.k
    found = np.zeros((draws, size), dtype=np.int64)
    inside = np.arange(size)
    for mask, count in zip(table.patterns.tolist(), table.counts.tolist(), strict=True):
        subsets = inside[inside & mask == inside]
        left = np.bitwise_count(subsets).astype(np.float64)
        chances = share**left * (1 - share) ** (mask.bit_count() - left)
        found[:, subsets] += random.multinomial(count, chances / chances.sum(), size=draws)
    return found
