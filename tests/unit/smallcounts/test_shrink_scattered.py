"""Shrinkage of scattered counts: against sums over a dense grid, against the Poisson limit, against a truth."""

import math

import numpy as np
import pytest
from scipy import stats

from smallcounts.datasets import scotland
from smallcounts.rates import RateError, shrink


def drawn(seed: int, areas: int, shape: float, size: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Counts, expected and true relative rates from the model itself."""
    rng = np.random.default_rng(seed)
    expected = rng.lognormal(math.log(2), 1, areas)
    truth = rng.gamma(shape, 1 / shape, areas)
    return rng.poisson(expected * truth * rng.gamma(size, 1 / size, areas)), expected, truth


def likelihood(y: np.ndarray, expected: np.ndarray, size: float, rates: np.ndarray) -> np.ndarray:
    """SciPy's probabilities (g, n) of the counts at rates (g,)."""
    mean = rates[:, None] * expected
    return np.asarray(stats.nbinom.pmf(y, size, size / (size + mean)))


def brute_force(y: np.ndarray, expected: np.ndarray, size: float, at: np.ndarray) -> np.ndarray:
    """P(true rate ≤ at | counts), summed over a dense grid of spreads, levels and rates."""
    spread, level = np.meshgrid(np.geomspace(0.02, 6, 60), np.geomspace(0.01, 100, 80), indexing="ij")
    shape, mean = 1 / spread.ravel() ** 2, level.ravel()
    edges = np.concatenate([[0], np.geomspace(1e-9, 3000, 3000)])
    prior = np.diff(stats.gamma.cdf(edges, shape[:, None], scale=(mean / shape)[:, None]), axis=1)
    own = likelihood(y, expected, size, (edges[1:] + edges[:-1]) / 2)
    by_area = prior @ own
    log = np.log(by_area).sum(axis=1) + 2 * np.log(spread.ravel()) - spread.ravel() / 2  # s² ds/s
    weight = np.exp(log - log.max())
    posterior = own * (prior.T @ (weight[:, None] / by_area))
    reached = np.cumsum(posterior, axis=0) / posterior.sum(axis=0)
    return np.array([np.interp(a, edges[1:], reached[:, i]) for i, a in enumerate(at)])


@pytest.mark.slow
@pytest.mark.parametrize(("seed", "size"), [(1, 2.8), (2, 1.0), (3, 20.0)])
def test_the_limits_are_the_quantiles_of_all_fits_that_are_possible(seed: int, size: float) -> None:
    y, expected, _ = drawn(seed, 10, 2.0, size)
    found = shrink(y, expected, size=size)
    assert np.allclose(brute_force(y, expected, size, found.lower), 0.025, atol=0.0025)
    assert np.allclose(brute_force(y, expected, size, found.upper), 0.975, atol=0.0025)


def test_the_mean_is_the_integral_under_the_best_fit() -> None:
    y, expected, _ = drawn(4, 60, 2.0, 2.8)
    found = shrink(y, expected, size=2.8)
    at = np.geomspace(1e-6, 100, 20_000)
    weight = (
        likelihood(y, expected, 2.8, at) * (stats.gamma.pdf(at, found.shape, scale=found.scale) * at)[:, None]
    )
    assert np.allclose(found.mean, (weight * at[:, None]).sum(axis=0) / weight.sum(axis=0), rtol=1e-3)
    assert ((found.lower < found.mean) & (found.mean < found.upper)).all()


def test_the_fit_is_the_most_likely_one() -> None:
    y, expected, _ = drawn(4, 60, 2.0, 2.8)
    found = shrink(y, expected, size=2.8)
    at = np.geomspace(1e-7, 100, 8000)
    own = likelihood(y, expected, 2.8, at)

    def height(shape: float, scale: float) -> float:
        density = stats.gamma.pdf(at, shape, scale=scale) * at
        return float(np.log(density @ own).sum())

    top = height(found.shape, found.scale)
    for a, b in ((1.05, 1), (0.95, 1), (1, 1.05), (1, 0.95), (1.05, 1 / 1.05), (0.95, 1 / 0.95)):
        assert height(found.shape * a, found.scale * b) < top


@pytest.mark.parametrize("size", [1e5, 1e8])
def test_a_large_size_comes_close_to_poisson(size: float) -> None:
    table = scotland()
    plain, found = shrink(table.observed, table.expected), shrink(table.observed, table.expected, size=size)
    assert found.shape == pytest.approx(plain.shape, rel=2e-3)
    for name in ("mean", "lower", "upper"):
        assert np.allclose(getattr(found, name), getattr(plain, name), rtol=2e-3, atol=1e-4)


def test_cells_are_narrow_enough_for_large_counts() -> None:
    y = np.array([90_000, 110_000, 100_500, 99_500, 3000, 2800, 12, 8, 1, 0])
    expected = np.array([1e5, 1e5, 1e5, 1e5, 3e3, 3e3, 10, 10, 1, 1])
    plain, found = shrink(y, expected), shrink(y, expected, size=1e9)
    width = plain.upper - plain.lower
    for name in ("mean", "lower", "upper"):
        assert (np.abs(getattr(found, name) - getattr(plain, name)) < 0.02 * width).all()


def test_no_scatter_gives_the_bits_of_the_poisson_model() -> None:
    y, expected, _ = drawn(6, 30, 2.0, 2.8)
    plain, endless = shrink(y, expected), shrink(y, expected, size=math.inf)
    for name in ("mean", "lower", "upper"):
        assert np.array_equal(getattr(plain, name), getattr(endless, name))
    assert np.array_equal(plain.draws(9, 1), endless.draws(9, 1))
    assert plain.explain() == endless.explain() and plain.summary() == endless.summary()


def test_scatter_widens_the_limits_of_a_large_area() -> None:
    y, expected = [400, *[3] * 5, *[6] * 10, *[0] * 4], [100.0, *[4.0] * 19]
    sizes = (math.inf, 30.0, 3.0, 1.0)
    widths = [float(f.upper[0] / f.lower[0]) for f in (shrink(y, expected, size=k) for k in sizes)]
    assert widths == sorted(widths) and widths[-1] > 2 * widths[0]


def test_areas_alike_get_the_common_rate_and_a_warning() -> None:
    found = shrink([4] * 40, [5.0] * 40, size=3.0)
    assert math.isinf(found.shape) and found.scale == 0
    assert np.allclose(found.mean, 0.8, rtol=1e-4)
    assert "no_overdispersion" in found.warnings
    assert ((found.lower < 0.8) & (found.upper > 0.8)).all()


def test_draws_agree_with_the_limits_and_move_together() -> None:
    y, expected, _ = drawn(5, 30, 2.0, 2.8)
    found = shrink(y, expected, size=2.8)
    many = found.draws(8_000, seed=1)
    inside = ((many > found.lower) & (many < found.upper)).mean(axis=0)
    assert np.allclose(inside, 0.95, atol=0.012)
    assert np.array_equal(many[:5], found.draws(8_000, seed=1)[:5])
    apart = np.corrcoef(np.log(many + 1e-9).T)[np.triu_indices(30, 1)]
    assert apart.mean() > 0.01  # the level that all share


@pytest.mark.parametrize("pattern", [[0] * 9 + [1], [0] * 9 + [10**6], [10**6] * 5 + [0] * 5])
@pytest.mark.parametrize("size", [0.1, 3.0, 1e6])
def test_strange_counts_do_not_break_the_fit(pattern: list[int], size: float) -> None:
    found = shrink(pattern, [1e-3] * 5 + [1e4] * 5, size=size, level=0.999)
    for array in (found.mean, found.lower, found.upper):
        assert np.isfinite(array).all()
    assert (found.lower <= found.upper).all()


def test_a_size_is_told_and_a_bad_one_refused() -> None:
    found = shrink([1] * 9 + [5], [1.0] * 10, size=2.0)
    assert found.size == 2.0 and found.assumptions[:2] == ("scattered_counts", "size_known")
    assert "k = 2.00" in found.explain()[0].numbers
    with pytest.raises(ValueError, match="read-only"):
        found.mean[0] = 3
    with pytest.raises(RateError, match="a size is a number"):
        shrink([1] * 10, [1.0] * 10, size=-2.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("areas", "shape", "rounds"),
    [(290, 2.0, 12), (290, 0.7, 12), (100, 2.0, 40), (30, 2.0, 80), (10, 2.0, 120)],
)
def test_the_limits_cover_what_they_say(areas: int, shape: float, rounds: int) -> None:
    held = []
    for seed in range(rounds):
        y, expected, truth = drawn(seed, areas, shape, 2.8)
        found = shrink(y, expected, size=2.8)
        held.append(((found.lower <= truth) & (truth <= found.upper)).mean())
    assert abs(np.mean(held) - 0.95) <= 0.015
