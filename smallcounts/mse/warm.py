"""Compiles the loops of the hidden number, so that the first command need not: `-m …mse.warm [searches]`."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.branch import branch, branch_estimator
from smallcounts.mse.fits import fit_model
from smallcounts.mse.front import METHODS, estimate_population
from smallcounts.mse.model_space import fit_models, model_space, search_estimator
from smallcounts.mse.table import CaptureTable


def warm(*, searches_only: bool = False) -> None:
    """Runs every method once on a small table; what is compiled stays in numba's cache beside the modules.

    Two processes share the work. Every search holds the test of existence, so that is compiled in the first
    round; in the second the searches find it in the cache. The rest, chiefly the latent classes, takes half
    as long again and is left out with `searches_only`: the first mapping on a new machine does without.
    """
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), mp_context=get_context("spawn")) as pool:
        for together in ((_fit, _graphs), (_branch, _stepwise, _all_models)):
            for task in [pool.submit(task) for task in together]:
                task.result()
    for method in METHODS:
        if not searches_only and method != "chapman":  # two lists only, and nothing to compile
            estimate_population(_table(), method, bootstrap=20)


def _table() -> CaptureTable:
    return CaptureTable.from_rows(
        [(0, 0, 1, 41), (0, 1, 0, 5), (1, 0, 0, 5), (1, 1, 0, 54), (1, 0, 1, 6), (1, 1, 1, 12)]
    )


def _draws(table: CaptureTable) -> NDArray[np.int64]:
    """One drawn table: writable, as the bootstrap's are, for numba compiles anew where that differs."""
    return table.counts[None, :].astype(np.int64)


def _fit() -> None:
    fit_model(_table())


def _graphs() -> None:
    estimate_population(_table(), "decomposable")


def _stepwise() -> None:
    estimate_population(_table(), "stepwise", bootstrap=20)


def _branch() -> None:
    table = _table()
    estimate_population(table, "downhill", bootstrap=20)
    branch_estimator(table, branch(table, 2, slack=2.0))(_draws(table))


def _all_models() -> None:
    table = _table()
    fitted = fit_models(table, model_space(3, 2))
    search_estimator(table, fitted)(_draws(table))


if __name__ == "__main__":
    warm(searches_only=sys.argv[1:] == ["searches"])
