"""The draws of the compiled loops follow their distributions, from a generator with known output."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

from smallcounts.mse.random_draws import (
    beta,
    binomial,
    gamma,
    log_gamma_draw,
    negative_binomial,
    new_state,
    normal,
    poisson,
    uniform,
)

MANY = 20_000


def draws(draw: Callable[..., float], *given: float) -> Any:
    state = new_state(11, 3)
    return np.array([draw(state, *given) for _ in range(MANY)])


def test_the_generator_gives_the_published_sequence() -> None:
    state = np.array([1, 2, 3, 4], dtype=np.uint64)
    outputs = [41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205]
    assert [uniform(state) for _ in outputs] == [((out >> 11) + 0.5) * 2.0**-53 for out in outputs]


def test_streams_of_a_seed_differ() -> None:
    assert len({uniform(new_state(seed, stream)) for seed in (0, 1) for stream in range(5)}) == 10


@pytest.mark.parametrize(
    ("draw", "given", "law"),
    [
        (normal, (), stats.norm()),
        (gamma, (0.7,), stats.gamma(0.7)),
        (gamma, (40.0,), stats.gamma(40)),
        (beta, (1.0, 1.0), stats.uniform()),
        (beta, (3.0, 900.0), stats.beta(3, 900)),
    ],
)
def test_continuous_draws_follow_their_law(draw: Any, given: tuple[float, ...], law: Any) -> None:
    assert stats.kstest(draws(draw, *given), law.cdf).pvalue > 0.005


def test_logs_of_gamma_draws_are_right_where_the_draw_itself_vanishes() -> None:
    found = draws(log_gamma_draw, 0.01)
    # P(G <= x) is x^a / G(1 + a) for small x: the log is below log x with this chance
    assert (found < -100).mean() == pytest.approx(np.exp(-1.0) / 0.9943, abs=0.012)
    assert np.isfinite(found).all()


@pytest.mark.parametrize(
    ("draw", "given", "law"),
    [
        (binomial, (40.0, 0.1), stats.binom(40, 0.1)),
        (binomial, (1000.0, 0.3), stats.binom(1000, 0.3)),
        (binomial, (1000.0, 0.93), stats.binom(1000, 0.93)),
        (binomial, (1e6, 0.002), stats.binom(10**6, 0.002)),
        (poisson, (3.0,), stats.poisson(3)),
        (poisson, (12.0,), stats.poisson(12)),
        (poisson, (4000.0,), stats.poisson(4000)),
        (negative_binomial, (50.0, 0.9, 0.1), stats.nbinom(50, 0.1)),
    ],
)
def test_counts_follow_their_law(draw: Any, given: tuple[float, ...], law: Any) -> None:
    edges = np.concatenate([[-1.0], np.unique(law.ppf(np.linspace(0.03, 0.97, 18))), [np.inf]])
    expected = np.diff(law.cdf(edges)) * MANY
    seen = np.histogram(draws(draw, *given), bins=edges + 0.5)[0]
    assert stats.chisquare(seen, expected * seen.sum() / expected.sum()).pvalue > 0.005


def test_certain_draws_are_certain() -> None:
    state = new_state(1, 1)
    assert (
        binomial(state, 7.0, 0.0) == 0 and binomial(state, 7.0, 1.0) == 7 and binomial(state, 0.0, 0.5) == 0
    )
