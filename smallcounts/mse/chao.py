"""Chao's lower bound from those seen once and twice, and Chapman's estimate from two lists."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.lognormal import LEVEL, answer, without
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureTable
from smallcounts.rates.results import Step

MODEL = "lower bound"
SOURCES = ("chao-1987", "rivest-baillargeon-2007")
SHARED = ("closed_population", "perfect_matching", "one_definition", "everyone_reachable")


def frequencies(table: CaptureTable) -> NDArray[np.int64]:
    """Persons on exactly 1, 2 … k lists (k,)."""
    number = np.bitwise_count(table.patterns).astype(np.int64)
    return np.bincount(number, weights=table.counts, minlength=table.k + 1)[1:].astype(np.int64)


def chao(table: CaptureTable, *, level: float = LEVEL, bias_corrected: bool = True) -> MethodResult:
    """Chao's lower bound for how many there are (chao-1987, rivest-baillargeon-2007).

    f1, f2: persons on exactly one and two of k lists. n̂0 = (k−1)/k · f1(f1−1)/(2(f2+1)), or without bias
    correction (k−1)/k · f1²/(2f2). At least so many are unseen if lists are used independently of each
    other, however persons differ. Where lists avoid each other (referral instead of reporting twice) it is
    no bound at all: the UK's exceeds other estimates of the total. Interval: log-normal. State "refused"
    when nobody is on two lists exactly and no correction is asked for.
    """
    k, (f1, f2) = table.k, (float(f) for f in frequencies(table)[:2])
    if f2 == 0 and not bias_corrected:
        return without(
            table, "chao", MODEL, "no_pairs_seen", level=level, assumptions=SHARED, sources=SOURCES
        )
    share = (k - 1) / k
    if bias_corrected:
        unseen, variance = _corrected(f1, f2, share)
        formula, numbers = "(k−1)/k · f1(f1−1)/(2(f2+1))", f"{k - 1}/{k} · {f1:g}·{f1 - 1:g}/(2·{f2 + 1:g})"
    else:
        unseen, ratio = share * f1**2 / (2 * f2), f1 / f2
        variance = f2 * (share * ratio**2 / 2 + share**2 * ratio**3 + share**2 * ratio**4 / 4)
        formula, numbers = "(k−1)/k · f1²/(2·f2)", f"{k - 1}/{k} · {f1:g}²/(2·{f2:g})"
    return answer(
        table, "chao", MODEL, unseen, math.sqrt(variance), level=level, warnings=("lower_bound",),
        assumptions=(*SHARED, "lists_independent", "lower_bound_needs"), sources=SOURCES,
        details={"f1": f1, "f2": f2, "bias_corrected": bias_corrected},
        steps=(Step(f"n̂0 = {formula}", numbers, f"{unseen:.1f}"),),
    )  # fmt: skip


def _corrected(f1: float, f2: float, share: float) -> tuple[float, float]:
    """The bias-corrected bound for the unseen and the variance of the total."""
    unseen = share * f1 * (f1 - 1) / (2 * (f2 + 1))
    product = f1 * (f1 - 1) * (f1**2 + 4 * f1 * f2 + 3 * f1 - 6 * f2 - 6)
    return unseen, max(unseen + share**2 * product / (4 * (f2 + 1) ** 2 * (f2 + 2)), 0.0)


def chapman(table: CaptureTable, *, level: float = LEVEL) -> MethodResult:
    """Two lists, independent: N̂ = (n1+1)(n2+1)/(m+1) − 1 (chapman-1951), m persons on both.

    se² = (n1+1)(n2+1)(n1−m)(n2−m)/((m+1)²(m+2)) (seber-1982). Interval: log-normal. Nothing in two lists can
    show whether they are independent: if police send everyone to one shelter, m is large and N̂ too small.
    ValueError unless there are two lists; refused when nobody is on both.
    """
    if table.k != 2:
        raise ValueError(f"Chapman's estimate is for two lists, not {table.k}; use darroch for more")
    n, (n1, n2), both = table.n, table.sizes, int(table.cells[3])
    if both == 0:
        return without(table, "chapman", "[1,2]", "no_overlap", level=level, assumptions=SHARED)
    total = (n1 + 1) * (n2 + 1) / (both + 1) - 1
    variance = (n1 + 1) * (n2 + 1) * (n1 - both) * (n2 - both) / ((both + 1) ** 2 * (both + 2))
    step = Step("M = (n1+1)(n2+1)/(m+1) − 1", f"({n1}+1)({n2}+1)/({both}+1) − 1", f"{total:.1f}")
    return answer(
        table, "chapman", "[1,2]", total - n, math.sqrt(variance), level=level,
        assumptions=(*SHARED, "lists_independent"), sources=("chapman-1951", "seber-1982"),
        details={"on_both": both}, steps=(step,),
    )  # fmt: skip
