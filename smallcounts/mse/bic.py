"""The best model by BIC of all hierarchical ones, their average, and a bootstrap that repeats the search."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, Final, Literal

import numpy as np

from smallcounts.mse.bootstrap import SOURCES as BOOTSTRAP_SOURCES
from smallcounts.mse.bootstrap import Bootstrap, Progress, bootstrap
from smallcounts.mse.branch import Search, branch, branch_estimator, descend, descent_estimator
from smallcounts.mse.details import (
    boot_details,
    boot_warnings,
    final_steps,
    fit_details,
    fit_warnings,
    without_number,
)
from smallcounts.mse.fits import Fit, fit_model
from smallcounts.mse.model_space import fit_models, model_space, search_estimator
from smallcounts.mse.models import model_name
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.words import LOG_LINEAR

METHOD: Final = "bic"
SOURCES: Final = ("silverman-2024", "schwarz-1978", "fienberg-rinaldo-2012")
NEAR: Final = (2.0, 6.0)  # differences of BIC: hardly worse, and clearly worse
AVERAGED: Final = 14.0  # a model so much worse has less than a thousandth of the best one's weight
MOST_LISTS: Final = 8
_LISTED: Final = 4  # lists up to which it is quicker to go through all models than to branch
_MOST_DRAWS, _SECONDS, _PER_FIT = 50_000, 50.0, 4e-7  # draws in so long; a fit takes 2^k of the last

Kind = Literal["all", "downhill"]


def bic(
    table: CaptureTable,
    *,
    max_order: int | None = None,
    draws: int | None = None,
    seed: int = 1,
    level: float = 0.95,
    strict: bool = True,
    top: int | None = None,
    search: Kind = "all",
    progress: Progress | None = None,
) -> MethodResult:
    """The total under the model of the smallest BIC, and what the others say.

    `max_order`: lists in one interaction at most, by default all but one. `draws` bootstrap tables repeat the
    whole search (0: no interval), over the data's `top` models when given. "downhill" steps from the main
    effects to better neighbours and may stop before the best. The details hold the models within 6 of the
    best, and the average by exp(-BIC/2). Not for few overlaps: read `models` before the number. Sources:
    silverman-2024, schwarz-1978. CaptureError for more than eight lists.
    """
    order = table.k - 1 if max_order is None else max_order
    _check(table.k, order)
    found = branch(table, order, slack=AVERAGED, strict=strict)
    if not found.candidates:
        return without_number(table, METHOD, level, SOURCES)
    greedy = descend(table, order, strict=strict)
    boots, draws = None, default_draws(table, order, search) if draws is None else draws
    if draws > 0:
        if search == "downhill":
            repeat = descent_estimator(table, order, strict=strict)
        elif top is None and table.k > _LISTED:
            repeat = branch_estimator(table, found, strict=strict)
        else:
            fitted = fit_models(table, model_space(table.k, order), strict=strict)
            repeat = search_estimator(table, fitted, strict=strict, top=top)
        levels = sorted({0.8, level})
        boots = bootstrap(table, repeat, draws=draws, seed=seed, levels=levels, progress=progress)
    own = {"max_order": order, "search": search, **_others(found, greedy)}
    model = greedy[0] if search == "downhill" else found.candidates[0].name
    return _result(table, fit_model(table, model), boots, level, own)


def default_draws(table: CaptureTable, order: int, search: Kind) -> int:
    """As many draws as take under a minute on one core, judged by the fits that the data take."""
    fits = 10 * table.k if search == "downhill" else branch(table, order, slack=0.0).fits
    return int(min(max(_SECONDS / (fits * _PER_FIT * 2**table.k), 200), _MOST_DRAWS))


def _check(k: int, order: int) -> None:
    if not 2 <= order < k and k > 2:
        raise CaptureError(f"interactions of {k} lists hold 2 to {k - 1} lists, not {order}")
    if k > MOST_LISTS:
        raise CaptureError(f"{k} lists are too many to search all models; at most {MOST_LISTS}: merge some")


def _others(found: Search, greedy: tuple[str, float]) -> dict[str, Any]:
    """The near models with their weights, and the average over all that weigh anything."""
    scores = np.array([one.bic for one in found.candidates])
    totals = np.array([one.estimate for one in found.candidates])
    weights = np.exp(-(scores - scores[0]) / 2)
    weights /= weights.sum()
    near = int((scores - scores[0] <= NEAR[1]).sum())
    models = [
        {
            "model": one.name,
            "estimate": one.estimate,
            "bic": one.bic,
            "difference": one.bic - found.candidates[0].bic,
            "weight": float(weight),
        }
        for one, weight in zip(found.candidates[:near], weights, strict=False)
    ]
    ordered = np.argsort(totals)
    middle = ordered[np.searchsorted(np.cumsum(weights[ordered]), 0.5)]
    return {
        "models": models,
        "within_2": int((scores - scores[0] <= NEAR[0]).sum()),
        "within_6": near,
        "average": float(weights @ totals),
        "weighted_median": float(totals[middle]),
        "fits": found.fits,
        "is_complete": found.is_complete,
        "downhill_model": greedy[0],
        "downhill_estimate": greedy[1],
    }


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
    if not own["is_complete"]:
        codes.append("search_unfinished")
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
                f"{own['fits']} fits; every other model is worse by {AVERAGED:g} or more",
                f"{model_name(fit.model)}: {fit.bic:.4f}; {own['within_2']} within 2, itself among them",
            ),
            *final_steps(fit, boots, level),
        ),
    )
