"""The front door: any table of lists, any method by name, one result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.bic import bic
from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.chao import chao, chapman
from smallcounts.mse.coverage import sample_coverage
from smallcounts.mse.darroch import darroch
from smallcounts.mse.heterogeneity import heterogeneity
from smallcounts.mse.latent_class import latent_class
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import THRESHOLD, stepwise
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.thresholding import bayesian_threshold


@dataclass(frozen=True, slots=True)
class Options:
    """What a method may be told. Each takes what it knows and leaves the rest."""

    level: float = 0.95
    threshold: float = THRESHOLD
    order: int | None = None
    bootstrap: int | None = None  # draws; the method's own number when None
    seed: int = 1
    model: str | None = None
    progress: Progress | None = None


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
    progress: Progress | None = None,
) -> MethodResult:
    """How many there are, seen and unseen together, by one method: one number is never the whole answer.

    table: a `CaptureTable`, a CSV file by path, a pandas or polars frame, or an array (rows, lists, count).
    `method`: a key of `METHODS`; "auto" is the stepwise search, and independence for two lists. `level` of
    the interval; `threshold` of the stepwise search; `order`: lists in one interaction at most (bic);
    `bootstrap`: draws, 0 for no interval; `model` such as "[12,3]" (log-linear); `progress(done, total)` is
    called between blocks of draws and may raise to stop. Gives a frozen `MethodResult` whose `state` and
    `warnings` come before its number. CaptureError names the row at fault; ValueError an impossible option.
    Not for lists of events instead of persons, nor for a group that changes while the lists are kept.
    """
    if method not in METHODS:
        raise ValueError(f"no method is called {method!r}; the methods are {', '.join(METHODS)}")
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, such as 0.95, not {level!r}")
    if bootstrap is not None and bootstrap < 0:
        raise ValueError(f"the number of bootstrap draws is a whole number from 0, not {bootstrap!r}")
    options = Options(level, threshold, order, bootstrap, seed, model, progress)
    found = METHODS[method](as_table(table), options)
    return replace(found, details=MappingProxyType({**found.details, "asked": method}))


def as_table(given: Any) -> CaptureTable:
    """The checked table of whatever holds lists; CaptureError when nothing there does."""
    if isinstance(given, CaptureTable):
        return given
    if isinstance(given, str | Path):
        return CaptureTable.from_csv(given)
    if hasattr(given, "columns"):
        return CaptureTable.from_frame(given)
    try:
        array = np.asarray(given)
    except ValueError:
        raise CaptureError("the rows of the table are not equally long") from None
    return CaptureTable.from_array(array)
