"""Observed over expected."""

from typing import Any

import numpy as np
import pytest

from smallcounts.rates import RateError, expected_counts, poisson_interval, standardise


def test_expected_counts_sum_over_the_strata() -> None:
    population = [[1000, 500], [0, 2000]]
    assert expected_counts(population, [0.001, 0.004]) == pytest.approx([3.0, 8.0])


def test_the_interval_is_that_of_the_count_over_the_expected() -> None:
    found = standardise(17, 4.1)
    low, high = poisson_interval(17)
    assert (found.interval.lower, found.interval.upper) == pytest.approx((low / 4.1, high / 4.1))
    assert found.value == pytest.approx(17 / 4.1)
    assert standardise(17, 4.1, method="mid-p").interval.lower > found.interval.lower


def test_the_reference_itself_has_ratio_one() -> None:
    people = np.array([[900.0, 100.0], [400.0, 600.0]])
    rates = np.array([20, 40]) / people.sum(axis=0)
    assert expected_counts(people, rates).sum() == pytest.approx(60)


@pytest.mark.parametrize(
    ("population", "rates"),
    [([1, 2], [1, 2]), ([[1, 2]], [1]), ([[-1, 2]], [1, 1]), ([[1, 2]], [1, float("nan")])],
)
def test_tables_that_do_not_fit_are_refused(population: Any, rates: Any) -> None:
    with pytest.raises(RateError):
        expected_counts(population, rates)


@pytest.mark.parametrize("expected", [0, -1, float("nan"), float("inf")])
def test_an_expected_count_is_above_zero(expected: float) -> None:
    with pytest.raises(RateError, match="expected count"):
        standardise(1, expected)
