"""The stepwise search: what it adds and passes over, its tails, and its options."""

import math

import pytest
from scipy.stats import poisson

from smallcounts.datasets import lists
from smallcounts.mse.stepwise import stepwise
from smallcounts.mse.stepwise_kernel import log_tail


def test_pairs_come_in_by_the_smallest_tail_until_none_is_under_the_threshold() -> None:
    found = stepwise(lists.uk_2013_five().table, draws=0)
    tails = [step["tail"] for step in found.details["path"]]
    assert found.details["path"][0]["pair"] == "LA+NG" and max(tails) < 0.02
    assert stepwise(lists.uk_2013_five().table, threshold=0.0, draws=0).model == "[1,2,3,4,5]"


def test_a_pair_without_an_identified_maximum_is_passed_over_unless_only_a_bound_is_asked() -> None:
    korea = lists.korea().table
    strict, lenient = (stepwise(korea, threshold=1.0, draws=0, strict=s) for s in (True, False))
    assert strict.model == "[12,23]" and strict.state == "interior"
    assert lenient.estimate is not None and lenient.state != "unbounded"


@pytest.mark.parametrize("mean", [0.3, 4.0, 37.5, 2000.0])
def test_the_smaller_poisson_tail_keeps_its_digits(mean: float) -> None:
    for count in (0, 1, 3, 4, 20, 37, 38, 60, 1900, 2000, 2100):
        wanted = min(poisson.logcdf(count, mean), poisson.logsf(count - 1, mean))
        if wanted > -600:  # scipy's own tails are 0 beyond
            assert log_tail(float(count), mean) == pytest.approx(wanted, rel=1e-9, abs=1e-12)
    assert log_tail(0.0, 0.0) == 0.0


@pytest.mark.parametrize("mean", [0.01, 0.5, 4.0, 37.5, 2000.0])
@pytest.mark.parametrize("threshold", [0.001, 0.02, 0.1, 0.5, 1.0])
def test_a_tail_is_exact_below_the_threshold_and_somewhere_above_it_else(
    mean: float, threshold: float
) -> None:
    enough = math.log(threshold)
    for count in {0, 1, 2, 5, int(mean), int(mean) + 1, int(mean + 2 * mean**0.5), int(mean + 9 * mean**0.5)}:
        exact, short = log_tail(float(count), mean), log_tail(float(count), mean, enough)
        assert short == exact if exact < enough - 1e-9 else short >= enough - 1e-9


def test_a_threshold_that_is_no_share_is_refused() -> None:
    with pytest.raises(ValueError, match="the threshold is a share"):
        stepwise(lists.korea().table, threshold=2)
