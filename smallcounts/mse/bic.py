"""The best model by BIC of all hierarchical ones, their average, and a bootstrap that repeats the search."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np

from smallcounts.mse.bic_kernel import best_of_draws, downhill, downhill_of_draws
from smallcounts.mse.bootstrap import SOURCES as BOOTSTRAP_SOURCES
from smallcounts.mse.bootstrap import Bootstrap, Estimator, Progress, bootstrap
from smallcounts.mse.details import boot_details, boot_warnings, final_steps, fit_details, fit_warnings
from smallcounts.mse.fits import Fit, Problem, existence, fit_model
from smallcounts.mse.lattice import Floats, Ints
from smallcounts.mse.model_space import FittedModels, fit_models, model_space
from smallcounts.mse.models import MAX_LISTED, interactions, model_name, model_of
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.words import LOG_LINEAR

METHOD: Final = "bic"
SOURCES: Final = ("silverman-2024", "schwarz-1978", "fienberg-rinaldo-2012")
DRAWS: Final = ((113, 50_000), (1_024, 30_000), (6_893, 10_000), (40_000, 1_000))  # models, draws in a minute
NEAR: Final = (2.0, 6.0)  # differences of BIC: hardly worse, and clearly worse

Search = Literal["exhaustive", "downhill"]


def bic(
    table: CaptureTable,
    *,
    max_order: int | None = None,
    draws: int | None = None,
    seed: int = 1,
    level: float = 0.95,
    strict: bool = True,
    top: int | None = None,
    search: Search = "exhaustive",
    progress: Progress | None = None,
) -> MethodResult:
    """The total under the model of the smallest BIC, and what the others say.

    `max_order`: lists in one interaction at most; by default all but one, and 2 for six lists. `draws`
    bootstrap tables repeat the whole search (0: no interval), over the data's `top` models when given.
    "downhill" steps from the main effects to better neighbours and may stop before the best. The details hold
    the models within 2 and 6 of the best, and the average by exp(-BIC/2). Not for few overlaps: read `models`
    before the number. Sources: silverman-2024, schwarz-1978. CaptureError for too many models.
    """
    order = default_order(table.k) if max_order is None else max_order
    check_space(table.k, order)
    fitted = fit_models(table, model_space(table.k, order), strict=strict)
    ranked = fitted.ranked()
    if not len(ranked):
        return _unbounded(table, level)
    greedy = descend(table, order, strict=strict)
    model = greedy[0] if search == "downhill" else fitted.space.name(int(ranked[0]))
    boots, draws = None, default_draws(fitted, search) if draws is None else draws
    if draws > 0:
        repeat = (
            descent_estimator(table, order, strict=strict)
            if search == "downhill"
            else search_estimator(table, fitted, strict=strict, top=top)
        )
        levels = sorted({0.8, level})
        boots = bootstrap(table, repeat, draws=draws, seed=seed, levels=levels, progress=progress)
    own = {"max_order": order, "search": search, **_greedy(greedy), **_others(table, fitted, ranked)}
    return _result(table, fit_model(table, model), boots, level, own)


def default_draws(fitted: FittedModels, search: Search) -> int:
    """As many draws as take under a minute on one core."""
    if search == "downhill":
        return 10_000
    return next(draws for models, draws in DRAWS if len(fitted.space.codes) <= models)


def default_order(k: int) -> int:
    """All but one list up to five; pairs beyond."""
    return min(k - 1, 4) if k <= 5 else 2


def check_space(k: int, order: int) -> None:
    """CaptureError when the models cannot be fitted one and all."""
    if order < 2 and k > 2:
        raise CaptureError(f"an interaction needs two lists; {order} is no order to search to")
    few = k <= 5 or (k == MAX_LISTED and order == 2)
    if not few:
        raise CaptureError(
            f"{k} lists with interactions of up to {order} have too many models to fit one and all; "
            "search them by branch and bound, or take the downhill search of pairs"
        )


def search_estimator(
    table: CaptureTable, fitted: FittedModels, *, strict: bool = True, top: int | None = None
) -> Estimator:
    """The search as a function of counts (b, m) of the table's patterns, to totals (b,).

    Models are tried in their order on the data, so that the best so far is soon good and most are passed
    over by their bound. `top`: only so many of the data's best.
    """
    space, rows = fitted.space, fitted.ranked()
    others = np.setdiff1d(np.arange(len(space.codes)), rows)
    tried = np.concatenate([rows, others]) if top is None else rows[:top]
    codes, sizes = space.codes[tried].copy(), space.sizes[tried].copy()
    alphas, patterns = fitted.alphas[tried].copy(), table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        unseen, chosen = np.empty(len(draws)), np.empty(len(draws), dtype=np.int64)
        given = np.ascontiguousarray(draws, dtype=np.int64)
        best_of_draws(
            codes, sizes, alphas, space.masks, space.closed, table.k, patterns, given, strict, unseen, chosen
        )
        found: Floats = given.sum(axis=1) + unseen
        return found

    return totals


def descend(table: CaptureTable, order: int, *, strict: bool = True) -> tuple[str, float, float]:
    """The model where the downhill search stops, its BIC less the constant, and its total."""
    problem = Problem(table)
    masks = np.array(interactions(table.k, order), dtype=np.int64)
    flags = np.zeros(len(masks), dtype=np.int64)
    score, unseen = downhill(
        masks, table.k, problem.cells, strict, flags, problem.scratch, problem.work, problem.hess
    )
    return model_name(model_of(masks[flags > 0].tolist(), table.k)), score, table.n + unseen


def descent_estimator(table: CaptureTable, order: int, *, strict: bool = True) -> Estimator:
    """The downhill search as a function of counts (b, m), to totals (b,)."""
    masks, patterns = np.array(interactions(table.k, order), dtype=np.int64), table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        given, unseen = np.ascontiguousarray(draws, dtype=np.int64), np.empty(len(draws))
        downhill_of_draws(masks, table.k, patterns, given, strict, unseen)
        found: Floats = given.sum(axis=1) + unseen
        return found

    return totals


def _others(table: CaptureTable, fitted: FittedModels, ranked: Ints) -> dict[str, Any]:
    """The near models with their weights, and the average over all admitted ones."""
    scores = fitted.bic[ranked]
    weights = np.exp(-(scores - scores[0]) / 2)
    weights /= weights.sum()
    totals = table.n + fitted.unseen[ranked]
    near = int((scores - scores[0] <= NEAR[1]).sum())
    models = [
        {
            "model": fitted.space.name(int(row)),
            "estimate": float(totals[i]),
            "bic": float(scores[i]),
            "difference": float(scores[i] - scores[0]),
            "weight": float(weights[i]),
        }
        for i, row in enumerate(ranked[:near])
    ]
    ordered = np.argsort(totals)
    middle = ordered[np.searchsorted(np.cumsum(weights[ordered]), 0.5)]
    return {
        "candidates": len(fitted.space.codes),
        "admitted": len(ranked),
        "bounded_but_not_admitted": int((fitted.is_bounded & ~fitted.is_admitted).sum()),
        "models": models,
        "within_2": int((scores - scores[0] <= NEAR[0]).sum()),
        "within_6": near,
        "average": float(weights @ totals),
        "weighted_median": float(totals[middle]),
    }


def _greedy(found: tuple[str, float, float]) -> dict[str, Any]:
    return {"downhill_model": found[0], "downhill_estimate": found[2]}


def _result(
    table: CaptureTable, fit: Fit, boots: Bootstrap | None, level: float, own: dict[str, Any]
) -> MethodResult:
    limits = boots.limits[level] if boots else None
    totals = [model["estimate"] for model in own["models"]]
    codes = list(fit_warnings(table, fit))
    if max(totals) > 2 * min(totals):
        codes.append("near_models_differ")
    if own["downhill_model"] != own["models"][0]["model"]:
        codes.append("greedy_differs")
    assumptions = (*LOG_LINEAR, "model_searched", "selection_repeated", "only_seen_patterns")
    return MethodResult(
        method=METHOD,
        model=model_name(fit.model),
        state=fit.state,
        observed=table.n,
        unseen=fit.unseen,
        estimate=fit.estimate,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        level=level,
        interval_method="bca" if limits else "none",
        warnings=(*codes, *boot_warnings(boots, level)),
        assumptions=assumptions if boots else assumptions[:-2],
        sources=(*SOURCES, *BOOTSTRAP_SOURCES) if boots else SOURCES,
        details=MappingProxyType({**own, **fit_details(fit), **boot_details(boots)}),
        steps=(
            Step(
                "smallest -2l + |Γ| log n",
                f"{own['admitted']} of {own['candidates']} models",
                f"{model_name(fit.model)}: {fit.bic:.4f}; {own['within_2']} others and itself within 2",
            ),
            *final_steps(fit, boots, level),
        ),
    )


def _unbounded(table: CaptureTable, level: float) -> MethodResult:
    """The answer where no model bounds the unseen."""
    found = existence(table)
    code = "no_overlap" if table.overlaps == 0 else "unbounded"
    return MethodResult(
        METHOD, found.model, "unbounded", table.n, math.inf, math.inf, None, None, level, "none",
        warnings=(code,), assumptions=LOG_LINEAR, sources=SOURCES,
    )  # fmt: skip
