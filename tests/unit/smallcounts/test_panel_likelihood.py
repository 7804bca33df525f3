"""The likelihoods' derivatives against finite differences, and their constants against SciPy."""

import numpy as np
import pytest
from scipy.stats import nbinom, poisson

from smallcounts.rates.bym2 import Poisson
from smallcounts.rates.negative_binomial import NegativeBinomial

RNG = np.random.default_rng(3)
BASIS = np.linalg.qr(np.eye(3) - 1 / 3)[0][:, :2]
COUNTS = np.array([[0.0, 2, 1], [4, 0, 9], [1, 1, 0], [0, 0, 0]])
EXPECTED = np.array([[1.0, 2, 1.5], [5, 3, 6], [0.5, 1, 2], [0, 0, 0]])  # the last row is unknown
PANEL = NegativeBinomial(COUNTS, EXPECTED, BASIS, 1.7)
SINGLE = Poisson(COUNTS[:, 0], EXPECTED[:, 0])
CASES = [(PANEL, RNG.normal(0, 0.5, 6)), (SINGLE, RNG.normal(0, 0.5, 4))]


def _curvature(likelihood, z) -> np.ndarray:
    upper = np.zeros((len(z), len(z)), order="F")
    likelihood.add_curvature(upper, z)
    return np.triu(upper) + np.triu(upper, 1).T


@pytest.mark.parametrize(("likelihood", "z"), CASES)
def test_slope_and_curvature_are_the_derivatives(likelihood, z) -> None:
    step = 1e-5 * np.eye(len(z))
    slope = [(likelihood.value(z + d) - likelihood.value(z - d)) / 2e-5 for d in step]
    assert likelihood.slope(z) == pytest.approx(slope, abs=1e-7)
    bend = [-(likelihood.slope(z + d) - likelihood.slope(z - d)) / 2e-5 for d in step]
    assert _curvature(likelihood, z) == pytest.approx(np.array(bend), abs=1e-7)


@pytest.mark.parametrize(("likelihood", "z"), CASES)
def test_higher_derivatives_of_the_areas(likelihood, z) -> None:
    third, fourth = likelihood.higher(z)
    for i in range(4):
        step = 1e-3 * np.eye(len(z))[i]
        bends = [-_curvature(likelihood, z + d)[i, i] for d in (-step, 0 * step, step)]
        assert third[i] == pytest.approx((bends[2] - bends[0]) / 2e-3, abs=1e-5)
        assert fourth[i] == pytest.approx((bends[0] + bends[2] - 2 * bends[1]) / 1e-6, abs=1e-4)


@pytest.mark.parametrize(("likelihood", "z"), CASES)
def test_the_smoothed_slope_is_a_mean_over_draws(likelihood, z) -> None:
    root = RNG.normal(0, 0.2, (len(z), len(z)))
    covariance = root @ root.T
    draws = RNG.multivariate_normal(z, covariance, 40_000)
    mean = np.mean([likelihood.slope(d) for d in draws], axis=0)
    assert likelihood.smoothed_slope(z, np.triu(covariance)) == pytest.approx(mean, abs=0.05)


def test_values_differ_as_the_log_probabilities_do() -> None:
    z, size = CASES[0][1], 1.7
    mean = (EXPECTED * np.exp(z[:4, None] + BASIS @ z[4:]))[:3]
    exact = nbinom.logpmf(COUNTS[:3], size, size / (size + mean)).sum()
    other = NegativeBinomial(COUNTS, EXPECTED, BASIS, 4.0)
    exact_other = nbinom.logpmf(COUNTS[:3], 4.0, 4.0 / (4.0 + mean)).sum()
    assert PANEL.value(z) - other.value(z) == pytest.approx(exact - exact_other)
    level = CASES[1][1]
    known = poisson.logpmf(COUNTS[:3, 0], EXPECTED[:3, 0] * np.exp(level[:3])).sum()
    flat = poisson.logpmf(COUNTS[:3, 0], EXPECTED[:3, 0]).sum()
    assert SINGLE.value(level) - SINGLE.value(np.zeros(4)) == pytest.approx(known - flat)


def test_an_area_on_its_nodes_is_its_share_of_the_likelihood() -> None:
    z = CASES[0][1]
    own = PANEL.own(z[:4, None], BASIS @ z[4:])
    moved = PANEL.own(z[:4, None] + 0.3, BASIS @ z[4:])
    total = PANEL.value(np.concatenate([z[:4] + 0.3, z[4:]])) - PANEL.value(z)
    assert (moved - own).sum() == pytest.approx(total)
