"""The spatial model against a posterior made by brute force, on maps of five and six areas."""

import numpy as np
import pytest

from smallcounts.rates.spatial import spatial
from tests.unit.smallcounts.importance import weigh

ROW = [(0, 1), (1, 2), (2, 3), (3, 4)]
RING = [(0, 1), (1, 2), (2, 3), (3, 4), (4, 5), (0, 5)]
FIVE, SIX = ([0, 3, 1, 8, 2], [2.0, 3, 2.5, 3, 3.5]), ([0, 3, 1, 8, 2, 6], [2.0, 3, 2.5, 3, 3.5, 5])

MAPS = {
    "a row": (*FIVE, ROW, [(5, ROW)]),
    "a ring": (*SIX, RING, [(6, RING)]),
    "a row and an island": (*SIX, ROW, [(5, ROW), (1, [])]),
    "two parts": (*SIX, [(0, 1), (1, 2), (3, 4), (4, 5)], [(3, [(0, 1), (1, 2)]), (3, [(0, 1), (1, 2)])]),
}


@pytest.mark.parametrize("name", MAPS)
def test_rates_agree_with_brute_force(name: str) -> None:
    counts, expected, borders, parts = MAPS[name]
    truth = weigh(np.array(counts, float), np.array(expected), parts)
    model = spatial(counts, expected, borders)
    assert np.abs(np.log(model.mean / truth.mean())).max() < 0.015
    assert np.abs(np.log(model.lower / truth.quantile(0.025))).max() < 0.1
    assert np.abs(np.log(model.upper / truth.quantile(0.975))).max() < 0.04
    assert model.sd.mean == pytest.approx(truth.weights @ truth.sd, rel=0.03)
    assert model.share_spatial.mean == pytest.approx(truth.weights @ truth.share, abs=0.02)


def test_a_level_other_than_95_is_honoured() -> None:
    truth = weigh(np.array(FIVE[0], float), np.array(FIVE[1]), [(5, ROW)])
    model = spatial(*FIVE, ROW, level=0.8)
    assert np.abs(np.log(model.lower / truth.quantile(0.1))).max() < 0.04
    assert np.abs(np.log(model.upper / truth.quantile(0.9))).max() < 0.04
    assert model.level == 0.8


def test_an_unknown_count_is_filled_from_its_neighbours() -> None:
    counts, expected = np.array([9.0, np.nan, 12, 1, 0]), np.full(5, 4.0)
    truth = weigh(np.array([9.0, 0, 12, 1, 0]), np.array([4.0, 0, 4, 4, 4]), [(5, ROW)], k=1_000_000)
    model = spatial(counts, expected, ROW, areas=list("abcde"))
    assert np.abs(np.log(model.mean / truth.mean())).max() < 0.03
    assert model.unknown == ("b",) and "filled_from_neighbours" in model.warnings
    assert model.to_rows()[1]["count"] is None


def test_draws_move_together_as_the_posterior_does() -> None:
    truth = weigh(np.array(FIVE[0], float), np.array(FIVE[1]), [(5, ROW)])
    logs = np.log(truth.rates)
    covariance = np.cov(logs.T, aweights=truth.weights)
    drawn = np.cov(np.log(spatial(*FIVE, ROW).draws(40_000, seed=1)).T)
    assert np.abs(drawn - covariance).max() < 0.02
    assert np.corrcoef(logs.T)[0, 1] > 0.05  # there is something to agree on
