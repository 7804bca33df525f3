"""Profile limits: the likelihood of the completed table, and limits that widen with the level."""

import math

import numpy as np
import pytest
from scipy.special import gammaln

from smallcounts.datasets import lists
from smallcounts.mse import CaptureTable
from smallcounts.mse.fits import fit_model
from smallcounts.mse.profile import profile, profile_limits

TWO = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 10)])


def test_the_profile_is_the_likelihood_of_the_completed_table() -> None:
    height = profile(TWO, fit_model(TWO))

    def exact(unseen: float) -> float:
        total = 60 + unseen
        shares = np.array([unseen + 30, unseen + 20]) / total  # not on list 2, not on list 1
        seen = 40 * math.log(40 / total) + 30 * math.log(30 / total)
        away = (unseen + 20) * math.log(shares[1]) + (unseen + 30) * math.log(shares[0])
        return float(gammaln(total + 1) - gammaln(unseen + 1)) + seen + away

    for here, there in ((20.0, 60.0), (60.0, 500.0), (60.0, 5.0)):
        assert height(here)[0] - height(there)[0] == pytest.approx(exact(here) - exact(there), abs=1e-9)
        slope = (exact(here + 1e-4) - exact(here - 1e-4)) / 2e-4
        assert height(here)[1] == pytest.approx(slope, abs=1e-6)


def test_a_higher_level_is_wider_and_no_overlap_has_no_upper_limit() -> None:
    table = lists.korea().table
    fit = fit_model(table)
    top, lower, upper = profile_limits(table, fit, level=0.8)
    wide = profile_limits(table, fit, level=0.99)
    assert table.n <= wide[1] < lower < top < upper < wide[2]
    thin = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 1)])
    assert math.isfinite(profile_limits(thin, fit_model(thin))[2])
    none = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20)])
    assert profile_limits(none, fit_model(none))[1:] == (50, math.inf)
