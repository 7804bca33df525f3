"""Fits on small tables that can be checked by hand, and the tables on which there is none."""

import math

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse import CaptureError, CaptureTable
from smallcounts.mse.decomposable import decomposable_unseen, is_decomposable, separators
from smallcounts.mse.fits import existence, fit_model, fitted_cells
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.models import all_models, coded_model, interactions, parse_model

TWO = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 10)])


def test_two_lists_give_lincoln_and_petersen() -> None:
    fit = fit_model(TWO)
    assert fit.estimate == pytest.approx(40 * 30 / 10)
    assert fit.deviance == pytest.approx(0, abs=1e-9) and fit.residual_df == 0
    # the delta method: 1/30 + 1/20 + 1/10
    assert fit.error_log_unseen == pytest.approx(math.sqrt(1 / 30 + 1 / 20 + 1 / 10))


def test_the_coefficients_make_the_fitted_cells() -> None:
    fit = fit_model(lists.kosovo().table, "[12,13,24]")
    cells = fitted_cells(4, fit.coefficients)
    assert cells[0] == pytest.approx(fit.unseen) and np.allclose(cells[1:], fit.means[1:], rtol=1e-12)


def test_lists_without_overlap_are_unbounded_not_a_large_number() -> None:
    given = lists.uk_2013_five().table.given("GP")
    assert given.n == 20 and given.overlaps == 0
    for word in ("independence", "[12,3]"):
        fit = fit_model(given, word)
        assert fit.state == "unbounded" and math.isinf(fit.unseen)
    assert decomposable_unseen(given, (1, 2, 4)) == math.inf
    found = log_linear(given)
    assert (found.state, found.estimate, found.lower) == ("unbounded", math.inf, None)
    assert set(found.warnings) == {"unbounded", "no_overlap"}


def test_an_unbounded_model_is_not_a_number_of_hundreds_of_billions() -> None:
    table = lists.korea().table  # Rcapture prints 1.8e11 for this model
    assert fit_model(table, "[12,13,23]").state == "unbounded"


def test_a_list_that_holds_everybody_leaves_nobody_unseen() -> None:
    table = CaptureTable.from_rows([(1, 0, 7), (1, 1, 5)])
    fit = fit_model(table)
    assert (fit.state, fit.unseen, fit.existence.none_unseen) == ("boundary", 0.0, True)
    assert decomposable_unseen(table, fit.model) == 0.0
    assert log_linear(table).lower is None and "none_unseen" in log_linear(table).warnings


def test_an_empty_pair_is_a_boundary_with_a_finite_number() -> None:
    fit = fit_model(lists.uk_2013_five().table, "[12,13,14,15,23,24,25,34,35,45]")
    assert fit.state == "boundary" and math.isfinite(fit.unseen)
    assert fit.coefficients[0b10001] == -math.inf and fit.means[0b10001] == 0


def test_every_decomposable_model_and_only_those_have_a_closed_form() -> None:
    for k, count in ((3, 7), (4, 60)):
        models = [coded_model(c, interactions(k, k - 1), k) for c in all_models(k, k - 1).tolist()]
        assert sum(is_decomposable(m) for m in models) == count
    assert separators(parse_model("[12,23,34]", 4)) == [2, 4]
    with pytest.raises(ValueError, match="no closed form"):
        decomposable_unseen(TWO, parse_model("[12,13,23]", 3))


def test_a_model_of_all_lists_and_one_of_no_lists_are_refused() -> None:
    with pytest.raises(CaptureError, match="all lists at once"):
        existence(TWO, "[12]")
    with pytest.raises(CaptureError, match="lists that are not there"):
        fit_model(TWO, (4,))
    many = CaptureTable.from_array(np.eye(13, dtype=int) | np.eye(13, k=1, dtype=int))
    with pytest.raises(CaptureError, match="13 lists are too many"):
        fit_model(many)
