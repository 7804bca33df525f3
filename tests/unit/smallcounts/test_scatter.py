"""The size of the scatter: its likelihood against brute force, and a known truth found again."""

import dataclasses
import math

import numpy as np
import pytest
from scipy import integrate, optimize, stats

from smallcounts.rates import RateError, Scatter, TooFew, scatter
from smallcounts.rates.scatter_fit import ScatterData, at_size, log_likelihood, quadrature
from tests.unit.smallcounts import sweden


def data_of(counts: np.ndarray, expected: np.ndarray, known: np.ndarray | None = None) -> ScatterData:
    years = counts.shape[1]
    basis = np.linalg.qr(np.eye(years) - 1 / years)[0][:, : years - 1]
    seen = np.ones(counts.shape, bool) if known is None else known
    return ScatterData(np.where(seen, counts, 0).astype(float), expected, seen, basis)


def value(data: ScatterData, size: float, years: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    return log_likelihood(data, size, quadrature(data, size), years)


def drawn(seed: int, areas: int, years: int, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Counts and populations; every area and year has a level of its own."""
    rng = np.random.default_rng(seed)
    people = rng.lognormal(10, 0.8, areas)[:, None] * rng.uniform(0.95, 1.05, (areas, years))
    mean = people * 1e-4 * rng.lognormal(0, 0.5, areas)[:, None] * rng.lognormal(0, 0.2, years)
    return rng.poisson(mean * (1 if math.isinf(size) else rng.gamma(size, 1 / size, mean.shape))), people


COUNTS = np.array([[3, 0, 7], [1, 1, 0], [12, 4, 9], [0, 2, 0]])


@pytest.mark.parametrize("size", [0.3, 2.8, 40.0, 1e4])
def test_alike_years_give_the_likelihood_given_the_totals(size: float) -> None:
    found = value(data_of(COUNTS, np.ones(COUNTS.shape)), size, np.zeros(2))[0]
    wanted = sum(stats.dirichlet_multinomial.logpmf(row, [size] * 3, row.sum()) for row in COUNTS)
    assert found == pytest.approx(wanted, abs=1e-8)


def integrated(counts: np.ndarray, weights: np.ndarray, size: float) -> float:
    """Log of the integral of Π NegBin(y_j; mean λ w_j, size) dλ/λ, the sum over areas."""

    def one(y: np.ndarray, w: np.ndarray) -> float:
        def density(log_level: float) -> float:
            mean = math.exp(log_level) * w
            return float(stats.nbinom.pmf(y, size, size / (size + mean)).prod())

        return math.log(integrate.quad(density, -30, 30, limit=400, points=[0.0, 2.0])[0])

    return sum(one(y, w) for y, w in zip(counts, weights, strict=True))


@pytest.mark.parametrize("size", [0.8, 3.0, 50.0])
def test_uneven_years_give_the_integral_over_each_level(size: float) -> None:
    expected = np.array([[1.0, 1.4, 0.7], [2.0, 2.1, 2.4], [0.9, 1.0, 0.6], [1.0, 1.0, 3.0]])
    data, years = data_of(COUNTS, expected), np.array([0.2, -0.3])
    weights = expected * np.exp(data.basis @ years)
    found = value(data, size, years)[0]
    constant = np.log(COUNTS.sum(axis=1)).sum()  # flat on the log scale leaves 1/Y per area
    assert found == pytest.approx(integrated(COUNTS, weights, size) + constant, abs=1e-4)


def test_no_scatter_is_the_multinomial() -> None:
    expected = np.array([[1.0, 1.4, 0.7]] * 4)
    found = value(data_of(COUNTS, expected), math.inf, np.zeros(2))[0]
    shares = expected[0] / expected[0].sum()
    wanted = sum(stats.multinomial.logpmf(row, row.sum(), shares) for row in COUNTS)
    assert found == pytest.approx(wanted)
    assert value(data_of(COUNTS, expected), 1e8, np.zeros(2))[0] == pytest.approx(wanted, abs=1e-4)


@pytest.mark.parametrize("size", [0.8, 5.0, math.inf])
def test_slope_and_curvature_are_those_of_the_value(size: float) -> None:
    counts, people = drawn(1, 40, 4, 2.0)
    known = np.random.default_rng(2).random(counts.shape) < 0.85
    kept = (np.where(known, counts, 0).sum(axis=1) > 1) & (known.sum(axis=1) > 1)
    data, at = data_of(counts[kept], people[kept], known[kept]), np.array([0.1, -0.2, 0.05])
    _, slope, curvature = value(data, size, at)
    steps = 1e-4 * np.eye(3)
    rise = [(value(data, size, at + d)[0] - value(data, size, at - d)[0]) / 2e-4 for d in steps]
    bend = [(value(data, size, at - d)[1] - value(data, size, at + d)[1]) / 2e-4 for d in steps]
    assert np.allclose(slope, rise, atol=1e-3)
    assert np.allclose(curvature, bend, rtol=1e-3)


def test_years_are_paid_for_by_half_the_log_determinant() -> None:
    counts, people = drawn(3, 30, 4, 2.0)
    kept = counts.sum(axis=1) >= 2
    data = data_of(counts[kept], people[kept])
    found = at_size(data, 2.0, np.zeros(3))
    top, slope, curvature = value(data, 2.0, found.years)
    assert np.abs(slope).max() < 1e-3
    assert found.value == pytest.approx(top - 0.5 * np.linalg.slogdet(curvature)[1])


def test_the_size_and_its_limits_are_where_the_likelihood_says() -> None:
    counts, people = drawn(3, 30, 4, 2.0)
    kept = counts.sum(axis=1) >= 2
    data, found = data_of(counts[kept], people[kept]), scatter(counts, people)

    def minus(log_size: float) -> float:
        return -at_size(data, math.exp(log_size), np.zeros(3)).value

    best = optimize.minimize_scalar(minus, bounds=(-1, 4), method="bounded", options={"xatol": 1e-6})
    assert math.log(found.size) == pytest.approx(best.x, abs=2e-3)
    for limit in (found.interval.lower, found.interval.upper):
        assert 2 * (minus(math.log(limit)) - best.fun) == pytest.approx(stats.chi2.ppf(0.95, 1), abs=0.01)


def test_the_invented_counts_scatter_as_they_were_drawn() -> None:
    counts, people, _ = sweden.cells()
    found = scatter(counts, people)
    assert found.size == pytest.approx(2.77, abs=0.05)  # the panel, which knows the map too, says 2.82
    assert 2.2 < found.interval.lower < found.size < found.interval.upper < 3.4
    assert found.warnings == ()
    assert (found.areas, found.years, found.events) == (266, 10, 5590)


def test_chance_alone_leaves_infinity_possible() -> None:
    assert math.isinf(scatter(*drawn(5, 80, 5, math.inf)).interval.upper)
    calm = scatter(np.full((12, 4), 50), np.ones((12, 4)))
    assert math.isinf(calm.size) and math.isinf(calm.interval.upper)
    assert calm.warnings == ("no_scatter",)
    assert calm.to_rows()[0]["size"] is None and "∞" in calm.summary()


def test_levels_of_areas_and_years_do_not_matter() -> None:
    counts, people = drawn(7, 25, 4, 2.0)
    here = scatter(counts, people)
    there = scatter(counts, people * np.geomspace(0.01, 100, 25)[:, None] * [1, 5, 0.2, 3])
    assert there.size == pytest.approx(here.size, rel=2e-3)
    assert there.interval.lower == pytest.approx(here.interval.lower, rel=2e-3)


def test_what_cannot_tell_changes_nothing() -> None:
    counts, people = drawn(8, 25, 4, 2.0)
    bare = scatter(counts, people)
    more = np.vstack([counts, [[0, 0, 0, 0]], [[1, 0, 0, 0]], [[9, np.nan, np.nan, np.nan]]])
    more = np.column_stack([more, np.zeros(len(more))])
    found = scatter(more, np.full(more.shape, 3.0) * np.vstack([people, np.ones((3, 4))])[:, [0, 1, 2, 3, 3]])
    assert (found.areas, found.years) == (bare.areas, 4)
    assert found.size == pytest.approx(bare.size, rel=2e-3)
    assert found.year_effect[4] is None
    assert "unknown_cells" in found.warnings


def test_what_cannot_be_read_is_refused() -> None:
    with pytest.raises(TooFew, match="needs 10 areas with two known years and two events"):
        scatter(np.full((9, 3), 4), np.ones((9, 3)))
    with pytest.raises(RateError, match="the same shape, two years or more"):
        scatter([1, 2], [1.0, 2.0])
    with pytest.raises(RateError, match="a count is a whole number"):
        scatter(np.full((10, 3), 1.5), np.ones((10, 3)))
    with pytest.raises(RateError, match="expected count is a number above 0"):
        scatter(np.full((10, 3), 1), np.zeros((10, 3)))
    with pytest.raises(RateError, match="level"):
        scatter(np.full((10, 3), 1), np.ones((10, 3)), level=95)


def test_a_vague_size_is_said_and_the_result_is_frozen() -> None:
    found: Scatter = scatter(*drawn(9, 14, 3, 2.0))
    assert "size_vague" in found.warnings
    assert len(found.explain()) == 3
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.size = 1.0  # type: ignore[misc]


@pytest.mark.slow
@pytest.mark.parametrize(("areas", "years", "size"), [(60, 4, 2.8), (150, 3, 1.0), (30, 8, 6.0)])
def test_many_small_levels_do_not_bias_the_size(areas: int, years: int, size: float) -> None:
    found = [scatter(*drawn(100 + seed, areas, years, size)) for seed in range(100)]
    spread = np.array([1 / f.size for f in found])
    assert abs(spread.mean() * size - 1) < 3 * spread.std() * size / 10 + 0.02
    held = np.mean([f.interval.lower <= size <= f.interval.upper for f in found])
    assert 0.89 <= held <= 0.99
