"""How often the stepwise interval holds a total that is known, on lists drawn from a published model."""

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse import CaptureTable
from smallcounts.mse.fits import fit_model, fitted_cells
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.stepwise import stepwise

MODEL = "[12,13,24,25,35,45]"
SETS = 60


@pytest.mark.slow
def test_an_interval_that_repeats_the_search_covers_and_one_that_does_not_fails() -> None:
    fit = fit_model(lists.uk_2013_five().table, MODEL)
    cells = fitted_cells(5, fit.coefficients)
    rng, total = np.random.default_rng(7), round(cells.sum())
    searched = fixed = 0
    for _ in range(SETS):
        drawn = rng.multinomial(total, cells / cells.sum())
        drawn[0] = 0
        table = CaptureTable.from_masks("ABCDE", np.flatnonzero(drawn), drawn[drawn > 0])
        whole = stepwise(table, draws=1000)
        alone = log_linear(table, whole.model)
        assert whole.lower and whole.upper and alone.lower and alone.upper
        searched += whole.lower <= total <= whole.upper
        fixed += alone.lower <= total <= alone.upper
    # 500 sets by chan-2021: .90 with the search repeated, .61 without; 300 of ours (benchmarks): .92
    assert searched >= 0.8 * SETS and fixed <= 0.8 * SETS and searched > fixed
