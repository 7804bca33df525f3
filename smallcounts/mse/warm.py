"""Compiles the loops of the hidden number, so that the first command need not: `-m smallcounts.mse.warm`."""

from __future__ import annotations

from smallcounts.mse.fits import fit_model
from smallcounts.mse.front import METHODS, estimate_population
from smallcounts.mse.model_space import fit_models, model_space
from smallcounts.mse.table import CaptureTable


def warm() -> None:
    """Runs every method once on a small table; what is compiled stays in numba's cache beside the modules."""
    table = CaptureTable.from_rows(
        [(0, 0, 1, 41), (0, 1, 0, 5), (1, 0, 0, 5), (1, 1, 0, 54), (1, 0, 1, 6), (1, 1, 1, 12)]
    )
    fit_model(table)
    fit_models(table, model_space(3, 2))
    for method in METHODS:
        if method != "chapman":  # two lists only, and nothing to compile
            estimate_population(table, method, bootstrap=20, panel=False)


if __name__ == "__main__":
    warm()
