"""Two lists and what is known of each person: independence needed only among persons who are alike."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from smallcounts.mse.chao import SHARED
from smallcounts.mse.logistic import logistic, several
from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.reading import CaptureError
from smallcounts.mse.results import MethodResult
from smallcounts.mse.strata import StrataTable
from smallcounts.rates.results import Step

Array = NDArray[np.float64]
Learner = Literal["logit", "multinomial"]

METHOD: Final = "doubly robust"
SOURCES: Final = ("das-2024",)
FOLDS: Final = 5
SPLITS: Final = 11  # random divisions into folds; their median, since an unlucky one moves the answer far
MARGIN: Final = 0.005  # the least probability that is divided by
FEW: Final = 50  # persons a fold should have; fewer folds below that


class Nuisance(NamedTuple):
    """Probabilities among those seen of being on the first list, the second, both: (n,) each."""

    first: Array
    second: Array
    both: Array


def doubly_robust(
    captures: ArrayLike,
    traits: ArrayLike,
    *,
    pair: tuple[int, int] = (0, 1),
    learner: Learner = "logit",
    level: float = LEVEL,
    folds: int = FOLDS,
    splits: int = SPLITS,
    seed: int = 1,
) -> MethodResult:
    """The total from two lists that are independent among persons with the same traits (das-2024).

    captures (n, k) of 0/1, one row a person seen on any of k lists; traits (n, d) numbers, levels as 0/1
    columns; `pair` the two lists. With q1(x), q2(x), q12(x) the probabilities among those seen of being on
    one, the other, both: 1/ψ̂ = mean[(q1 q2/q12)(Y1/q1 + Y2/q2 − Y1 Y2/q12)], at least 1, N̂ = n/ψ̂, each q
    fitted on the other folds ("logit": three logistic regressions; "multinomial": one) and not below 0.005.
    se² = n·var(φ) + n/ψ̂(1/ψ̂ − 1). Errors in the q count only as their product, which is what doubly robust
    means. Interval: N̂ ± z·se, at least n.

    Right only if the traits explain all dependence of the two lists; a flexible learner on few overlaps does
    more harm than good. CaptureError on rows that cannot be right.
    """
    y1, y2, design = checked(captures, traits, pair)
    check_learner(learner)
    n, both = len(y1), int((y1 * y2).sum())
    if both == 0:
        return MethodResult(
            METHOD, learner, "refused", n, None, None, None, None, level, "normal",
            ("no_overlap",), SHARED, SOURCES,
        )  # fmt: skip
    random = np.random.default_rng(seed)
    parts = max(1, min(folds, n // FEW))
    found = [_once(y1, y2, design, learner, parts, random) for _ in range(splits)]
    inverse, plug, variance = (float(np.median(column)) for column in zip(*found, strict=True))
    inverse = max(inverse, 1.0)
    error = math.sqrt(n * variance + n * inverse * (inverse - 1))
    return _result(n, both, inverse, plug, error, learner, level)


def persons(table: StrataTable) -> tuple[NDArray[np.int64], Array]:
    """One row a person: captures (n, k), and traits (n, d), a 0/1 column for each level but the first."""
    captures, traits = [], []
    for place, count in np.ndenumerate(table.counts):
        if count:
            captures.append(np.tile([place[-1] >> j & 1 for j in range(table.k)], (int(count), 1)))
            levels = zip(place[:-1], table.factors, strict=True)
            row = [float(at == i) for at, factor in levels for i in range(1, len(factor.levels))]
            traits.append(np.tile(row, (int(count), 1)))
    return np.concatenate(captures).astype(np.int64), np.concatenate(traits)


def check_learner(learner: str) -> None:
    if learner not in ("logit", "multinomial"):
        raise ValueError(f"the learner is 'logit' or 'multinomial', not {learner!r}")


def checked(captures: ArrayLike, traits: ArrayLike, pair: tuple[int, int]) -> tuple[Array, Array, Array]:
    """Who is on the first list, who on the second (n,), the design (n, 1 + d); the row at fault is named."""
    matrix, known = np.asarray(captures), np.asarray(traits, dtype=np.float64)
    if matrix.ndim != 2 or known.ndim != 2 or len(matrix) != len(known):
        raise CaptureError("captures and traits are tables with one row for each person, equally many")
    if not np.isin(matrix, (0, 1)).all():
        row = int(np.flatnonzero(~np.isin(matrix, (0, 1)).all(axis=1))[0])
        raise CaptureError(
            f"row {row + 1}: a list holds {matrix[row].tolist()}; write 1 for on it, 0 for not"
        )
    faults = {
        "is on no list": matrix.sum(axis=1) == 0,
        "has a trait that is no number": ~np.isfinite(known).all(axis=1),
    }
    for what, bad in faults.items():
        if bad.any():
            raise CaptureError(f"row {int(np.flatnonzero(bad)[0]) + 1}: the person {what}; take the row away")
    first, second = pair
    if first == second or not {first, second} <= set(range(matrix.shape[1])):
        raise CaptureError(f"the pair {pair} must name two of the lists 0 to {matrix.shape[1] - 1}")
    spread = known.std(axis=0)
    scaled = (known - known.mean(axis=0))[:, spread > 0] / spread[spread > 0]
    design = np.column_stack([np.ones(len(known)), scaled])
    return matrix[:, first].astype(np.float64), matrix[:, second].astype(np.float64), design


def _once(
    y1: Array, y2: Array, design: Array, learner: str, folds: int, random: np.random.Generator
) -> tuple[float, float, float]:
    """1/ψ̂, its plug-in, and the variance of φ for one division into folds."""
    fold = random.permutation(np.arange(len(y1)) % folds)
    inverses, plugs, variances = [], [], []
    for at in range(folds):
        here = fold == at
        there = ~here if folds > 1 else here
        q = nuisance(y1[there], y2[there], design[there], design[here], learner)
        gamma = q.first * q.second / q.both
        a, b = y1[here], y2[here]
        phi = gamma * (a / q.first + b / q.second - a * b / q.both)
        inverses.append(max(float(phi.mean()), 1.0))
        plugs.append(float(gamma.mean()))
        variances.append(float(phi.var(ddof=1)))
    return float(np.mean(inverses)), float(np.mean(plugs)), float(np.mean(variances))


def nuisance(y1: Array, y2: Array, design: Array, at: Array, learner: str) -> Nuisance:
    """The three probabilities for the rows of `at`, made to agree with each other."""
    if learner == "multinomial":
        kinds = np.column_stack([y1 * y2, y1 * (1 - y2), (1 - y1) * y2, (1 - y1) * (1 - y2)])
        kinds = kinds[:, kinds.any(axis=0)] if not kinds[:, 3].any() else kinds
        shares = several(design, kinds, at)
        first, second, both = shares[:, 0] + shares[:, 1], shares[:, 0] + shares[:, 2], shares[:, 0]
    else:
        first, second, both = (logistic(design, y, at) for y in (y1, y2, y1 * y2))
    both = np.maximum(both, MARGIN)
    first = np.clip(first, both, 1.0)
    second = np.maximum(both / first, np.minimum(np.minimum(second, 1 + both - first), 1.0))
    return Nuisance(first, second, both)


def _result(
    n: int, both: int, inverse: float, plug: float, error: float, learner: str, level: float
) -> MethodResult:
    total, z = n * inverse, float(ndtri((1 + level) / 2))
    return MethodResult(
        METHOD, learner, "interior", n, total - n, total, max(total - z * error, float(n)), total + z * error,
        level, "normal",
        warnings=("few_overlaps",) if both < 30 else (),
        assumptions=(*SHARED, "independent_given_traits"),
        sources=SOURCES,
        details=MappingProxyType(
            {"on_both": both, "coverage": 1 / inverse, "plug_in": n * plug, "standard_error": error}
        ),
        steps=(
            Step(
                "1/ψ = mean[(q1 q2/q12)(Y1/q1 + Y2/q2 − Y1 Y2/q12)]",
                f"n = {n}, on both {both}",
                f"{inverse:.4f}",
            ),
            Step("N̂ = n/ψ", f"{n} · {inverse:.4f}", f"{total:.1f}"),
        ),
    )  # fmt: skip
