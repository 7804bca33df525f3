"""Bootstrap of a whole search for a model, and limits corrected for bias and skewness (BCa)."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from smallcounts.mse.lattice import Floats, Ints
from smallcounts.mse.table import CaptureTable

SOURCES = ("efron-1987", "chan-2021", "hyndman-fan-1996")
LEVELS = (0.5, 0.8, 0.9, 0.95)
FEW = 1000  # replicates below which the ends are mostly chance
SMALLEST_BLOCK, LARGEST_BLOCK = 20, 2000
THREADS = min(os.cpu_count() or 1, 4)  # the kernels let go of the interpreter's lock
_TAIL = 5  # replicates that should lie beyond an end
_SAME = 1e-9  # totals closer than this share of themselves are the same

Progress = Callable[[int, int], None]  # called with (done, total) after each block; may raise to stop
Estimator = Callable[[Ints], Floats]  # counts (b, m) of the observed patterns to totals (b,)


@dataclass(frozen=True, slots=True)
class Bca:
    """Limits at one level: where each was read among the replicates, and the codes of what went wrong."""

    level: float
    lower: float
    upper: float
    lower_at: float
    upper_at: float
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """The replicates of a procedure. `z0` the bias, `acceleration` the skewness; `limits` by level.

    `totals` (B,) estimates in the order drawn, inf where unbounded; `jackknife` (m,) the estimate with one
    person less of each pattern; `infinite` how many replicates have no bound.
    """

    estimate: float
    totals: Floats
    jackknife: Floats
    z0: float
    acceleration: float
    infinite: int
    limits: Mapping[float, Bca]
    warnings: tuple[str, ...]


def bootstrap(
    table: CaptureTable,
    estimator: Estimator,
    *,
    draws: int,
    seed: int = 1,
    levels: Sequence[float] = LEVELS,
    progress: Progress | None = None,
) -> Bootstrap:
    """Runs `estimator` on `draws` multinomial tables of the same persons, and on each with one person less.

    Counts are drawn from Multinomial(n; n_s/n) over the patterns seen: a pattern nobody has stays empty, so
    the bootstrap cannot make an overlap that was not there. A replicate without a bound counts as infinite
    and is never left out: leaving it out would pull the upper limit down. The estimator runs in some threads
    at once; the draws and their order are the same whatever their number. Sources: efron-1987, chan-2021.
    """
    rng = np.random.default_rng(seed)
    shares = table.counts / table.counts.sum()
    estimate = float(estimator(table.counts[np.newaxis].copy())[0])
    jackknife = estimator(np.ascontiguousarray(table.counts - np.eye(len(table.counts), dtype=np.int64)))
    totals = np.empty(draws)
    with ThreadPoolExecutor(max_workers=THREADS) as pool:
        try:
            parts = [
                (stop, pool.submit(estimator, rng.multinomial(table.n, shares, size=stop - start)))
                for start, stop in blocks(draws)
            ]
            for stop, part in parts:
                found = part.result()
                totals[stop - len(found) : stop] = found
                if progress is not None:
                    progress(stop, draws)
        finally:
            pool.shutdown(cancel_futures=True)
    return summarise(estimate, totals, jackknife, table.counts, levels)


def blocks(draws: int) -> Iterator[tuple[int, int]]:
    """The draws in about a hundred blocks, so that progress can be told and the work stopped."""
    size = min(max(draws // 100, SMALLEST_BLOCK), LARGEST_BLOCK)
    for start in range(0, draws, size):
        yield start, min(start + size, draws)


def summarise(
    estimate: float, totals: Floats, jackknife: Floats, counts: NDArray[np.int64], levels: Sequence[float]
) -> Bootstrap:
    """z0, the acceleration and the limits at each level from replicates and jackknife values."""
    totals = np.where(np.isnan(totals), np.inf, totals)
    acceleration, codes = _acceleration(jackknife, counts)
    z0, one_sided = _bias(totals, estimate)
    infinite = int(np.isinf(totals).sum())
    if one_sided:
        codes.append("all_on_one_side")
    if infinite:
        codes.append("infinite_replicates")
    if len(totals) < FEW:
        codes.append("few_replicates")
    ordered = np.sort(totals)
    limits = {level: limits_at(ordered, level, z0, acceleration) for level in levels}
    return Bootstrap(
        estimate, totals, jackknife, z0, acceleration, infinite, MappingProxyType(limits), tuple(codes)
    )


def _bias(totals: Floats, estimate: float) -> tuple[float, bool]:
    """Φ⁻¹ of the share of replicates below the estimate, and whether all lie on one side of it.

    A replicate equal to the estimate counts half, whatever its last digits say. With all on one side half a
    replicate is kept on the other: Φ⁻¹ of 0 or 1 would be infinite.
    """
    above, below = (totals > estimate * (1 + _SAME)).sum(), (totals < estimate * (1 - _SAME)).sum()
    count = float(below + (len(totals) - above - below) / 2)
    held = min(max(count, 0.5), len(totals) - 0.5)
    return float(ndtri(held / len(totals))), held != count


def _acceleration(jackknife: Floats, counts: NDArray[np.int64]) -> tuple[float, list[str]]:
    """Σ n d³ / (6 (Σ n d²)^1.5), d = mean - value: one value a pattern, weighted by its persons."""
    if not np.isfinite(jackknife).all():
        return 0.0, ["jackknife_unbounded"]
    weights = counts / counts.sum()
    away = float(weights @ jackknife) - jackknife
    square = float(counts @ away**2)
    if square <= 0:
        return 0.0, []
    return float(counts @ away**3) / (6 * square**1.5), []


def limits_at(ordered: Floats, level: float, z0: float, acceleration: float) -> Bca:
    """The two ends of sorted replicates, read at Φ(z0 + (z0 + z)/(1 - a(z0 + z))) (efron-1987)."""
    codes: list[str] = []
    ends, places = [], []
    for tail in ((1 - level) / 2, (1 + level) / 2):
        shift = z0 + float(ndtri(tail))
        room = 1 - acceleration * shift
        if room <= 0:
            codes.append("acceleration_breaks")
            at = 1.0 if shift > 0 else 0.0
        else:
            at = float(ndtr(z0 + shift / room))
        if min(at, 1 - at) * len(ordered) < _TAIL:
            codes.append("extreme_replicate")
        places.append(at)
        ends.append(quantile(ordered, at))
    if math.isinf(ends[1]):
        codes.append("limit_unbounded")
    return Bca(level, ends[0], ends[1], places[0], places[1], tuple(dict.fromkeys(codes)))


def quantile(ordered: Floats, at: float) -> float:
    """The quantile of sorted values between those around h = (B + 1/3)·p + 1/3, type 8 (hyndman-fan-1996).

    An infinite neighbour makes it infinite when it has any weight at all.
    """
    size = len(ordered)
    place = (size + 1 / 3) * at + 1 / 3
    below = min(max(math.floor(place + 4e-16 * size), 1), size)
    share = place - below
    low, high = float(ordered[below - 1]), float(ordered[min(below, size - 1)])
    if abs(share) < 4e-16 * size or low == high or place <= 1 or below == size:
        return low
    return low + share * (high - low)
