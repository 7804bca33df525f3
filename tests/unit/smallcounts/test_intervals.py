"""Poisson limits against other programs, and their true coverage counted outcome by outcome."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from statsmodels.stats.rates import confint_poisson

from smallcounts.counts import Count, CountTable, Status
from smallcounts.datasets import simulated_rates
from smallcounts.rates import RateError, poisson_interval, rate, rates
from smallcounts.rates.intervals import MAX_COUNT

GRID = np.r_[0:200, 999, 12_345, 10**6]


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.998])
def test_exact_limits_are_those_of_chi_square(level: float) -> None:
    tail = (1 - level) / 2
    low, high = poisson_interval(GRID, level=level)
    wanted = np.nan_to_num(stats.chi2.ppf(tail, 2 * GRID) / 2)
    assert np.allclose(low, wanted, rtol=1e-10)
    assert np.allclose(high, stats.chi2.isf(tail, 2 * GRID + 2) / 2, rtol=1e-10)


@pytest.mark.parametrize(("method", "theirs"), [("exact", "exact-c"), ("mid-p", "midp-c")])
def test_limits_agree_with_statsmodels(method: Any, theirs: str) -> None:
    counts = [1, 2, 3, 5, 8, 17, 22, 60, 150]
    low, high = poisson_interval(counts, method=method)
    for count, lower, upper in zip(counts, low, high, strict=True):
        wanted = confint_poisson(count, 1, method=theirs, alpha=0.05)
        assert (lower, upper) == pytest.approx(tuple(map(float, wanted)), rel=1e-6)


@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_mid_p_limits_solve_their_equation(level: float) -> None:
    tail = (1 - level) / 2
    low, high = poisson_interval(GRID, level=level, method="mid-p")
    y = GRID[1:]
    beyond = stats.poisson.sf(y, low[1:]) + stats.poisson.pmf(y, low[1:]) / 2
    below = stats.poisson.cdf(GRID - 1, high) + stats.poisson.pmf(GRID, high) / 2
    assert np.allclose(beyond, tail, rtol=1e-8)
    assert np.allclose(below, tail, rtol=1e-8)
    assert low[0] == 0
    assert high[0] == pytest.approx(-np.log(2 * tail))


def test_mid_p_lies_inside_exact_up_to_the_largest_count() -> None:
    counts = np.array([1, 10, 10**4, 10**8, MAX_COUNT])
    wide, narrow = poisson_interval(counts), poisson_interval(counts, method="mid-p")
    assert (wide[0] < narrow[0]).all() and (narrow[0] < counts).all()
    assert (counts < narrow[1]).all() and (narrow[1] < wide[1]).all()


def coverage(means: NDArray[np.float64], method: Any) -> NDArray[np.float64]:
    """The probability that the 95 % interval holds the mean: a sum over every outcome that can happen."""
    outcomes = np.arange(int(means.max() + 12 * np.sqrt(means.max()) + 40))
    low, high = poisson_interval(outcomes, method=method)
    held = (low[:, None] <= means) & (means <= high[:, None])
    return (stats.poisson.pmf(outcomes[:, None], means) * held).sum(axis=0)


def true_means(years: int) -> NDArray[np.float64]:
    """The true means of the simulated municipalities, the last `years` years together."""
    means = np.array([r.true_rate_per_100000 * r.population / 1e5 for r in simulated_rates()])
    return means.reshape(-1, 10)[:, -years:].sum(axis=1)


@pytest.mark.parametrize("years", [1, 3, 10])
def test_exact_covers_at_least_what_it_says_at_every_simulated_mean(years: int) -> None:
    assert coverage(true_means(years), "exact").min() >= 0.95


def test_mid_p_covers_what_it_says_over_ten_years() -> None:
    found = coverage(true_means(10), "mid-p")
    assert abs(found.mean() - 0.95) <= 0.015
    assert found.min() > 0.915  # no mean is far below, as a Wald interval would be


@pytest.mark.parametrize("years", [1, 3, 10])
def test_mid_p_errs_on_the_safe_side_only_where_counts_are_tiny(years: int) -> None:
    # below a mean of 3.7 both limits cannot be wrong at once: any honest interval covers too much there
    means = true_means(years)
    found = coverage(means, "mid-p")
    assert abs(found[means >= 3.7].mean() - 0.95) <= 0.015
    assert 0.96 < found[means < 3.7].mean() < 0.985


def test_the_simulated_counts_themselves_are_covered() -> None:
    rows = simulated_rates()
    low, high = poisson_interval([r.count for r in rows])
    means = np.array([r.true_rate_per_100000 * r.population / 1e5 for r in rows])
    assert abs(((low <= means) & (means <= high)).mean() - 0.95) <= 0.015


def test_coverage_over_a_range_of_means() -> None:
    means = np.linspace(0.5, 50, 2000)
    exact, mid_p = coverage(means, "exact"), coverage(means, "mid-p")
    assert exact.min() >= 0.95
    assert abs(mid_p.mean() - 0.95) <= 0.015
    assert mid_p.mean() < exact.mean()


@pytest.mark.parametrize("bad", [-1, 1.5, float("nan"), float("inf"), MAX_COUNT * 10, "3", [True, False]])
def test_what_is_no_count_is_refused(bad: Any) -> None:
    with pytest.raises(RateError, match="count"):
        poisson_interval(bad)


def test_bad_levels_methods_and_populations_are_refused() -> None:
    for level in (0, 1, 95, -0.1, float("nan")):
        with pytest.raises(RateError, match="level"):
            poisson_interval(1, level=level)
    with pytest.raises(RateError, match="'exact' or 'mid-p'"):
        poisson_interval(1, method="wald")  # type: ignore[arg-type]
    for population in (0, -5, float("nan"), float("inf"), "many"):
        with pytest.raises(RateError, match="population"):
            rate(1, population)  # type: ignore[arg-type]
    with pytest.raises(RateError, match="true or false"):
        rate(True, 10)
    with pytest.raises(RateError, match="'per'"):
        rate(1, 10, per=0)


def test_no_counts_give_no_limits() -> None:
    low, high = poisson_interval([])
    assert low.shape == high.shape == (0,)


def table() -> CountTable:
    return CountTable(
        "convicted_press",
        "persons",
        (
            Count("1480", "Göteborg", "2019", 22, population=579_281, sources=("sr-2021",)),
            Count("0680", "Jönköping", "2019", 17, population=141_081, sources=("sr-2021",)),
            Count("0180", "Stockholm", "2019", None, Status.UNAVAILABLE),
            Count("0380", "Uppsala", "2019", 3),
        ),
        is_public=True,
    )


def test_a_table_of_rates_keeps_its_order_and_names_what_is_left_out() -> None:
    found = rates(table())
    assert [row.name for row in found.rows] == ["Göteborg", "Jönköping"]
    assert found.rows[1].rate == rate(17, 141_081).value
    assert found.rows[1].sources == ("sr-2021",)
    assert [(row.name, row.reason) for row in found.left_out] == [
        ("Stockholm", "unavailable"),
        ("Uppsala", "no_population"),
    ]
    assert found.warnings == ("rows_left_out",)


def test_a_table_without_numbers_gives_no_rows() -> None:
    empty = CountTable("m", "persons", (Count("1", "A", "2019", None, Status.WITHHELD, population=10),))
    found = rates(empty)
    assert found.rows == () and found.to_rows() == []
    assert "Left out: A 2019 (withheld)." in found.summary()
