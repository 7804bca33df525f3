"""Shrinkage: the fit against another program, the limits against a known truth."""

import math
import warnings

import numpy as np
import pytest
from scipy import stats
from statsmodels.discrete.discrete_model import NegativeBinomial

from smallcounts.datasets import scotland, simulated_rates
from smallcounts.rates import RateError, Shrinkage, TooFew, shrink


def drawn(
    seed: int, areas: int, shape: float, mean: float = 2.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, expected and true relative rates from the model itself."""
    rng = np.random.default_rng(seed)
    expected = rng.lognormal(math.log(mean), 1, areas)
    truth = rng.gamma(shape, 1 / shape, areas)
    return rng.poisson(expected * truth), expected, truth


def test_the_fit_is_that_of_negative_binomial_regression() -> None:
    table = scotland()
    ones = np.ones((56, 1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = NegativeBinomial(np.array(table.observed), ones, offset=np.log(table.expected))
        theirs = model.fit(disp=0, method="bfgs", gtol=1e-9)
    level, alpha = theirs.params
    ours = shrink(table.observed, table.expected)
    assert ours.shape == pytest.approx(1 / alpha, rel=1e-4)
    assert ours.shape * ours.scale == pytest.approx(math.exp(level), rel=1e-4)


def test_the_mean_is_the_formula_and_lies_between_area_and_all() -> None:
    y, expected, _ = drawn(1, 60, 2)
    found = shrink(y, expected)
    assert np.allclose(found.mean, (found.shape + y) / (1 / found.scale + expected))
    common = found.shape * found.scale
    own = y / expected
    assert ((np.minimum(own, common) <= found.mean) & (found.mean <= np.maximum(own, common))).all()
    assert ((found.lower < found.mean) & (found.mean < found.upper)).all()


def brute_force(y: np.ndarray, expected: np.ndarray, at: np.ndarray) -> np.ndarray:
    """P(true rate ≤ at | counts), summed over a dense grid of spreads and levels."""
    spread, level = np.meshgrid(np.linspace(0.02, 6, 90), np.geomspace(0.1, 10, 90), indexing="ij")
    shape, mean = 1 / spread.ravel() ** 2, level.ravel()
    chance = shape[:, None] / (shape[:, None] + expected * mean[:, None])
    log = (
        stats.nbinom.logpmf(y, shape[:, None], chance).sum(axis=1)
        + np.log(spread.ravel())
        - spread.ravel() / 2
    )
    weight = np.exp(log - log.max())[:, None]
    parts = stats.gamma.cdf(at, shape[:, None] + y, scale=1 / ((shape / mean)[:, None] + expected))
    return (weight * parts).sum(axis=0) / weight.sum()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_limits_are_the_quantiles_of_all_fits_that_are_possible(seed: int) -> None:
    y, expected, _ = drawn(seed, 10, 2.0)
    found = shrink(y, expected)
    assert np.allclose(brute_force(y, expected, found.lower), 0.025, atol=0.0025)
    assert np.allclose(brute_force(y, expected, found.upper), 0.975, atol=0.0025)


def covered(areas: int, shape: float, rounds: int) -> float:
    """The share of true rates inside the 95 % limits."""
    held = []
    for seed in range(rounds):
        y, expected, truth = drawn(seed, areas, shape)
        found = shrink(y, expected)
        held.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    return float(np.mean(held))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("areas", "shape", "rounds"),
    [(290, 2.0, 15), (290, 0.7, 15), (100, 2.0, 40), (100, 8.0, 60), (30, 2.0, 80)],
)
def test_the_limits_cover_what_they_say(areas: int, shape: float, rounds: int) -> None:
    assert abs(covered(areas, shape, rounds) - 0.95) <= 0.015


@pytest.mark.slow
@pytest.mark.parametrize("shape", [0.5, 2.0, 8.0])
def test_ten_areas_still_get_honest_limits(shape: float) -> None:
    # the limits of the single best fit cover 0.4 to 0.7 here
    assert 0.93 < covered(10, shape, 100) < 0.99


def test_with_many_areas_the_limits_are_the_quantiles_of_the_best_fit() -> None:
    y, expected, _ = drawn(3, 600, 2)
    found = shrink(y, expected)
    plain = stats.gamma(found.shape + y, scale=1 / (1 / found.scale + expected))
    assert np.allclose(found.lower, plain.ppf(0.025), rtol=0.06, atol=0.01)
    assert np.allclose(found.upper, plain.ppf(0.975), rtol=0.03)


def test_areas_alike_get_the_common_rate_and_a_warning() -> None:
    found = shrink([4] * 40, [5.0] * 40)
    assert math.isinf(found.shape) and found.scale == 0
    assert np.allclose(found.mean, 0.8)
    assert "no_overdispersion" in found.warnings
    assert ((found.lower < 0.8) & (found.upper > 0.8)).all()
    assert "vary by 0%" in found.summary()


def simulated() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, populations and true means of the simulated municipalities, (290, 10) each."""
    rows = simulated_rates()
    y, people, rates = (
        np.array([getattr(r, name) for r in rows]).reshape(290, 10)
        for name in ("count", "population", "true_rate_per_100000")
    )
    return y, people, rates * people / 1e5


def held_in(y: np.ndarray, people: np.ndarray, means: np.ndarray) -> float:
    """The share of true rates inside the limits, each year shrunken alone."""
    held = []
    for year in range(y.shape[1]):
        expected = people[:, year] * y[:, year].sum() / people[:, year].sum()
        found, truth = shrink(y[:, year], expected), means[:, year] / expected
        held.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    return float(np.mean(held))


@pytest.mark.slow
def test_the_rates_of_the_simulated_municipalities_are_covered() -> None:
    # the truths are no gamma, and not one by one but in space: the limits hold within 1.5 points all the same
    _, people, means = simulated()
    drawn_again = np.random.default_rng(0).poisson(means)
    assert abs(held_in(drawn_again, people, means) - 0.95) <= 0.015


@pytest.mark.slow
def test_counts_in_clusters_cost_two_points_as_the_manual_says() -> None:
    # the table's own counts vary more than Poisson counts do round the true rate: a panel is for them
    assert 0.92 < held_in(*simulated()) < 0.935


def test_draws_agree_with_the_limits() -> None:
    y, expected, _ = drawn(5, 30, 2)
    found = shrink(y, expected)
    many = found.draws(20_000, seed=1)
    assert many.shape == (20_000, 30)
    inside = ((many > found.lower) & (many < found.upper)).mean(axis=0)
    assert np.allclose(inside, 0.95, atol=0.01)
    assert np.array_equal(many[:5], found.draws(20_000, seed=1)[:5])


@pytest.mark.parametrize("pattern", [[0] * 9 + [1], [0] * 9 + [10**6], [10**6] * 5 + [0] * 5])
def test_strange_counts_do_not_break_the_fit(pattern: list[int]) -> None:
    found = shrink(pattern, [1e-3] * 5 + [1e4] * 5, level=0.999)
    for array in (found.mean, found.lower, found.upper):
        assert np.isfinite(array).all()
    assert (found.lower <= found.upper).all()


def test_too_few_no_event_and_bad_shapes_are_refused() -> None:
    with pytest.raises(TooFew, match="needs 10 areas"):
        shrink([1] * 9, [1.0] * 9)
    with pytest.raises(RateError, match="no event"):
        shrink([0] * 10, [1.0] * 10)
    with pytest.raises(RateError, match="same length"):
        shrink([1] * 10, [1.0] * 11)


def test_the_arrays_cannot_be_changed() -> None:
    found: Shrinkage = shrink([1] * 9 + [5], [1.0] * 10)
    with pytest.raises(ValueError, match="read-only"):
        found.mean[0] = 3
    assert found.warnings[-1] == "few_areas"
