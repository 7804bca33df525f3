"""All methods on one table, side by side; one that cannot be used says why instead of stopping the others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.bic import Kind, bic, default_draws
from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.chao import chao, chapman
from smallcounts.mse.coverage import sample_coverage
from smallcounts.mse.darroch import darroch
from smallcounts.mse.fits import fit_model
from smallcounts.mse.heterogeneity import heterogeneity
from smallcounts.mse.latent_class import latent_class
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import stepwise
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.thresholding import bayesian_threshold

STEPWISE_AT: Final = (0.001, 0.005, 0.1, 1.0)  # thresholds beside the usual one

MOST: Final = 8  # lists; the panel of eight takes a minute and a half
SWEEPS: Final = 2000  # of a chain of latent classes in a round; more rounds follow where it takes them
QUICK: Final = 10_000  # draws that the search over all models must get through in a minute


@dataclass(frozen=True, slots=True)
class Run:
    """A method by name, what share of the work it is, and whether its range may be published.

    `is_candidate`: False for bounds and for methods that take lists to be independent, which nobody defends.
    """

    name: str
    work: int
    run: Callable[[CaptureTable, Progress | None], MethodResult]
    is_candidate: bool = False


def runs(
    table: CaptureTable,
    *,
    level: float,
    threshold: float,
    draws: int,
    sweeps: int = SWEEPS,
    seed: int,
    leave_out: Collection[str] = (),
) -> tuple[Run, ...]:
    """The methods that make sense for so many lists, but for those to be left out.

    `sweeps` of each chain of latent classes in a round, and half as many before. Independence and Chao's
    bound stay, since the rule needs them. CaptureError for too many lists,
    ValueError for a name that is no method's.
    """
    if table.k > MOST:
        raise CaptureError(f"{table.k} lists are too many for the panel; at most {MOST}: merge the smallest")
    names = [run.name for run in _all(3, level, threshold, draws, sweeps, seed)]
    unknown = sorted(set(leave_out) - set(names[2:]))
    if unknown:
        raise ValueError(f"the panel cannot leave out {unknown[0]!r}; it can {', '.join(names[2:])}")
    return tuple(
        run for run in _all(table.k, level, threshold, draws, sweeps, seed) if run.name not in leave_out
    )


def _all(k: int, level: float, threshold: float, draws: int, sweeps: int, seed: int) -> tuple[Run, ...]:
    plain = [
        Run("independence", 1, lambda t, _: log_linear(t, level=level)),
        Run("chao", 1, lambda t, _: chao(t, level=level)),
    ]
    if k == 2:
        return (*plain, Run("chapman", 1, lambda t, _: chapman(t, level=level)))
    return (
        *plain,
        Run("darroch", 1, lambda t, _: darroch(t, level=level)),
        Run("heterogeneity", 1, lambda t, _: heterogeneity(t, form="darroch", level=level)),
        Run("coverage", 1, lambda t, _: sample_coverage(t, level=level, seed=seed)),
        *(Run(f"stepwise {at:g}", 1, _stepwise_at(at, level)) for at in STEPWISE_AT),
        Run(
            "stepwise", 5,
            lambda t, told: stepwise(
                t, threshold=threshold, draws=5 * draws, seed=seed, level=level, progress=told
            ), True,
        ),
        Run("bic", 25, lambda t, told: _bic(t, draws, seed, level, told), True),
        Run("decomposable", 2, lambda t, _: decomposable_average(t, level=level), True),
        Run("threshold", 2, lambda t, _: bayesian_threshold(t, level=level, seed=seed), True),
        Run(
            "latent-class", 30,
            lambda t, told: latent_class(
                t, sweeps=sweeps, warm_up=sweeps // 2, level=level, seed=seed, progress=told
            ), True,
        ),
    )  # fmt: skip


def _stepwise_at(threshold: float, level: float) -> Callable[[CaptureTable, Progress | None], MethodResult]:
    return lambda table, _: stepwise(table, threshold=threshold, draws=0, level=level)


def _bic(table: CaptureTable, draws: int, seed: int, level: float, told: Progress | None) -> MethodResult:
    """All models in each draw where that is quick; else the downhill search, which stops before some."""
    quick = default_draws(table, table.k - 1, "all") >= QUICK
    search: Kind = "all" if quick else "downhill"
    return bic(table, draws=draws, seed=seed, level=level, search=search, progress=told)


def guarded(
    run: Run,
    table: CaptureTable,
    level: float,
    told: Progress | None,
    answered: MethodResult | None = None,
) -> MethodResult:
    """The method's answer; a refusal with the method's own words when it cannot be used on these lists.

    `answered`: what the method of this name has answered already.
    """
    if answered is not None and answered.method == run.name:
        return answered
    try:
        return run.run(table, told)
    except ValueError as error:  # CaptureError and RateError among them: the method is not for such lists
        return MethodResult(
            run.name, "", "refused", table.n, None, None, None, None, level, "none",
            warnings=("not_for_these_lists",),
            details=MappingProxyType({"why": str(error)}),
        )  # fmt: skip


def avoiding_pairs(table: CaptureTable, near: Sequence[tuple[str, float]]) -> tuple[tuple[str, str], ...]:
    """Pairs of lists that avoid each other in at least half of the near models by weight.

    near: names of models and their weights. A pair avoids when its interaction is below 0. Lists that avoid
    each other (a person sent on is not reported twice) void Chao's bound.
    """
    weight: dict[int, float] = {}
    for name, share in near:
        for mask, value in fit_model(table, name).coefficients.items():
            if mask.bit_count() == 2 and value < 0:
                weight[mask] = weight.get(mask, 0.0) + share
    total = sum(share for _, share in near)
    found = [mask for mask, share in weight.items() if share >= total / 2]
    names = [tuple(n for j, n in enumerate(table.lists) if mask >> j & 1) for mask in sorted(found)]
    return tuple((pair[0], pair[1]) for pair in names)
