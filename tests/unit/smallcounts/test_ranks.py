"""Ranks against the slow way of ranking, with ties, and how wide they are."""

from typing import Any

import numpy as np
import pytest
from scipy.stats import rankdata

from smallcounts.datasets import simulated_rates
from smallcounts.rates import RateError, ranks, shrink


def by_hand(draws: np.ndarray, top: int) -> tuple[np.ndarray, np.ndarray]:
    placed = rankdata(-draws, axis=1)
    return placed.mean(axis=0), (placed <= top).mean(axis=0)


@pytest.mark.parametrize("shape", [(500, 12), (7, 3), (1, 4), (50, 1)])
def test_expected_rank_and_top_agree_with_ranking_each_draw(shape: tuple[int, int]) -> None:
    draws = np.random.default_rng(1).gamma(1, size=shape) + np.arange(shape[1]) / 8
    found = ranks(draws, top=1)
    mean, first = by_hand(draws, 1)
    assert np.allclose(found.expected, mean)
    assert np.allclose(found.probability_top, first)


def test_the_interval_leaves_at_most_its_share_outside() -> None:
    draws = np.random.default_rng(2).normal(size=(999, 20)) + np.arange(20) / 5
    found = ranks(draws, top=3, level=0.9)
    placed = rankdata(-draws, axis=1)
    assert ((placed < found.lower).mean(axis=0) <= 0.05).all()
    assert ((placed > found.upper).mean(axis=0) <= 0.05).all()
    assert ((placed <= found.lower).mean(axis=0) > 0.05).all()
    assert ((placed >= found.upper).mean(axis=0) > 0.05).all()


def test_equal_draws_share_their_rank_whatever_the_order() -> None:
    draws = np.ones((100, 6))
    found = ranks(draws, top=3)
    assert np.allclose(found.expected, 3.5) and found.warnings == ("ties",)
    assert np.allclose(found.probability_top, 0)
    mixed = np.random.default_rng(3).integers(0, 4, (300, 6)).astype(float)
    mean, top = by_hand(mixed, 2)
    assert np.allclose(ranks(mixed, top=2).expected, mean)
    assert np.allclose(ranks(mixed, top=2).probability_top, top)


def test_a_clear_order_is_found_and_highest_is_first() -> None:
    found = ranks(np.array([[3.0, 1.0, 2.0]] * 40), top=1)
    assert found.expected.tolist() == [1, 3, 2]
    assert found.probability_top.tolist() == [1, 0, 0]
    assert (found.lower == found.upper).all()


def test_one_year_of_small_counts_hardly_ranks_anyone() -> None:
    rows = [r for r in simulated_rates() if r.year == 2024]
    people = np.array([r.population for r in rows])
    counts = np.array([r.count for r in rows])
    model = shrink(counts, people * counts.sum() / people.sum())
    found = ranks(model.draws(2000, seed=1), top=10)
    assert np.median(found.upper - found.lower) > 200
    assert found.probability_top.sum() == pytest.approx(10)
    assert "places wide" in found.summary()


@pytest.mark.parametrize(
    ("draws", "top"), [([1.0, 2.0], 1), ([[]], 1), ([[1.0, 2.0]], 0), ([[1.0, 2.0]], 3), ([[1.0, np.nan]], 1)]
)
def test_what_cannot_be_ranked_is_refused(draws: Any, top: int) -> None:
    with pytest.raises(RateError):
        ranks(draws, top=top)
