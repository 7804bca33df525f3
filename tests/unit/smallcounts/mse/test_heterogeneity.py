"""The capture models: laws, boundaries, and what they refuse."""

import math

import numpy as np
import pytest

from smallcounts.mse.heterogeneity import FORMS, heterogeneity
from smallcounts.mse.poisson import face, fit_poisson, independent, spans
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables


@pytest.mark.parametrize("form", FORMS)
def test_lists_may_change_places(form: str) -> None:
    table = tables()["Kosovo"]
    here, there = (heterogeneity(t, form=form) for t in (table, table.permuted([2, 0, 3, 1])))
    assert here.estimate == pytest.approx(there.estimate, rel=1e-9)


def test_without_overlap_the_number_is_unbounded() -> None:
    apart = CaptureTable.from_rows([(1, 0, 0, 5), (0, 1, 0, 4), (0, 0, 1, 3)])
    for model in ("mt", "m0"):
        found = heterogeneity(apart, model=model)
        assert found.state == "unbounded" and found.estimate == math.inf and found.lower is None


def test_chao_form_never_falls_below_independence() -> None:
    for name in ("HAV", "UKdat_5", "hare", "Korea"):
        table = tables()[name]
        bound, plain = heterogeneity(table, form="chao"), heterogeneity(table, model="mt")
        assert bound.estimate >= plain.estimate * (1 - 1e-9) and "lower_bound" in bound.warnings


def test_what_there_is_not() -> None:
    table = tables()["HAV"]
    with pytest.raises(ValueError, match="the model is one of m0, mt"):
        heterogeneity(table, model="mb")
    with pytest.raises(ValueError, match="the form is one of chao"):
        heterogeneity(table, form="normal")
    with pytest.raises(ValueError, match="no bias correction for mth with gamma"):
        heterogeneity(table, form="gamma", bias_corrected=True)
    with pytest.raises(ValueError, match="three at least"):
        heterogeneity(CaptureTable.from_rows([(1, 0, 3), (1, 1, 2)]), model="mh")


def test_the_score_is_zero_at_the_maximum() -> None:
    random = np.random.default_rng(3)
    design = np.column_stack([np.ones(40), random.normal(size=(40, 3))])
    counts = random.poisson(np.exp(design @ [1.0, 0.5, -0.5, 0.2])).astype(float)
    fit = fit_poisson(design, counts)
    on = fit.kept
    assert fit.converged and np.abs(design[on].T @ (counts - fit.means)[on]).max() < 1e-9


def test_the_face_drops_what_runs_to_zero() -> None:
    design = np.array([[1.0, 0], [1, 0], [1, 1], [1, 1]])
    assert face(design, np.array([3.0, 0, 0, 0])).tolist() == [True, True, False, False]
    assert face(design, np.array([3.0, 0, 1, 0])).tolist() == [True, True, True, True]
    fit = fit_poisson(design, np.array([4.0, 0, 0, 0]))
    assert fit.means.tolist() == pytest.approx([2, 2, 0, 0]) and fit.free == 1


def test_columns_that_others_span_are_left_out() -> None:
    design = np.array([[1.0, 1, 0], [1, 0, 1], [1, 1, 0]])
    assert independent(design).tolist() == [0, 1]
    assert spans(design, np.array([2.0, 1, 1])) and not spans(design, np.array([1.0, 0, 0]))
