"""Weighted draws stand for the posterior, or say that they do not."""

import math

import numpy as np
import pytest
from scipy.stats import gamma, genpareto

from smallcounts.mse.importance import (
    Array,
    Weighted,
    acceptance,
    importance_sample,
    pareto_fit,
    pareto_smoothed,
)


def rng() -> np.random.Generator:
    return np.random.default_rng(5)


def test_a_normal_posterior_is_given_back() -> None:
    centre, spread = np.array([1.0, -2.0]), np.array([[2.0, 0.6], [0.6, 0.5]])
    inverse = np.linalg.inv(spread)

    def normal(points: Array) -> Array:
        away = points - centre
        return np.asarray(-np.einsum("ij,jk,ik->i", away, inverse, away) / 2)

    found = importance_sample(normal, centre, spread, draws=20_000, rng=rng())
    assert found.mean() == pytest.approx(centre, abs=0.04)
    assert found.covariance() == pytest.approx(spread, abs=0.06)
    assert found.holds and found.pareto_k < 0.2 and found.acceptance > 0.8


def test_a_skewed_posterior_is_given_back() -> None:
    # log of a gamma variable with shape 1.5: peak at log 1.5, curvature 1.5
    found = importance_sample(
        lambda x: 1.5 * x[:, 0] - np.exp(x[:, 0]),
        np.array([np.log(1.5)]),
        np.eye(1) / 1.5,
        draws=40_000,
        rng=rng(),
    )
    for share in (0.025, 0.5, 0.975):
        assert gamma.cdf(math.exp(found.quantile(0, share)), 1.5) == pytest.approx(share, abs=0.01)
    assert found.holds


def test_a_proposal_far_from_the_posterior_is_moved_to_it() -> None:
    found = importance_sample(
        lambda x: -((x[:, 0] - 9) ** 2) / 2, np.zeros(1), np.eye(1), draws=5000, rng=rng()
    )
    assert found.holds and found.mean()[0] == pytest.approx(9, abs=0.1)


def test_tails_heavier_than_the_proposals_are_told() -> None:
    logs = np.log(genpareto.rvs(1.0, size=20_000, random_state=4))
    smooth, shape = pareto_smoothed(logs)
    assert shape == pytest.approx(1.0, abs=0.15) and smooth.max() <= 0
    weights = np.exp(smooth) / np.exp(smooth).sum()
    assert not Weighted(np.zeros((20_000, 1)), weights, shape, 5000.0, 0.5).holds


def test_draws_of_which_one_carries_all_the_weight_are_refused() -> None:
    logs = np.zeros(2000)
    logs[7] = 900.0
    smooth, shape = pareto_smoothed(logs)
    assert shape == math.inf and smooth.max() == smooth[7]
    assert acceptance(logs) == pytest.approx(1 / 2000)
    frozen = Weighted(np.zeros((2000, 1)), np.exp(smooth), shape, 1.0, acceptance(logs))
    assert not frozen.holds


def test_acceptance_is_that_of_the_chain_itself() -> None:
    logs = np.random.default_rng(1).normal(0, 1.2, 4000)
    weights, draw = np.exp(logs), np.random.default_rng(2)
    here, moved = int(np.argmax(logs)), 0
    for _ in range(60_000):
        there = int(draw.integers(4000))
        if draw.random() < weights[there] / weights[here]:
            here, moved = there, moved + 1
    assert acceptance(logs) == pytest.approx(moved / 60_000, abs=0.015)


@pytest.mark.parametrize("shape", [-0.3, 0.2, 0.7, 1.2])
def test_the_shape_of_a_pareto_tail_is_found(shape: float) -> None:
    tail = np.sort(genpareto.rvs(shape, scale=2.0, size=3000, random_state=3))
    found, scale = pareto_fit(tail)
    assert found == pytest.approx(shape, abs=0.08) and scale == pytest.approx(2.0, rel=0.1)


def test_equal_weights_have_no_tail() -> None:
    smooth, shape = pareto_smoothed(np.zeros(1000))
    assert shape == 0 and (smooth == 0).all() and acceptance(np.zeros(1000)) == 1
