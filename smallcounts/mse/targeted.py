"""Two lists and what is known of each person: probabilities moved until the total needs no mending."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, ndtri

from smallcounts.mse.chao import SHARED
from smallcounts.mse.doubly_robust import (
    FEW,
    FOLDS,
    MARGIN,
    SPLITS,
    Array,
    Learner,
    Nuisance,
    check_learner,
    checked,
    nuisance,
)
from smallcounts.mse.lognormal import LEVEL
from smallcounts.mse.results import MethodResult
from smallcounts.rates.results import Step

METHOD: Final = "targeted"
SOURCES: Final = ("das-2024", "van-der-laan-rubin-2006")
LEAST: Final = 1e-6  # probability of a pattern that somebody may have
MOST: Final = 200  # steps; the likelihood rises in each
CLOSE: Final = 1e-8  # what is left of the mean, in shares of 1/ψ, when the steps may end
ENOUGH: Final = 0.01  # of its standard error: with more left after all steps there is no answer


class Moved(NamedTuple):
    """1/ψ after the last step, variance of φ there, steps taken, and the mean of φ − Γ that is left."""

    inverse: float
    variance: float
    steps: int
    left: float


def targeted(
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
    """The total from two lists independent given traits, by targeted likelihood (van-der-laan-rubin-2006).

    Input, nuisances and folds as in `doubly_robust`. With Γ = q1 q2/q12 and
    φ = Γ (Y1/q1 + Y2/q2 − Y1 Y2/q12) (das-2024), the probabilities of the patterns (both, first alone,
    second alone, neither), fitted on the other folds, are moved a step at a time on the logit, weighted by
    how much φ hangs on them, until mean[φ − Γ] = 0. Then 1/ψ̂ = mean Γ, at least 1; N̂, its error and
    interval as there.

    First order equal to `doubly_robust`; being a plug-in of probabilities that agree with each other it bears
    a few persons with small q12 better. Right only if the traits explain all dependence of the two lists.
    "not_converged" when a mean is left; CaptureError on rows that cannot be right.
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
    return _result(n, both, found, learner, level)


def _once(
    y1: Array, y2: Array, design: Array, learner: Learner, folds: int, random: np.random.Generator
) -> Moved:
    """One division into folds: probabilities from the other folds, moved together."""
    fold = random.permutation(np.arange(len(y1)) % folds)
    shares = np.empty((len(y1), 4))
    kinds = np.column_stack([y1 * y2, y1 * (1 - y2), (1 - y1) * y2, (1 - y1) * (1 - y2)])
    for at in range(folds):
        here = fold == at
        there = ~here if folds > 1 else here
        q = nuisance(y1[there], y2[there], design[there], design[here], learner)
        shares[here] = patterns(q, may_be_neither=bool(kinds[:, 3].any()))
    return move(shares, kinds)


def patterns(q: Nuisance, *, may_be_neither: bool) -> Array:
    """Probabilities (n, 4) of both, first alone, second alone, neither; none impossible that may be."""
    shares = np.column_stack([q.both, q.first - q.both, q.second - q.both, 1 - q.first - q.second + q.both])
    shares = np.maximum(shares, [MARGIN, LEAST, LEAST, LEAST])
    if not may_be_neither:
        shares[:, 3] = 0.0
    found: Array = shares / shares.sum(axis=1, keepdims=True)
    return found


def move(shares: Array, kinds: Array) -> Moved:
    """Moves pattern probabilities (n, 4) until the mean of φ over the `kinds` seen (n, 4) is that of Γ.

    A step after which more is left than before was too long: the next ones are half as long.
    """
    before, pace = math.inf, 1.0
    for step in range(MOST + 1):
        gamma, phi = influence(shares)
        seen = (phi * kinds).sum(axis=1)
        left = float((seen - gamma).mean())
        inverse = max(float(gamma.mean()), 1.0)
        if abs(left) < CLOSE * inverse or step == MOST:
            break
        pace = pace / 2 if abs(left) > before else min(1.0, 1.2 * pace)
        before = abs(left)
        shares = _moved(shares, phi, kinds, pace)
    return Moved(inverse, float(seen.var(ddof=1)), step, left)


def influence(shares: Array) -> tuple[Array, Array]:
    """Γ (n,) and φ (n, 4) by pattern: Γ(1/q1 + 1/q2 − 1/q12), Γ/q1, Γ/q2, 0."""
    both = shares[:, 0]
    first, second = both + shares[:, 1], both + shares[:, 2]
    gamma = first * second / both
    of_both = gamma * (1 / first + 1 / second - 1 / both)
    return gamma, np.column_stack([of_both, gamma / first, gamma / second, np.zeros(len(both))])


def _moved(shares: Array, phi: Array, kinds: Array, pace: float) -> Array:
    """One step along the three questions that make up a pattern: both? if not, neither? if not, the first?

    The answer to each is worth D = φ(yes) − E φ(no), and logit(probability) + ε sign(D) with weight |D| has
    the score mean[φ − Γ] at ε = 0. ε by Newton's method: the score falls in ε. `pace`: how much of ε is gone.
    """
    alone = shares[:, 1] + shares[:, 2]
    first = shares[:, 1] / alone
    chances = np.stack([shares[:, 0], shares[:, 3] / (1 - shares[:, 0]), first])
    of_one = first * phi[:, 1] + (1 - first) * phi[:, 2]
    of_rest = chances[1] * phi[:, 3] + (1 - chances[1]) * of_one
    worth = np.stack([phi[:, 0] - of_rest, phi[:, 3] - of_one, phi[:, 1] - phi[:, 2]])
    asked = np.stack([np.ones(len(shares)), 1 - kinds[:, 0], kinds[:, 1] + kinds[:, 2]])
    weight, answer = asked * worth, kinds.T[[0, 3, 1]]
    logits, signs, length = logit(chances), np.sign(worth), 0.0
    for _ in range(50):
        now = expit(logits + length * signs)
        slope = float((np.abs(weight) * now * (1 - now)).sum())
        change = float((weight * (answer - now)).sum()) / max(slope, 1e-300)
        length += min(max(change, -1.0), 1.0)
        if abs(change) < 1e-10:
            break
    both, neither, first = expit(logits + pace * length * signs)
    one = (1 - both) * (1 - neither)
    return np.column_stack([both, one * first, one * (1 - first), (1 - both) * neither])


def _result(n: int, both: int, found: list[Moved], learner: str, level: float) -> MethodResult:
    inverse, variance = (float(np.median([one[at] for one in found])) for at in (0, 1))
    holds = all(abs(one.left) <= ENOUGH * math.sqrt(one.variance / n) for one in found)
    total, z = n * inverse, float(ndtri((1 + level) / 2))
    error = math.sqrt(n * variance + n * inverse * (inverse - 1))
    few = ("few_overlaps",) if both < 30 else ()
    return MethodResult(
        METHOD,
        learner,
        "interior" if holds else "not_converged",
        n,
        total - n if holds else None,
        total if holds else None,
        max(total - z * error, float(n)) if holds else None,
        total + z * error if holds else None,
        level,
        "normal",
        warnings=few if holds else ("not_converged", *few),
        assumptions=(*SHARED, "independent_given_traits"),
        sources=SOURCES,
        details=MappingProxyType(
            {
                "on_both": both,
                "coverage": 1 / inverse,
                "standard_error": error,
                "moves": max(one.steps for one in found),
                "left": max(abs(one.left) for one in found),
            }
        ),
        steps=(
            Step("probabilities moved until mean[φ − Γ] = 0", f"n = {n}, on both {both}", f"{inverse:.4f}"),
            Step("N̂ = n · mean Γ", f"{n} · {inverse:.4f}", f"{total:.1f}"),
        ),
    )
