"""Chains that agree are worth what they are worth; chains that do not are told."""

import math

import numpy as np
import pytest

from smallcounts.mse.convergence import Array, convergence, effective, r_hat, split


def autoregressive(rho: float, chains: int = 4, length: int = 10_000, seed: int = 1) -> Array:
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((chains, length))
    found = np.empty_like(noise)
    found[:, 0] = noise[:, 0]
    for at in range(1, length):
        found[:, at] = rho * found[:, at - 1] + math.sqrt(1 - rho**2) * noise[:, at]
    return found


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.9])
def test_effective_draws_of_a_known_chain(rho: float) -> None:
    chains = autoregressive(rho)
    assert effective(chains) == pytest.approx(40_000 * (1 - rho) / (1 + rho), rel=0.12)
    found = convergence(chains)
    assert found.r_hat < 1.01 and found.holds


def test_draws_that_alternate_are_worth_more_than_their_number() -> None:
    assert effective(autoregressive(-0.5)) > 60_000


def test_one_chain_elsewhere_is_found() -> None:
    chains = autoregressive(0.5)
    chains[2] += 3
    found = convergence(chains)
    assert found.r_hat > 1.3 and found.bulk < 50 and not found.holds


def test_chains_of_different_width_are_found_though_their_middles_agree() -> None:
    chains = autoregressive(0.0)
    chains[1] *= 5
    assert r_hat(split(chains)) < 1.01
    assert convergence(chains).r_hat > 1.1


def test_a_chain_that_drifts_is_found() -> None:
    chains = autoregressive(0.0) + np.linspace(0, 3, 10_000)
    assert not convergence(chains).holds


def test_a_chain_that_stands_still_is_refused() -> None:
    chains = autoregressive(0.0)
    chains[3] = 0.1
    found = convergence(chains)
    assert found.r_hat == math.inf and found.bulk == 0 and not found.holds
    assert not convergence(np.zeros((4, 100))).holds


def test_heavy_tails_do_not_hide_a_difference() -> None:
    chains = np.random.default_rng(3).standard_cauchy((4, 4000))
    assert convergence(chains).r_hat < 1.01
    chains[0] += 4
    assert convergence(chains).r_hat > 1.1


def test_a_middle_draw_is_left_out_when_halving() -> None:
    assert split(np.arange(10.0).reshape(2, 5)).tolist() == [[0, 1], [5, 6], [3, 4], [8, 9]]
