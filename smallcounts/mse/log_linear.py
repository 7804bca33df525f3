"""One log-linear model as a method: independence, or a model named by the user, with profile limits."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import Final, Literal

from scipy.special import ndtri

from smallcounts.mse.decomposable import SOURCES as CLOSED_FORM
from smallcounts.mse.decomposable import describe, is_decomposable
from smallcounts.mse.details import final_steps, fit_details, fit_warnings
from smallcounts.mse.fits import INDEPENDENCE, Fit, fit_model
from smallcounts.mse.models import Model, main_effects, model_name
from smallcounts.mse.profile import FARTHEST, profile_limits, wald_limits
from smallcounts.mse.profile import SOURCES as PROFILE_SOURCES
from smallcounts.mse.results import MethodResult, Step
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.words import LOG_LINEAR

METHOD: Final = "log-linear"
SOURCES: Final = ("fienberg-1972", "fienberg-rinaldo-2012")


def log_linear(
    table: CaptureTable,
    model: Model | str = INDEPENDENCE,
    *,
    level: float = 0.95,
    interval: Literal["profile", "wald"] = "profile",
) -> MethodResult:
    """The total under one model, "independence" or a name such as "[12,13,4]".

    `interval`: "profile" (twice the profile log-likelihood has fallen by χ²) or "wald", n + n̂0·exp(±z·se).
    Both take the model as given: when the same data chose it they are too narrow; use `stepwise` or `bic`.
    Sources: fienberg-1972, cormack-1992. CaptureError for a model that is none.
    """
    fit = fit_model(table, model)
    independent = fit.model == main_effects(table.k)
    if fit.unseen > FARTHEST / 10:
        interval = "wald"
    limits = _limits(table, fit, level, interval)
    has_number = fit.state != "not_converged"
    warnings = fit_warnings(table, fit)
    if limits is not None and math.isinf(limits[1]):
        warnings = (*warnings, "limit_unbounded")
    return MethodResult(
        method=INDEPENDENCE if independent else METHOD,
        model=model_name(fit.model),
        state=fit.state,
        observed=table.n,
        unseen=fit.unseen if has_number else None,
        estimate=fit.estimate if has_number else None,
        lower=limits[0] if limits else None,
        upper=limits[1] if limits else None,
        level=level,
        interval_method=interval if limits else "none",
        warnings=warnings,
        assumptions=(*LOG_LINEAR, *(("lists_independent",) if independent else ()), "model_fixed"),
        sources=(*SOURCES, *PROFILE_SOURCES) if interval == "profile" else SOURCES,
        details=MappingProxyType(fit_details(fit)),
        steps=_steps(table, fit),
    )


def _limits(table: CaptureTable, fit: Fit, level: float, interval: str) -> tuple[float, float] | None:
    """None where the fit has no number to put limits around."""
    if fit.state in ("unbounded", "not_converged") or fit.existence.none_unseen:
        return None
    if interval == "profile":
        return profile_limits(table, fit, level=level)[1:]
    return wald_limits(fit, float(ndtri((1 + level) / 2)))


def _steps(table: CaptureTable, fit: Fit) -> tuple[Step, ...]:
    found = fit.existence
    steps = [
        Step(
            "rank of the rows on the face",
            f"{found.parameters} parameters, {found.off_face} patterns off the face",
            f"rank {found.rank}: {found.state}",
        )
    ]
    if is_decomposable(fit.model):
        steps.append(
            Step(
                "log n0 = Σ log(n0 + z_C) - Σ log(n0 + z_S)",
                describe(fit.model, table.lists),
                f"{fit.unseen:,.1f} ({', '.join(CLOSED_FORM)})",
            )
        )
    return (*steps, *final_steps(fit, None, 0.95))
