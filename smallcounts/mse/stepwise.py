"""Forward stepwise choice of pair interactions, with the whole search bootstrapped."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from smallcounts.mse.bootstrap import SOURCES as BOOTSTRAP_SOURCES
from smallcounts.mse.bootstrap import Bootstrap, Progress, bootstrap
from smallcounts.mse.details import (
    boot_details,
    boot_warnings,
    final_steps,
    fit_details,
    fit_warnings,
    without_number,
)
from smallcounts.mse.fits import Fit, Problem, fit_model
from smallcounts.mse.lattice import Floats, Ints
from smallcounts.mse.models import lists_of, model_name, model_of, pairs
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.stepwise_kernel import FAILED, UNBOUNDED, log_tail, search_many, search_pairs
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.words import LOG_LINEAR

METHOD: Final = "stepwise"
THRESHOLD: Final = 0.02  # the smallest mean error of log n0 over 28 simulated settings (chan-2021)
DRAWS: Final = 50_000  # with fewer, the lower end is read among the last few replicates
SOURCES: Final = ("chan-2021", "silverman-2024", "fienberg-rinaldo-2012")


def stepwise(
    table: CaptureTable,
    *,
    threshold: float = THRESHOLD,
    draws: int | None = None,
    seed: int = 1,
    level: float = 0.95,
    strict: bool = True,
    progress: Progress | None = None,
) -> MethodResult:
    """Adds the pair with the smallest Poisson tail while that is under the threshold; never takes one away.

    The tail of a pair: min{P(X <= m), P(X >= m)}, m persons on both lists, X Poisson with the fitted number.
    A pair whose model has no identified maximum is passed over; with `strict=False` only one whose model
    leaves the unseen unbounded. The main effects are tested too: lists without overlap give "unbounded". The
    interval repeats the whole search in `draws` bootstrap tables (0: none; 50,000 to seven lists). Not for
    lists that depend three at a time, nor for few overlaps. Sources: chan-2021, silverman-2024.
    """
    if not 0 <= threshold <= 1:
        raise ValueError(f"the threshold is a share between 0 and 1, such as 0.02, not {threshold!r}")
    problem = Problem(table)
    masks = np.array(pairs(table.k), dtype=np.int64)
    chosen = np.zeros(len(masks), dtype=np.int64)
    end, m, unseen, _ = search_pairs(
        masks, table.k, problem.cells, _log(threshold), strict, chosen, problem.scratch, problem.work,
        problem.hess,
    )  # fmt: skip
    fit = fit_model(table, model_of(chosen[:m].tolist(), table.k))
    if end == UNBOUNDED or fit.existence.none_unseen:
        return without_number(table, METHOD, level, SOURCES)
    if end == FAILED:
        return _failed(table, fit, level)
    boots, draws = None, default_draws(table.k) if draws is None else draws
    if draws > 0:
        boots = bootstrap(
            table, estimator(table, threshold=threshold, strict=strict),
            draws=draws, seed=seed, levels=sorted({0.8, level}), progress=progress,
        )  # fmt: skip
    path = _path(table, chosen[:m].tolist())
    return _result(table, fit, float(unseen), path, boots, level, threshold)


def default_draws(k: int) -> int:
    """50,000 to seven lists; each list more makes a draw some four times as long."""
    return max(DRAWS >> 2 * max(k - 7, 0), 1000)


def estimator(table: CaptureTable, *, threshold: float = THRESHOLD, strict: bool = True) -> Any:
    """The search as a function of counts (b, m) of the table's patterns, to totals (b,)."""
    masks = np.array(pairs(table.k), dtype=np.int64)
    patterns = table.patterns.copy()

    def totals(draws: Ints) -> Floats:
        size = len(draws)
        unseen, models, ends = np.empty(size), np.empty(size, np.int64), np.empty(size, np.int64)
        given = np.ascontiguousarray(draws, dtype=np.int64)
        search_many(masks, table.k, patterns, given, _log(threshold), strict, unseen, models, ends)
        found: Floats = given.sum(axis=1) + unseen
        return found

    return totals


def _log(threshold: float) -> float:
    return math.log(threshold) if threshold > 0 else -math.inf


def _path(table: CaptureTable, chosen: list[int]) -> list[dict[str, Any]]:
    """Each step: the pair added, persons on both, persons fitted before it was added, its tail."""
    path = []
    for at, pair in enumerate(chosen):
        fit = fit_model(table, model_of(chosen[:at], table.k))
        holds = np.arange(len(fit.means)) & pair == pair
        fitted, seen = float(fit.means[holds].sum()), int(table.cells[holds].sum())
        names = "+".join(table.lists[j] for j in lists_of(pair))
        tail = math.exp(log_tail(float(seen), fitted))
        path.append({"pair": names, "on_both": seen, "fitted": fitted, "tail": tail, "total": fit.estimate})
    return path


def _failed(table: CaptureTable, fit: Fit, level: float) -> MethodResult:
    """The answer where a fit of the search did not converge: no number."""
    return MethodResult(
        METHOD, model_name(fit.model), "not_converged", table.n, None, None, None, None, level, "none",
        warnings=("not_converged",), assumptions=LOG_LINEAR, sources=SOURCES,
    )  # fmt: skip


def _result(
    table: CaptureTable, fit: Fit, unseen: float, path: list[dict[str, Any]], boots: Bootstrap | None,
    level: float, threshold: float,
) -> MethodResult:  # fmt: skip
    limits = boots.limits[level] if boots else None
    warnings = (*fit_warnings(table, fit), *boot_warnings(boots, level))
    assumptions = (*LOG_LINEAR, "model_searched", "selection_repeated", "only_seen_patterns")
    return MethodResult(
        method=METHOD,
        model=model_name(fit.model),
        state=fit.state,
        observed=table.n,
        unseen=unseen,
        estimate=table.n + unseen,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        level=level,
        interval_method="bca" if limits else "none",
        warnings=warnings,
        assumptions=assumptions if boots else assumptions[:-2],
        sources=(*SOURCES, *BOOTSTRAP_SOURCES) if boots else SOURCES,
        details=MappingProxyType(
            {"threshold": threshold, "path": path, **fit_details(fit), **boot_details(boots)}
        ),
        steps=tuple(
            Step(
                "min{P(X ≤ m), P(X ≥ m)}, X Poisson",
                f"{s['pair']}: {s['on_both']} against {s['fitted']:.4g}",
                f"{s['tail']:.3g} < {threshold:g}: added",
            )
            for s in path
        ) + final_steps(fit, boots, level),
    )  # fmt: skip
