"""Binette & Steorts' test on the five UK lists: each list in turn is the population whose size is known.

Their random numbers and their dga grid are others; points without either agree to the person.
"""

import math
from collections.abc import Callable

import pytest

from smallcounts.mse.averaging import decomposable_average
from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.results import MethodResult
from smallcounts.mse.stepwise import stepwise
from smallcounts.mse.table import CaptureTable
from smallcounts.mse.validation import Trial, scores, validate
from tests.published.mse.tables import results, tables

WANTED = results("binette_steorts.json")["UKdat_5_list_conditioned"]
UK = tables()["UKdat_5"]
METHODS: dict[str, Callable[[CaptureTable], MethodResult]] = {
    "Independence": log_linear,
    "SparseMSE": lambda table: stepwise(table, draws=5000),
    "dga": decomposable_average,
}
FOUND = {(test.list_name, test.method): test for test in validate(UK, list(METHODS.items()))}


def one(name: str, method: str) -> Trial:
    return FOUND[name, method]


@pytest.mark.parametrize("name", WANTED)
def test_truth_and_persons_seen_agree(name: str) -> None:
    found = one(name, "dga")
    assert (found.truth, found.observed) == (WANTED[name]["truth"], WANTED[name]["seen_on_other_lists"])


@pytest.mark.parametrize("name", ["NG", "PFNCA", "GO"])
def test_independence_and_stepwise_agree(name: str) -> None:
    point, low, high = WANTED[name]["Independence"]
    found = one(name, "Independence")
    assert found.estimate == pytest.approx(point, abs=0.51)
    assert found.lower == pytest.approx(low, rel=0.1) and found.upper == pytest.approx(high, rel=0.1)
    point, low, high = WANTED[name]["SparseMSE"]
    found = one(name, "SparseMSE")
    assert found.estimate == pytest.approx(point, abs=0.51)
    assert found.lower == pytest.approx(low, rel=0.12) and found.upper == pytest.approx(high, rel=0.12)


@pytest.mark.parametrize("name", ["LA", "NG", "PFNCA", "GO"])
def test_averages_over_graphs_come_near(name: str) -> None:
    assert one(name, "dga").estimate == pytest.approx(WANTED[name]["dga"][0], rel=0.05)


def test_lists_that_nobody_else_met_twice_have_no_bound_and_no_number() -> None:
    """SparseMSE gives 594,500,000,000 with limits; truth 336."""
    assert WANTED["GP"]["SparseMSE"][0] > 1e11
    for method in ("Independence", "SparseMSE"):
        found = one("GP", method)
        assert found.state == "unbounded" and found.estimate == math.inf and found.upper is None
        assert found.log_bias is None and found.covered is None and not found.counts


def test_mean_log_bias_agrees() -> None:
    by_method = {score.method: score for score in scores(list(FOUND.values()))}
    assert by_method["SparseMSE"].mean_log_bias == pytest.approx(-0.04, abs=0.005)
    assert by_method["dga"].mean_log_bias == pytest.approx(-0.20, abs=0.02)
    assert by_method["SparseMSE"].lists == 4 and by_method["SparseMSE"].coverage == 1
