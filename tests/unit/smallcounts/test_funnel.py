"""Funnel limits: against the Poisson distribution, the notes' figures, and chance itself."""

from typing import Any

import numpy as np
import pytest
from scipy import stats

from smallcounts.datasets import simulated_rates
from smallcounts.rates import Funnel, RateError, TooFew, funnel


def year_2019(**wanted: Any) -> Funnel:
    rows = [r for r in simulated_rates() if r.year == 2019]
    people = np.array([r.population for r in rows])
    counts = np.array([r.count for r in rows])
    return funnel(counts, people * counts.sum() / people.sum(), **wanted)


def test_over_dispersion_moves_47_areas_outside_to_17() -> None:
    assert (year_2019().outside != 0).sum() == 47
    found = year_2019(overdispersion="additive")
    assert (found.outside != 0).sum() == 17
    assert found.phi is not None and found.phi > 1 and found.tau2 > 0
    assert "overdispersed" in found.warnings


def test_plain_limits_hug_the_poisson_quantiles() -> None:
    sizes = np.array([0.7, 3.0, 20.0, 400.0])
    limits = funnel([3], [3.0], target=1.0).limits(sizes)
    for p, line in zip((0.001, 0.025, 0.975, 0.999), limits, strict=True):
        quantile = stats.poisson.ppf(p, sizes)
        assert (line * sizes <= quantile + 1e-9).all()
        assert (line * sizes >= np.maximum(quantile - 1, 0) - 1e-9).all()


def test_limits_at_every_size_come_from_the_quantile_of_scipy() -> None:
    sizes = np.geomspace(1, 1e5, 400)
    for p, line in zip(
        (0.001, 0.025, 0.975, 0.999), funnel([3], [3.0], target=1.0).limits(sizes), strict=True
    ):
        r = stats.poisson.ppf(p, sizes)
        at, below = stats.poisson.cdf(r, sizes), stats.poisson.cdf(r - 1, sizes)
        wanted = np.maximum(r - (at - p) / (at - below), 0) / sizes
        assert np.allclose(line, wanted, rtol=1e-9)


def test_where_hardly_anything_is_expected_the_target_is_the_limit() -> None:
    limits = funnel([1], [1.0], target=1.0).limits([1e-4])[:, 0]
    assert limits.tolist() == [0, 0, 1, 1]


def test_an_interpolated_limit_by_hand() -> None:
    # mean 2: F(4) = 0.947347, F(5) = 0.983436; r = 5
    line = funnel([2], [2.0], target=1.0, levels=(0.975,)).limits([2.0])
    assert line[0, 0] == pytest.approx((5 - (0.983436 - 0.975) / (0.983436 - 0.947347)) / 2, abs=1e-5)


def test_limits_narrow_with_size_and_close_on_the_target() -> None:
    for kind in (None, "multiplicative"):
        limits = year_2019(overdispersion=kind).limits(np.geomspace(5, 1e6, 50))
        assert (np.diff(limits[2]) < 0).all() and (np.diff(limits[1]) > 0).all()
        assert np.allclose(limits[:, -1], 1.0, atol=0.01)


def test_additive_limits_stay_open_for_the_largest_areas() -> None:
    found = year_2019(overdispersion="additive")
    far = found.limits([1e9])[:, 0]
    spread = np.sqrt(found.tau2)
    assert far[2] == pytest.approx((1 + 1.959964 * spread) ** 2, rel=1e-3)


def test_phi_and_tau2_by_hand() -> None:
    y, e = np.array([1, 9, 4, 16, 2, 30, 7, 3, 12, 5]), np.full(10, 8.9)
    z = 2 * (np.sqrt(y) - np.sqrt(8.9))
    low, high = np.quantile(z, [0.1, 0.9])
    phi = np.mean(np.clip(z, low, high) ** 2)
    found = funnel(y, e, target=1.0, overdispersion="additive")
    assert found.phi == pytest.approx(phi)
    weights = 4 * e
    below = weights.sum() - (weights**2).sum() / weights.sum()
    assert found.tau2 == pytest.approx((10 * phi - 9) / below)
    wanted = (np.sqrt(y / e) - 1) / np.sqrt(1 / (4 * e) + found.tau2)
    assert np.allclose(found.z, wanted)


def test_areas_alike_are_not_over_dispersed() -> None:
    for kind in ("multiplicative", "additive"):
        found = funnel([10, 11, 9] * 10, [10.0] * 30, overdispersion=kind)  # type: ignore[arg-type]
        assert "not_overdispersed" in found.warnings and found.tau2 == 0
        assert np.array_equal(found.limits([3.0]), funnel([10] * 30, [10.0] * 30).limits([3.0]))
        assert (found.outside == 0).all()


def test_chance_alone_passes_the_inner_limits_as_often_as_they_say() -> None:
    rng = np.random.default_rng(4)
    expected = rng.lognormal(3, 0.7, 20_000)
    found = funnel(rng.poisson(expected), expected, target=1.0)
    assert (found.outside != 0).mean() == pytest.approx(0.05, abs=0.012)


def test_outside_counts_the_limits_passed() -> None:
    found = funnel([0, 3, 10, 22, 40], [10.0] * 5, target=1.0)
    assert found.outside.tolist() == [-2, -1, 0, 2, 2]


def test_populations_give_limits_in_rates() -> None:
    people = np.array([1e5, 5e5])
    found = funnel([4, 20], people)
    assert found.target == pytest.approx(4e-5)
    assert np.allclose(
        found.limits(people), funnel([4, 20], people * 4e-5, target=1.0).limits([4, 20]) * 4e-5
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(TooFew, match="10 areas"):
        funnel([1] * 5, [1.0] * 5, overdispersion="additive")
    with pytest.raises(RateError, match="no event"):
        funnel([0, 0], [1.0, 2.0])
    with pytest.raises(RateError, match="rising"):
        funnel([1], [1.0], levels=(0.9, 0.1))
    with pytest.raises(RateError, match="same length"):
        funnel([1, 2], [1.0])
    with pytest.raises(RateError, match="overdispersion"):
        funnel([1] * 10, [1.0] * 10, overdispersion="yes")  # type: ignore[arg-type]
