"""Independent lists, without the bias that few overlaps bring: Darroch's equation with moved counts."""

from __future__ import annotations

import math

import numpy as np
from scipy.optimize import brentq

from smallcounts.mse.chao import SHARED
from smallcounts.mse.lognormal import LEVEL, answer, without
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import Step

MODEL = "independence"
SOURCES = ("darroch-1958", "rivest-levesque-2001", "seber-1982")


def darroch_root(n: float, sizes: np.ndarray) -> float:
    """The N above n with 1 − n/N = Π(1 − n_j/N) (darroch-1958); inf when there is none.

    n persons on any list, sizes (k,) persons on each, both above 0 and not necessarily whole.
    """
    if not sizes.sum() > n:
        return math.inf
    missing = n - np.asarray(sizes, dtype=np.float64)

    def gap(t: float) -> float:
        unseen = math.exp(t)
        return t - float(np.log(unseen + missing).sum()) + (len(sizes) - 1) * math.log(unseen + n)

    low, high = -40.0, math.log(n) + 1
    while gap(high) < 0:
        high += 5
        if high > 600:
            return math.inf
    if gap(low) >= 0:
        return n
    return n + math.exp(float(brentq(gap, low, high, xtol=1e-14, rtol=1e-15)))


def darroch(table: CaptureTable, *, level: float = LEVEL, bias_corrected: bool = True) -> MethodResult:
    """Independent lists (model Mt), bias corrected (rivest-levesque-2001): the plainest estimate there is.

    Darroch's equation with n_j + (k+2)/(2k) for the sizes and n + k/2 for those seen, and k/2 taken off the
    root. se² = 1/(1/(N−n) + (k−1)/N − Σ1/(N−n_j)). Interval: log-normal. Wrong by as much as lists depend on
    each other, which is nearly always: a starting point, not an answer. Refused when nobody is on two lists.
    """
    n, k = table.n, table.k
    if table.overlaps == 0:
        return without(
            table, "darroch", MODEL, "no_overlap", level=level, assumptions=SHARED, sources=SOURCES
        )
    moved = k / 2 if bias_corrected else 0.0
    sizes = np.array(table.sizes, dtype=np.float64) + ((k + 2) / (2 * k) if bias_corrected else 0.0)
    root = darroch_root(n + moved, sizes)
    precision = 1 / (root - n - moved) + (k - 1) / root - float((1 / (root - sizes)).sum())
    error = math.sqrt(1 / precision) if precision > 0 else math.inf
    numbers = f"n = {n}, a = {moved:g}, n_j = {', '.join(map(str, table.sizes))}"
    return answer(
        table, "darroch", MODEL, root - moved - n, error, level=level,
        assumptions=(*SHARED, "lists_independent", "persons_alike"), sources=SOURCES,
        details={"bias_corrected": bias_corrected},
        steps=(
            Step("1 − (n+a)/M = Π(1 − (n_j+b)/M)", numbers, f"M = {root:.2f}"),
            Step("n̂0 = M − a − n", f"{root:.2f} − {moved:g} − {n}", f"{root - moved - n:.1f}"),
        ),
    )  # fmt: skip
