"""The front door: any table of lists, any method by name, one result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from smallcounts.mse.answer import Answer
from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.bic import bic
from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.by_traits import BY_TRAITS, usual
from smallcounts.mse.chao import chao, chapman
from smallcounts.mse.coverage import sample_coverage
from smallcounts.mse.darroch import darroch
from smallcounts.mse.heterogeneity import heterogeneity
from smallcounts.mse.latent_class import latent_class
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.methods import MOST
from smallcounts.mse.opened import as_table, opened
from smallcounts.mse.options import Options
from smallcounts.mse.panel import DRAWS, HonestyPanel, honesty_panel
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import THRESHOLD, stepwise
from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.thresholding import bayesian_threshold

TOO_MANY: Final = "panel_left_out"  # the warning when more lists came than the panel takes

Method = Callable[[CaptureTable, Options], MethodResult]


def _stepwise(table: CaptureTable, o: Options) -> MethodResult:
    return stepwise(
        table, threshold=o.threshold, draws=o.bootstrap, seed=o.seed, level=o.level, progress=o.progress
    )


def _bic(table: CaptureTable, o: Options) -> MethodResult:
    return bic(table, max_order=o.order, draws=o.bootstrap, seed=o.seed, level=o.level, progress=o.progress)


def _downhill(table: CaptureTable, o: Options) -> MethodResult:
    return bic(
        table, max_order=o.order, draws=o.bootstrap, seed=o.seed, level=o.level, progress=o.progress,
        search="downhill",
    )  # fmt: skip


def _auto(table: CaptureTable, o: Options) -> MethodResult:
    """Stepwise, the field's usual search, with its own limits; with two lists nothing can be searched."""
    return log_linear(table, level=o.level) if table.k == 2 else _stepwise(table, o)


METHODS: Final[Mapping[str, Method]] = MappingProxyType(
    {
        "auto": _auto,
        "independence": lambda table, o: log_linear(table, level=o.level),
        "log-linear": lambda table, o: log_linear(table, o.model or "independence", level=o.level),
        "stepwise": _stepwise,
        "bic": _bic,
        "downhill": _downhill,
        "decomposable": lambda table, o: decomposable_average(table, level=o.level),
        "latent-class": lambda table, o: latent_class(table, level=o.level, seed=o.seed, progress=o.progress),
        "threshold": lambda table, o: bayesian_threshold(
            table, order=o.order or 2, level=o.level, seed=o.seed
        ),
        "chao": lambda table, o: chao(table, level=o.level),
        "chapman": lambda table, o: chapman(table, level=o.level),
        "darroch": lambda table, o: darroch(table, level=o.level),
        "coverage": lambda table, o: sample_coverage(table, level=o.level, seed=o.seed),
        "heterogeneity": lambda table, o: heterogeneity(table, level=o.level),
    }
)


def estimate_population(
    table: Any,
    method: str = "auto",
    *,
    level: float = 0.95,
    threshold: float = THRESHOLD,
    order: int | None = None,
    bootstrap: int | None = None,
    seed: int = 1,
    model: str | None = None,
    traits: Sequence[str] = (),
    year: str | None = None,
    pair: tuple[str, str] | None = None,
    panel: bool | None = None,
    progress: Progress | None = None,
) -> Answer:
    """How many there are, seen and unseen together: one number, and beside it every doubt about it.

    table: a `CaptureTable`, a `StrataTable`, a CSV file by path, a pandas or polars frame, or an array (rows,
    lists, count). `method`: a key of `METHODS` or `BY_TRAITS`; "auto" is the stepwise search, independence
    for two lists, and with `traits` or a `year` (columns of the file or frame; all else is a list) what
    `by_traits.usual` says. `level`, `threshold`, `order`, `bootstrap`, `seed`, `model` and `pair`: see
    `Options`. `panel`: whether the answer carries the honesty panel; by default with "auto" (some ten
    seconds), not with a method of your choice nor above eight lists. `progress(done, total)` is called
    between blocks of draws, first of the method, then of the panel, and may raise to stop.

    Gives a frozen `Answer` whose `state` and `warnings` come before its number. CaptureError names the row at
    fault; ValueError an impossible option. Not for lists of events instead of persons, nor for a group that
    changes while the lists are kept.
    """
    given = opened(table, traits, year)
    options = Options(level, threshold, order, bootstrap, seed, model, year, pair, progress)
    return _with_panel(as_table(given), _found(given, method, options), method, panel, options)


def _with_panel(
    lists: CaptureTable, found: MethodResult, method: str, panel: bool | None, options: Options
) -> Answer:
    wanted = method == "auto" and lists.k <= MOST if panel is None else panel
    beside = panel_beside(lists, found, options) if wanted else None
    warnings = found.warnings if wanted or panel is False or method != "auto" else (*found.warnings, TOO_MANY)
    details = MappingProxyType({**found.details, "asked": method})
    return Answer.of(replace(found, details=details, warnings=warnings), beside)


def _found(given: CaptureTable | StrataTable, method: str, options: Options) -> MethodResult:
    if method not in (*METHODS, *BY_TRAITS):
        known = ", ".join((*METHODS, *BY_TRAITS))
        raise ValueError(f"no method is called {method!r}; the methods are {known}")
    if isinstance(given, CaptureTable):
        if method in BY_TRAITS:
            raise CaptureError(f"{method} needs traits or years beside the lists: name their columns")
        return METHODS[method](given, options)
    if method == "auto":
        method = usual(given, options.year)
    if method in BY_TRAITS:
        return BY_TRAITS[method](given, options)
    return METHODS[method](given.total(), options)


def panel_beside(table: CaptureTable, found: MethodResult, options: Options) -> HonestyPanel:
    """The honesty panel of the same lists with the same options; a stepwise answer is not made twice."""
    same = found.method == "stepwise" and found.lower is not None
    return honesty_panel(
        table, level=options.level, threshold=options.threshold, draws=min(options.bootstrap or DRAWS, DRAWS),
        seed=options.seed, answered=found if same else None, progress=options.progress,
    )  # fmt: skip
