"""The search by BIC where it must refuse, repeat itself, or have nothing to choose from."""

import math

import numpy as np
import pytest

from smallcounts.datasets import lists
from smallcounts.mse import CaptureError, CaptureTable
from smallcounts.mse.bic import bic, default_draws
from smallcounts.mse.branch import branch
from smallcounts.mse.model_space import fit_models, model_space
from smallcounts.references import REFERENCES

KOREA = lists.korea().table


def test_the_interval_repeats_the_search_and_a_seed_gives_it_again() -> None:
    one, same = bic(KOREA, draws=2000), bic(KOREA, draws=2000)
    assert (one.lower, one.upper) == (same.lower, same.upper)
    assert one.lower is not None and one.upper is not None
    assert 120 < one.lower < 157.2 < one.upper < 420
    assert {"model_searched", "selection_repeated"} <= set(one.assumptions)
    assert set(one.sources) <= set(REFERENCES) and "smallest" in one.explain()[0].formula


def test_the_order_of_the_lists_does_not_matter() -> None:
    table = lists.uk_2013_four().table
    one, other = bic(table, draws=0), bic(table.permuted([2, 0, 3, 1]), draws=0)
    assert one.estimate == pytest.approx(other.estimate, rel=1e-9)
    assert one.details["average"] == pytest.approx(other.details["average"], rel=1e-7)


def test_admitting_what_is_bounded_admits_more() -> None:
    table, space = lists.uk_2013_five().table, model_space(5, 2)
    strict, wide = fit_models(table, space), fit_models(table, space, strict=False)
    assert len(branch(table, 4, slack=20, strict=False).candidates) >= len(
        branch(table, 4, slack=20).candidates
    )
    assert strict.is_admitted.sum() <= wide.is_admitted.sum()
    assert (wide.is_admitted == wide.is_bounded).all() and (strict.is_admitted <= wide.is_admitted).all()


def test_the_downhill_search_has_an_interval_of_its_own() -> None:
    found = bic(lists.uk_2013_five().table, draws=300, search="downhill")
    assert found.details["search"] == "downhill" and found.estimate == pytest.approx(12262.41, abs=0.01)
    assert found.lower is not None and found.upper is not None and found.lower < 12_262 < found.upper


def test_lists_without_overlap_are_unbounded_under_every_model() -> None:
    found = bic(lists.uk_2013_five().table.given("GP"))
    assert (found.state, found.estimate, found.lower) == ("unbounded", math.inf, None)


def test_two_lists_have_one_model() -> None:
    found = bic(CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 10)]), draws=0)
    assert found.estimate == pytest.approx(120) and len(found.details["models"]) == 1


def test_a_search_that_meets_its_budget_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(branch.__kwdefaults__, "budget", 40)
    assert "search_unfinished" in bic(lists.hare().table, draws=0).warnings


def test_over_the_datas_best_models_alone_the_interval_is_narrower() -> None:
    table = lists.uk_2013_four().table
    whole, one = bic(table, draws=1000), bic(table, draws=1000, top=1)
    assert whole.lower and whole.upper and one.lower and one.upper
    assert one.upper - one.lower < whole.upper - whole.lower


def test_default_draws_fit_into_a_minute() -> None:
    assert default_draws(KOREA, 2, "all") == 50_000
    assert 10_000 < default_draws(lists.uk_2013_five().table, 4, "all") < 50_000


def test_too_many_lists_and_impossible_orders_are_refused() -> None:
    nine = CaptureTable.from_array(np.eye(9, dtype=int) | np.eye(9, k=1, dtype=int))
    with pytest.raises(CaptureError, match="9 lists are too many to search all models"):
        bic(nine)
    for order in (1, 3):
        with pytest.raises(CaptureError, match=f"hold 2 to 2 lists, not {order}"):
            bic(KOREA, max_order=order)
