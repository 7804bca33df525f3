"""Limits of scattered counts against SciPy's distribution, and their true coverage counted by outcome."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from smallcounts.datasets import simulated_rates
from smallcounts.rates import RateError, poisson_interval, scattered_interval
from smallcounts.rates.intervals import MAX_COUNT

Array = NDArray[np.float64]
GRID = np.r_[0:60, 999, 10**6]
sizes = pytest.mark.parametrize("size", [0.1, 0.5, 2.8, 30.0, 1e4])


def at_most(y: Any, size: float, mean: Any) -> Array:
    return np.asarray(stats.nbinom.cdf(y, size, size / (size + mean)))


def above(y: Any, size: float, mean: Any) -> Array:
    return np.asarray(stats.nbinom.sf(y, size, size / (size + mean)))


@sizes
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_exact_limits_leave_their_tails(size: float, level: float) -> None:
    low, high = scattered_interval(GRID, size, level=level)
    assert np.allclose(above(GRID[1:] - 1, size, low[1:]), (1 - level) / 2, rtol=1e-8)
    assert np.allclose(at_most(GRID, size, high), (1 - level) / 2, rtol=1e-8)
    assert low[0] == 0


@sizes
@pytest.mark.parametrize("level", [0.5, 0.95, 0.999])
def test_mid_p_limits_solve_their_equation(size: float, level: float) -> None:
    low, high = scattered_interval(GRID, size, level=level, method="mid-p")
    beyond = (above(GRID[1:] - 1, size, low[1:]) + above(GRID[1:], size, low[1:])) / 2
    below = (at_most(GRID, size, high) + at_most(GRID - 1, size, high)) / 2
    assert np.allclose(beyond, (1 - level) / 2, rtol=1e-8)
    assert np.allclose(below, (1 - level) / 2, rtol=1e-8)
    assert low[0] == 0


@pytest.mark.parametrize("method", ["exact", "mid-p"])
def test_no_scatter_gives_the_bits_of_the_poisson_limits(method: Any) -> None:
    found, wanted = scattered_interval(GRID, np.inf, method=method), poisson_interval(GRID, method=method)
    assert np.array_equal(found[0], wanted[0]) and np.array_equal(found[1], wanted[1])


@pytest.mark.parametrize("method", ["exact", "mid-p"])
@pytest.mark.parametrize("size", [1e7, 1e9, 1e12])
def test_a_large_size_comes_close_to_poisson(method: Any, size: float) -> None:
    # the relative gap is some mean / size; above 10⁶ the closed form would have no digits left
    found, wanted = scattered_interval(GRID, size, method=method), poisson_interval(GRID, method=method)
    gap = 3 * (wanted[1] + 1) / size + 3e-8
    for ours, theirs in zip(found, wanted, strict=True):
        assert (np.abs(ours - theirs) <= gap * np.maximum(theirs, 1e-300)).all()


def test_closed_form_and_newton_meet_where_they_change_hands() -> None:
    below, over = (scattered_interval(GRID, size) for size in (1e6, 1e6 * (1 + 1e-9)))
    for a, b in zip(below, over, strict=True):
        assert np.allclose(a, b, rtol=1e-8)


def test_the_largest_count_has_limits() -> None:
    for method in ("exact", "mid-p"):
        low, high = scattered_interval(MAX_COUNT, [0.1, 2.0, 1e9], method=method)  # type: ignore[arg-type]
        assert ((low < MAX_COUNT) & (high > MAX_COUNT) & np.isfinite(high)).all()


def test_counts_and_sizes_of_different_shapes_meet() -> None:
    low, high = scattered_interval([[1], [4]], [2.0, np.inf, 9.0])
    assert low.shape == high.shape == (2, 3)
    assert (low[1, 0], high[1, 0]) == tuple(float(x) for x in scattered_interval(4, 2.0))
    assert (low[0, 1], high[0, 1]) == tuple(float(x) for x in poisson_interval(1))
    counts, sizes = [9, 0, 4, 4, 7], [3.0, 8.0, 1.0, np.inf, 2.0]
    for method in ("exact", "mid-p"):
        together = np.transpose(scattered_interval(counts, sizes, method=method))  # type: ignore[arg-type]
        alone = [scattered_interval(y, k, method=method) for y, k in zip(counts, sizes, strict=True)]  # type: ignore[arg-type]
        assert np.allclose(together, np.array(alone, float), rtol=1e-11)
    assert scattered_interval([], 3.0)[0].shape == (0,)


@pytest.mark.parametrize("size", [0, -1.0, 0.05, float("nan"), "3", True])
def test_what_is_no_size_is_refused(size: Any) -> None:
    with pytest.raises(RateError, match="a size is a number"):
        scattered_interval(3, size)


def test_what_is_no_count_level_or_method_is_refused() -> None:
    with pytest.raises(RateError, match="count"):
        scattered_interval(-1, 2.0)
    with pytest.raises(RateError, match="level"):
        scattered_interval(1, 2.0, level=95)
    with pytest.raises(RateError, match="'exact' or 'mid-p'"):
        scattered_interval(1, 2.0, method="wald")  # type: ignore[arg-type]


def coverage(means: Array, size: float, method: Any) -> Array:
    """The probability that the 95 % interval holds the mean: a sum over every outcome that can happen."""
    y = np.arange(int(means.max() * (1 + 12 / np.sqrt(size)) + 12 * np.sqrt(means.max()) + 100))
    low, high = scattered_interval(y, size, method=method)
    held = (low[:, None] <= means) & (means <= high[:, None])
    return np.asarray((stats.nbinom.pmf(y[:, None], size, size / (size + means)) * held).sum(axis=0))


def true_means(years: int) -> Array:
    """The true means of the simulated municipalities, the last `years` years together."""
    means = np.array([r.true_rate_per_100000 * r.population / 1e5 for r in simulated_rates()])
    return np.asarray(means.reshape(-1, 10)[:, -years:].sum(axis=1))


cases = pytest.mark.parametrize(("size", "years"), [(2.8, 3), (2.8, 10), (1.0, 10), (10.0, 3)])


@cases
def test_exact_never_covers_less_than_it_says(size: float, years: int) -> None:
    means = np.concatenate([true_means(years), np.geomspace(0.02, 60, 200)])
    assert coverage(means, size * years, "exact").min() >= 0.95 - 1e-9


@cases
def test_mid_p_covers_what_it_says_where_both_sides_can_miss(size: float, years: int) -> None:
    # below the upper limit of a count of 0 the lower side cannot miss: any honest interval covers too much there
    means = true_means(years)
    found = coverage(means, size * years, "mid-p")
    two_sided = means >= scattered_interval(0, size * years)[1]
    assert abs(found[two_sided].mean() - 0.95) <= 0.015
    assert 0.95 < found[~two_sided].mean() < 0.985
    assert found.min() > 0.915  # no mean is far below


@pytest.mark.parametrize("size", [2.8, 8.4, 28.0])
def test_mid_p_is_not_short_over_any_stretch_of_means(size: float) -> None:
    means = np.geomspace(0.02, 60, 800)
    found, logs = coverage(means, size, "mid-p"), np.log2(means)
    stretches = [found[(logs >= at) & (logs < at + 1)].mean() for at in np.arange(-5.5, 4.8, 0.25)]
    assert min(stretches) >= 0.935
