"""Ratios of two rates against other programs, at zero counts, and their true coverage."""

import math
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy import optimize, stats
from statsmodels.stats.rates import test_poisson_2indep as two_sample_test

from smallcounts.rates import RateError, rate_ratio

PAIRS = [(1, 1), (3, 9), (17, 22), (9, 3), (40, 2), (250, 300)]


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_exact_limits_are_clopper_pearson_turned_back(a: int, b: int) -> None:
    found = rate_ratio(a, 1000, b, 4000, method="exact").interval
    share = stats.binomtest(a, a + b).proportion_ci(0.95, "exact")
    wanted = [p / (1 - p) * 4 for p in (share.low, share.high)]
    assert [found.lower, found.upper] == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_mid_p_limits_solve_their_equation(a: int, b: int) -> None:
    found = rate_ratio(a, 1000, b, 4000).interval

    def tail(ratio: float) -> float:
        share = ratio / (ratio + 4)
        return float(stats.binom.sf(a, a + b, share) + stats.binom.pmf(a, a + b, share) / 2)

    wanted = [optimize.brentq(lambda r, t=t: tail(r) - t, 1e-6, 1e6, xtol=1e-12) for t in (0.025, 0.975)]
    assert [found.lower, found.upper] == pytest.approx(wanted, rel=1e-7)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_p_value_doubles_the_smaller_mid_p_tail(a: int, b: int) -> None:
    tails = [stats.binom.cdf(a, a + b, 0.2), stats.binom.sf(a - 1, a + b, 0.2)]
    half = stats.binom.pmf(a, a + b, 0.2) / 2
    assert rate_ratio(a, 1000, b, 4000).p_value == pytest.approx(min(1, 2 * (min(tails) - half)), rel=1e-9)


def test_the_rule_is_named_because_another_program_prints_another_p_value() -> None:
    ours = rate_ratio(17, 141_081, 22, 344_166)
    theirs = two_sample_test(17, 141_081, 22, 344_166, method="cond-midp").pvalue
    assert (round(ours.p_value, 3), round(float(theirs), 3)) == (0.055, 0.043)
    assert ours.p_rule in ours.summary()


@pytest.mark.parametrize("method", ["exact", "mid-p"])
def test_zero_on_either_side_opens_the_interval_on_that_side(method: Any) -> None:
    none_in_a = rate_ratio(0, 100, 5, 100, method=method)
    none_in_b = rate_ratio(5, 100, 0, 100, method=method)
    assert (none_in_a.value, none_in_a.interval.lower, none_in_a.warnings[0]) == (0, 0, "zero_count")
    assert (none_in_b.value, none_in_b.interval.upper, none_in_b.warnings[0]) == (
        math.inf,
        math.inf,
        "ratio_unbounded",
    )
    assert none_in_b.interval.lower == pytest.approx(1 / none_in_a.interval.upper, rel=1e-12)
    assert none_in_b.to_rows()[0]["upper"] is None


@pytest.mark.parametrize("method", ["exact", "mid-p"])
def test_zero_on_both_sides_says_nothing(method: Any) -> None:
    found = rate_ratio(0, 10, 0, 900, method=method)
    assert math.isnan(found.value)
    assert (found.interval.lower, found.interval.upper) == (0, math.inf)
    assert (found.p_value, found.verdict, found.warnings) == (1, "not_shown", ("both_counts_zero",))
    assert found.to_rows()[0]["ratio"] is None


def test_the_verdict_follows_the_interval() -> None:
    assert rate_ratio(30, 100, 3, 100).verdict == "above"
    assert rate_ratio(3, 100, 30, 100).verdict == "below"
    assert rate_ratio(10, 100, 12, 100).verdict == "not_shown"


def test_a_small_p_beside_a_wide_exact_interval_is_said() -> None:
    # five against none: the exact interval holds 1, the mid-p p-value is 0.031
    found = rate_ratio(0, 100, 5, 100, method="exact")
    assert found.verdict == "not_shown" and found.p_value < 0.05
    assert "p_and_interval_differ" in found.warnings


def test_mid_p_interval_and_p_value_never_disagree() -> None:
    for a, b in product(range(15), repeat=2):
        found = rate_ratio(a, 100, b, 150)
        assert (found.p_value < 0.05) == (found.verdict != "not_shown"), (a, b)


@pytest.mark.parametrize("means", [(4.0, 9.0), (17.0, 22.0), (3.0, 3.0)])
def test_coverage_counted_over_every_pair_of_outcomes(means: tuple[float, float]) -> None:
    mean_a, mean_b = means
    held = {"exact": 0.0, "mid-p": 0.0}
    reach = [int(m + 8 * np.sqrt(m) + 8) for m in means]
    for a, b in product(range(reach[0]), range(reach[1])):
        chance = float(stats.poisson.pmf(a, mean_a) * stats.poisson.pmf(b, mean_b))
        if chance < 1e-7:
            continue
        for method in ("exact", "mid-p"):
            limits = rate_ratio(a, 1000, b, 1000, method=method).interval
            held[method] += chance * (limits.lower <= mean_a / mean_b <= limits.upper)
    assert held["exact"] >= 0.95 - 1e-4
    assert 0.935 <= held["mid-p"] <= held["exact"]


@pytest.mark.parametrize("bad", [-1, 0.5, float("nan"), True])
def test_what_is_no_count_is_refused(bad: Any) -> None:
    with pytest.raises(RateError):
        rate_ratio(bad, 10, 3, 10)
    with pytest.raises(RateError):
        rate_ratio(3, 10, bad, 10)


def test_extreme_counts_do_not_break_the_search() -> None:
    for a, b in ((10**9, 1), (1, 10**9), (10**12, 10**12), (10**6, 0), (0, 10**6)):
        found = rate_ratio(a, 1e7, b, 3e5).interval
        assert 0 <= found.lower < found.upper
