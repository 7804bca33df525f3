"""The best and the near models by BIC of any number of hierarchical ones, found by branch and bound."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import gammaln

from smallcounts.mse.bic_kernel import downhill, downhill_of_draws
from smallcounts.mse.bootstrap import Estimator
from smallcounts.mse.branch_kernel import TAKEN, branch_and_bound, branch_draws, tie
from smallcounts.mse.fits import Problem, fit_model
from smallcounts.mse.lattice import Floats, Ints
from smallcounts.mse.models import Model, interactions, model_name, model_of
from smallcounts.mse.stepwise_kernel import log_tail
from smallcounts.mse.table import CaptureTable

BUDGET: Final = 200_000  # fits in one search
KEPT: Final = 5_000  # near models that are remembered
_HINTS: Final = 12  # near models of the data that each draw's search begins with


@dataclass(frozen=True, slots=True)
class Candidate:
    """One admissible model: its total and its BIC."""

    model: Model
    estimate: float
    bic: float

    @property
    def name(self) -> str:
        return model_name(self.model)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """What a search found: admissible models within the slack, the best first.

    `fits` made; `is_complete`: every other model is proven to be worse than the slack; `masks` (i,) the
    interactions in the order of the search and `states` (m, i) the models in it, for searches on draws.
    """

    candidates: tuple[Candidate, ...]
    fits: int
    is_complete: bool
    masks: Ints
    states: Ints


def branch(
    table: CaptureTable, order: int, *, slack: float = 6.0, strict: bool = True, budget: int = BUDGET
) -> Search:
    """All admissible models whose BIC is within `slack` of the smallest, with proof that there is no other.

    Interactions of at most `order` lists. The likelihood only grows with the model: below a node the BIC is
    at least -2l of the widest model still possible, with the price of the parameters that are certain. Most
    of the 7,785,061 models of six lists are thus never fitted. `strict` as in `fit_models`.
    """
    masks = branching_order(table, order)
    problem = Problem(table)
    flags, count = np.zeros(len(masks), dtype=np.int64), table.k
    begin, _ = downhill(
        masks, count, problem.cells, strict, flags, problem.scratch, problem.work, problem.hess
    )
    states = np.zeros((KEPT, len(masks)), dtype=np.int64)
    scores, unseen = np.empty(KEPT), np.empty(KEPT)
    number, fits, left = branch_and_bound(
        masks, count, problem.cells, strict, begin, slack + tie(begin), budget, states, scores, unseen
    )
    kept = min(number, KEPT)
    ranked = np.argsort(scores[:kept], kind="stable")
    reach = scores[ranked[:1]].min(initial=math.inf) + slack
    near = ranked[scores[ranked] <= reach + tie(begin)]
    constant = 2 * float(gammaln(problem.cells[1:] + 1).sum())
    candidates = tuple(
        Candidate(
            model_of(masks[states[i] == TAKEN].tolist(), count),
            table.n + float(unseen[i]),
            float(scores[i]) + constant,
        )
        for i in near
    )
    return Search(candidates, fits, math.isinf(left) and number <= KEPT, masks, states[near].copy())


def branching_order(table: CaptureTable, order: int) -> Ints:
    """The interactions, smaller ones first, and of one size those that independence fits worst first.

    Leaving out what matters most lowers the bound of a branch most.
    """
    fit, every = fit_model(table), np.arange(1 << table.k)
    pairs = interactions(table.k, 2)
    tails = {}
    for pair in pairs:
        holds = every & pair == pair
        tails[pair] = log_tail(float(table.cells[holds].sum()), float(fit.means[holds].sum()))

    def urgency(mask: int) -> tuple[int, float, int]:
        return mask.bit_count(), sum(t for pair, t in tails.items() if pair & mask == pair), mask

    return np.array(sorted(interactions(table.k, order), key=urgency), dtype=np.int64)


def branch_estimator(
    table: CaptureTable, found: Search, *, strict: bool = True, budget: int = BUDGET
) -> Estimator:
    """The search as a function of counts (b, m) of the table's patterns, to totals (b,).

    Each draw is searched afresh and to the end (or to the budget), from the better of its own downhill model
    and the data's near models. inf where no model is admissible.
    """
    hints, patterns = found.states[:_HINTS].copy(), table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        given, unseen = np.ascontiguousarray(draws, dtype=np.int64), np.empty(len(draws))
        branch_draws(found.masks, table.k, patterns, given, strict, hints, budget, unseen)
        total: Floats = given.sum(axis=1) + unseen
        return total

    return totals


def descend(table: CaptureTable, order: int, *, strict: bool = True) -> tuple[str, float]:
    """The model where the downhill search from the main effects stops, and its total."""
    problem = Problem(table)
    masks = np.array(interactions(table.k, order), dtype=np.int64)
    flags = np.zeros(len(masks), dtype=np.int64)
    _, unseen = downhill(
        masks, table.k, problem.cells, strict, flags, problem.scratch, problem.work, problem.hess
    )
    return model_name(model_of(masks[flags > 0].tolist(), table.k)), table.n + unseen


def descent_estimator(table: CaptureTable, order: int, *, strict: bool = True) -> Estimator:
    """The downhill search as a function of counts (b, m), to totals (b,)."""
    masks, patterns = np.array(interactions(table.k, order), dtype=np.int64), table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        given, unseen = np.ascontiguousarray(draws, dtype=np.int64), np.empty(len(draws))
        downhill_of_draws(masks, table.k, patterns, given, strict, unseen)
        found: Floats = given.sum(axis=1) + unseen
        return found

    return totals
