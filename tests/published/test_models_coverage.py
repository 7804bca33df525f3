"""Do stated 95 % intervals hold the truth 95 times in 100? On simulated data whose truth is known."""

import numpy as np
import pytest

from smallcounts.rates.panel import panel
from smallcounts.rates.spatial import spatial
from tests.unit.smallcounts import sweden

pytestmark = pytest.mark.slow
BORDERS = sweden.borders()


def _effects(rng: np.random.Generator, sd: float, share: float) -> np.ndarray:
    n = len(sweden.areas())
    bound = sweden.structured_root(n, BORDERS) @ rng.standard_normal(n)
    return sd * (np.sqrt(1 - share) * rng.standard_normal(n) + np.sqrt(share) * bound)


def _held(truth: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    return float(((truth >= lower) & (truth <= upper)).mean())


def test_spatial_intervals_cover_on_our_own_seeds() -> None:
    """Sixteen maps of 290 areas, half of the counts at nought; coverage within 1.5 points of 95."""
    populations, held = sweden.cells()[1][:, 9], []
    for seed in range(16):
        rng = np.random.default_rng(seed)
        truth = np.exp(_effects(rng, rng.uniform(0.4, 0.9), rng.uniform(0.1, 0.9)) - 0.2)
        given = populations * 5.5e-5
        model = spatial(rng.poisson(given * truth), given, BORDERS)
        held.append(_held(truth, model.lower, model.upper))
    assert 0.935 < np.mean(held) < 0.965


def test_panel_intervals_cover_on_our_own_seeds() -> None:
    """Six panels of 290 areas and 10 years; coverage of levels and of every cell within 1.5 points of 95."""
    populations, areas, cells = sweden.cells()[1], [], []
    for seed in range(6):
        rng = np.random.default_rng(100 + seed)
        levels = np.exp(_effects(rng, rng.uniform(0.4, 0.8), rng.uniform(0.2, 0.8)))
        change = rng.normal(0, 0.15, 10)
        rates = 5e-5 * levels[:, None] * np.exp(change - change.mean())
        size = rng.uniform(1.5, 6)
        model = panel(rng.negative_binomial(size, size / (size + populations * rates)), populations, BORDERS)
        areas.append(_held(levels * 5, model.lower * model.pooled_rate, model.upper * model.pooled_rate))
        cells.append(_held(rates * 1e5, model.cells.lower, model.cells.upper))
    assert 0.935 < np.mean(areas) < 0.965
    assert 0.935 < np.mean(cells) < 0.965


def test_the_invented_counts_show_what_poisson_on_added_years_hides() -> None:
    """Scattered counts: the panel covers 93-95.5 %, Poisson on ten years added up 87-88 %."""
    counts, populations, truth = sweden.cells()
    model = panel(counts, populations, BORDERS)
    levels = np.exp(np.log(truth).mean(axis=1)) * 1e5 / model.pooled_rate
    assert 0.93 < _held(levels, model.lower, model.upper) < 0.955
    assert 0.93 < _held(truth * 1e5, model.cells.lower, model.cells.upper) < 0.955
    total = counts.sum(axis=1)
    pooled = spatial(total, sweden.expected(total, populations.sum(axis=1)), BORDERS)
    assert 0.86 < _held(levels, pooled.lower, pooled.upper) < 0.89
