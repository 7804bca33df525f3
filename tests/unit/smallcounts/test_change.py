"""Change as a probability: against integration, and calibrated on truths drawn before the counts."""

import math

import numpy as np
import pytest
from scipy import integrate, stats

from smallcounts.rates import RateError, change


@pytest.mark.parametrize(
    ("before", "after"), [((3, 100.0), (5, 110.0)), ((43, 1000.0), (135, 990.0)), ((0, 10), (2, 30))]
)
def test_the_probability_is_the_integral_over_both_posteriors(
    before: tuple[int, float], after: tuple[int, float]
) -> None:
    first = stats.gamma(before[0] + 0.5, scale=1 / before[1])
    second = stats.gamma(after[0] + 0.5, scale=1 / after[1])
    share, _ = integrate.quad(lambda u: second.sf(first.ppf(u)), 0, 1, limit=200)
    assert change(*before, *after).probability_rose == pytest.approx(share, abs=1e-6)


def test_the_interval_holds_95_percent_of_simulated_ratios() -> None:
    found = change(4, 100, 9, 80)
    rng = np.random.default_rng(2)
    ratios = rng.gamma(9.5, 1 / 80, 400_000) / rng.gamma(4.5, 1 / 100, 400_000)
    low, middle, high = np.quantile(ratios, [0.025, 0.5, 0.975])
    wanted = (low, middle, high)
    assert (found.interval.lower, found.median, found.interval.upper) == pytest.approx(wanted, rel=0.02)
    assert found.ratio == pytest.approx(9 / 80 / (4 / 100))


def said_and_true(seed: int, rates: np.ndarray) -> list[tuple[float, float]]:
    """Counts drawn from the rates: in five classes of P(rose), the mean P and the share that truly rose."""
    counts = [tuple(pair) for pair in np.random.default_rng(seed).poisson(rates).tolist()]
    known = {pair: change(pair[0], 1, pair[1], 1).probability_rose for pair in set(counts)}
    said = np.array([known[pair] for pair in counts])
    rose = rates[:, 1] > rates[:, 0]
    which = np.minimum((said * 5).astype(int), 4)
    return [(said[which == c].mean(), rose[which == c].mean()) for c in range(5)]


def test_the_probability_is_calibrated_when_nothing_is_known_before() -> None:
    # truths first, counts after: where P is near p, the rate rose in about a share p of the cases
    rates = np.exp(np.random.default_rng(3).uniform(np.log(0.5), np.log(60), (20_000, 2)))
    for said, true in said_and_true(4, rates):
        assert abs(said - true) <= 0.02


def test_the_probability_leans_too_far_when_rates_are_known_to_be_alike() -> None:
    # the manual says so: with true rates that hardly differ the real share lies nearer one half
    rates = np.random.default_rng(3).gamma(20, 0.25, (20_000, 2))
    lowest, *_, highest = said_and_true(4, rates)
    assert lowest[0] + 0.1 < lowest[1] < 0.5 < highest[1] < highest[0] - 0.1


@pytest.mark.slow
def test_the_interval_covers_what_it_says() -> None:
    outcomes = np.arange(60)
    for mean_before, mean_after in ((5.0, 8.0), (12.0, 6.0), (17.0, 22.0)):
        held = 0.0
        for a in outcomes:
            for b in outcomes:
                chance = float(stats.poisson.pmf(a, mean_before) * stats.poisson.pmf(b, mean_after))
                if chance > 1e-6:
                    limits = change(int(a), 1, int(b), 1).interval
                    held += chance * (limits.lower <= mean_after / mean_before <= limits.upper)
        assert abs(held - 0.95) <= 0.015


def test_no_event_at_all_leans_neither_way() -> None:
    found = change(0, 50, 0, 50)
    assert found.probability_rose == pytest.approx(0.5)
    assert math.isnan(found.ratio) and found.to_rows()[0]["ratio"] is None
    assert found.warnings == ("both_counts_zero",)
    assert 0 < found.interval.lower < found.median < found.interval.upper < math.inf


def test_from_none_to_some_has_no_ratio_but_a_probability() -> None:
    found = change(0, 100, 4, 100)
    assert math.isinf(found.ratio) and found.probability_rose > 0.98
    assert math.isfinite(found.median)


def test_impossible_numbers_are_refused() -> None:
    with pytest.raises(RateError):
        change(-1, 10, 2, 10)
    with pytest.raises(RateError):
        change(1, 0, 2, 10)
    with pytest.raises(RateError, match="true or false"):
        change(True, 10, 2, 10)
