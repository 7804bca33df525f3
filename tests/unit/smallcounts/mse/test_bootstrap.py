"""The edge cases of bias-corrected limits: nothing is dropped, nothing becomes not-a-number."""

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from smallcounts.datasets import lists
from smallcounts.mse.bootstrap import bootstrap, quantile, summarise
from smallcounts.mse.stepwise import estimator, stepwise

COUNTS = np.array([30, 20, 10])
SPREAD = np.array([118.0, 122.0, 125.0])
TOTALS = np.linspace(80, 180, 2001)


def test_without_bias_and_skewness_the_limits_are_the_percentiles() -> None:
    found = summarise(130.0, TOTALS, np.full(3, 130.0), COUNTS, (0.9,))
    assert (found.z0, found.acceleration) == (0.0, 0.0)
    assert found.limits[0.9].lower == pytest.approx(quantile(TOTALS, 0.05))
    assert found.limits[0.9].lower_at == pytest.approx(0.05)


def test_all_replicates_on_one_side_give_an_end_and_a_warning_not_nan() -> None:
    for estimate in (10.0, 500.0):
        found = summarise(estimate, TOTALS[:10], SPREAD, COUNTS, (0.95,))
        limits = found.limits[0.95]
        assert math.isfinite(found.z0) and math.isfinite(limits.lower) and math.isfinite(limits.upper)
        assert {"all_on_one_side", "few_replicates"} <= set(found.warnings)
        assert "extreme_replicate" in limits.warnings


def test_equal_replicates_have_no_bias() -> None:
    found = summarise(130.0, np.full(2000, 130.0 + 1e-12), SPREAD, COUNTS, (0.95,))
    assert found.z0 == 0.0 and found.limits[0.95].lower == pytest.approx(130.0)


def test_infinite_and_failed_replicates_raise_the_upper_limit() -> None:
    totals = TOTALS.copy()
    totals[-150:-100], totals[-100:] = np.nan, np.inf
    found = summarise(130.0, totals, SPREAD, COUNTS, (0.8, 0.95))
    assert found.infinite == 150 and "infinite_replicates" in found.warnings
    assert found.limits[0.95].upper == math.inf and "limit_unbounded" in found.limits[0.95].warnings
    dropped = summarise(130.0, totals[:-150], SPREAD, COUNTS, (0.8,))
    assert dropped.limits[0.8].upper < found.limits[0.8].upper < math.inf


def test_a_jackknife_without_bound_switches_the_skewness_off() -> None:
    found = summarise(130.0, TOTALS, np.array([118.0, np.inf, 125.0]), COUNTS, (0.95,))
    assert found.acceleration == 0.0 and "jackknife_unbounded" in found.warnings


def test_a_skewness_out_of_range_ends_at_the_extreme_replicate() -> None:
    counts, jackknife = np.array([1, 1, 2000]), np.array([1e4, 1e4, 130.0])
    found = summarise(175.0, TOTALS, -jackknife, counts, (0.999,))
    assert found.acceleration > 0.1
    wild = summarise(179.9, TOTALS, -np.array([1e6, 130.0, 130.0]), counts, (0.9999,))
    assert "acceleration_breaks" in wild.limits[0.9999].warnings
    assert wild.limits[0.9999].upper == TOTALS[-1]


def test_quantiles_beyond_the_ends_and_beside_infinity() -> None:
    ordered = np.array([1.0, 2.0, 3.0, np.inf])
    assert quantile(ordered, 0.0) == 1.0 and quantile(ordered, 1.0) == math.inf
    assert quantile(ordered, 0.5) == pytest.approx(2.5)
    assert quantile(ordered, 0.7) == math.inf and quantile(np.array([5.0]), 0.3) == 5.0
    values = np.sort(np.random.default_rng(1).gamma(2, size=57))
    for at in (0.01, 0.1, 1 / 3, 0.9, 0.99):
        assert quantile(values, at) == pytest.approx(float(np.quantile(values, at, method="median_unbiased")))


def test_a_seed_gives_the_same_limits_and_another_seed_others() -> None:
    table = lists.korea().table
    one, same, other = (stepwise(table, draws=3000, seed=seed) for seed in (1, 1, 2))
    assert (one.lower, one.upper) == (same.lower, same.upper) != (other.lower, other.upper)
    assert one.upper == pytest.approx(440, rel=0.1) and one.details["draws"] == 3000


def test_progress_is_told_and_may_stop_the_work() -> None:
    told: list[tuple[int, int]] = []

    class Enough(Exception):
        pass

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) == 2:
            raise Enough

    with pytest.raises(Enough):
        stepwise(lists.korea().table, draws=10_000, progress=stop)
    assert told == [(100, 10_000), (200, 10_000)]


def test_draws_keep_persons_and_leave_empty_patterns_empty() -> None:
    table, seen = lists.uk_2013_five().table, []
    estimate: Callable[[NDArray[np.int64]], NDArray[np.float64]] = estimator(table)

    def watched(draws: NDArray[np.int64]) -> NDArray[np.float64]:
        seen.append(draws)
        return estimate(draws)

    found = bootstrap(table, watched, draws=50, seed=3, levels=(0.95,))
    one, less, *drawn = seen
    assert (one.shape, less.shape, sum(len(d) for d in drawn)) == ((1, 18), (18, 18), 50)
    assert all((d.sum(axis=1) == table.n).all() for d in drawn) and (less.sum(axis=1) == table.n - 1).all()
    whole = np.random.default_rng(3).multinomial(table.n, table.counts / table.n, size=50)
    assert found.totals == pytest.approx(estimate(whole), rel=1e-12)
