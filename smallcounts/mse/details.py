"""What the log-linear methods put into their results: figures, warnings and steps."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from smallcounts.mse.bootstrap import Bootstrap
from smallcounts.mse.fits import Fit, fit_model
from smallcounts.mse.models import model_name
from smallcounts.mse.overlap_warnings import overlap_warnings
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.words import LOG_LINEAR


def fit_details(fit: Fit) -> dict[str, Any]:
    """The figures of a fit that go into a result's details."""
    return {
        "log_likelihood": fit.log_likelihood,
        "deviance": fit.deviance,
        "residual_df": fit.residual_df,
        "parameters": fit.parameters,
        "bic": fit.bic,
        "aic": fit.aic,
        "error_log_unseen": fit.error_log_unseen,
        "published_code": fit.existence.code,
    }


def boot_details(boots: Bootstrap | None) -> Mapping[str, Any]:
    """The figures of a bootstrap that go into a result's details."""
    if boots is None:
        return {}
    return {
        "draws": len(boots.totals),
        "z0": boots.z0,
        "acceleration": boots.acceleration,
        "infinite_replicates": boots.infinite,
        "limits": {f"{at:g}": [b.lower, b.upper, b.lower_at, b.upper_at] for at, b in boots.limits.items()},
    }


def boot_warnings(boots: Bootstrap | None, level: float) -> tuple[str, ...]:
    """The warnings of a bootstrap and of its limits at the level."""
    if boots is None:
        return ()
    return tuple(dict.fromkeys((*boots.warnings, *boots.limits[level].warnings)))


def fit_warnings(table: CaptureTable, fit: Fit) -> tuple[str, ...]:
    """What to beware of in a fit: its state, and how few persons it rests on."""
    by_state = {"boundary": "boundary", "unbounded": "unbounded", "not_converged": "not_converged"}
    codes = [by_state[fit.state]] if fit.state in by_state else []
    if fit.existence.none_unseen:
        codes.append("none_unseen")
    return (*codes, *overlap_warnings(table))


def final_steps(fit: Fit, boots: Bootstrap | None, level: float) -> tuple[Step, ...]:
    """The last steps of the explanation: the number, and where the interval was read."""
    steps = [
        Step(
            "n̂0 = exp(α̂ of no list)", f"exp({fit.coefficients[0]:.6g}), {model_name(fit.model)}",
            f"{fit.unseen:,.1f} unseen",
        )
    ]  # fmt: skip
    if boots is not None:
        limits = boots.limits[level]
        steps.append(
            Step(
                "Φ(z0 + (z0 + z)/(1 - a(z0 + z)))",
                f"z0 = {boots.z0:.4f}, a = {boots.acceleration:.5f}, B = {len(boots.totals)}",
                f"read at {limits.lower_at:.4f} and {limits.upper_at:.4f}: "
                f"{limits.lower:,.0f} to {limits.upper:,.0f}",
            )
        )
    return tuple(steps)


def without_number(table: CaptureTable, method: str, level: float, sources: tuple[str, ...]) -> MethodResult:
    """The answer of a search that has no model to choose: unbounded, or nobody left to be unseen.

    What the independence fit says is the reason: every model of a search holds the main effects.
    """
    fit = fit_model(table)
    none = fit.existence.none_unseen
    return MethodResult(
        method=method,
        model=model_name(fit.model),
        state="boundary" if none else "unbounded",
        observed=table.n,
        unseen=0.0 if none else math.inf,
        estimate=float(table.n) if none else math.inf,
        lower=None,
        upper=None,
        level=level,
        interval_method="none",
        warnings=(*(("none_unseen",) if none else ("unbounded",)), *overlap_warnings(table)),
        assumptions=LOG_LINEAR,
        sources=sources,
    )
