"""The scan against brute force on a small grid, and what it says about itself."""

import math

import numpy as np
import pytest

from smallcounts.counts import CountError
from smallcounts.rates.posterior import MODEL_WORDS
from smallcounts.rates.results import WORDS
from smallcounts.rates.scan import scan
from smallcounts.references import REFERENCES

GRID = np.array([(x, y) for x in range(5) for y in range(5)], float)


def _brute_force(counts, populations, places, max_share):
    """Every circle, one at a time, in plain loops: the highest LLR and its members."""
    total, people, best = sum(counts), sum(populations), (0.0, frozenset())
    for centre in places:
        gaps = [math.dist(centre, place) for place in places]
        for radius in sorted(set(gaps)):
            inside = frozenset(i for i, gap in enumerate(gaps) if gap <= radius)
            c = sum(counts[i] for i in inside)
            share = sum(populations[i] for i in inside) / people
            e = total * share
            if share <= max_share and c > e:
                rest = (total - c) * math.log((total - c) / (total - e)) if c < total else 0.0
                best = max(best, (c * math.log(c / e) + rest, inside), key=lambda pair: pair[0])
    return best


@pytest.mark.parametrize("seed", range(6))
def test_the_highest_circle_is_that_of_brute_force(seed: int) -> None:
    rng = np.random.default_rng(seed)
    populations = rng.integers(1_000, 9_000, 25)
    counts = rng.poisson(populations * 1e-3 * np.where(rng.random(25) < 0.2, 3, 1))
    value, members = _brute_force(counts.tolist(), populations.tolist(), GRID.tolist(), 0.25)
    first = scan(counts, populations, GRID, simulations=9).clusters[0]
    assert first.log_likelihood_ratio == pytest.approx(value)
    assert frozenset(first.members) == members
    assert first.count == counts[list(members)].sum()


def test_p_values_are_those_of_brute_force() -> None:
    rng = np.random.default_rng(0)
    populations = rng.integers(1_000, 9_000, 25)
    counts = rng.poisson(populations * 1e-3 * np.where(np.arange(25) < 3, 1.8, 1))
    found = scan(counts, populations, GRID, simulations=60, seed=4)
    maps = np.random.default_rng(4).multinomial(counts.sum(), populations / populations.sum(), size=60)
    highest = [_brute_force(m.tolist(), populations.tolist(), GRID.tolist(), 0.25)[0] for m in maps]
    for cluster in found.clusters:
        reached = sum(h >= cluster.log_likelihood_ratio - 1e-9 for h in highest)
        assert cluster.p_value == pytest.approx((1 + reached) / 61)


def test_a_planted_cluster_is_found_and_an_even_map_has_none() -> None:
    populations = np.full(25, 10_000)
    counts = np.full(25, 4)
    assert scan(counts, populations, GRID).clusters == ()
    counts[[0, 1, 5]] = 20
    first = scan(counts, populations, GRID, seed=1).clusters[0]
    assert {0, 1, 5} <= set(first.members) and first.p_value == 0.001 and first.ratio > 3


def test_circles_share_no_area_and_hold_a_quarter_at_most() -> None:
    rng = np.random.default_rng(2)
    populations = rng.integers(1_000, 9_000, 25)
    counts = rng.poisson(populations * 2e-3)
    found = scan(counts, populations, GRID, simulations=19, most=5)
    members = [i for cluster in found.clusters for i in cluster.members]
    assert len(members) == len(set(members))
    for cluster in found.clusters:
        assert populations[list(cluster.members)].sum() <= 0.25 * populations.sum()
        assert cluster.expected == pytest.approx(
            counts.sum() * populations[list(cluster.members)].sum() / populations.sum()
        )


def test_an_unknown_count_takes_its_population_out() -> None:
    counts, populations = np.full(25, 4.0), np.full(25, 10_000.0)
    counts[[0, 1, 5]] = 20
    counts[6] = np.nan
    found = scan(counts, populations, GRID, seed=1)
    assert "unknown_left_out" in found.warnings
    assert all(6 not in cluster.members for cluster in found.clusters)
    assert {0, 1, 5} <= set(found.clusters[0].members)


def test_it_says_that_it_is_a_hint() -> None:
    found = scan([9, 1, 1, 1], [100] * 4, GRID[:4], areas=list("abcd"), simulations=99)
    assert {"hint_only", "trend_looks_like_cluster", "borders_of_circle_vague"} <= set(found.warnings)
    assert "not evidence" in found.summary() and found.to_rows()[0]["centre"] == "a"
    assert set(found.assumptions) | set(found.warnings) <= set(WORDS) | set(MODEL_WORDS)
    assert set(found.sources) <= set(REFERENCES) and "LLR" in found.explain()[0].formula
    assert found.clusters == scan([9, 1, 1, 1], [100] * 4, GRID[:4], simulations=99).clusters


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"coordinates": GRID[:3]}, r"shape \(4, 2\)"),
        ({"coordinates": [[0, 0], [1, 1], [2, 2], [3, np.nan]]}, "every area needs a point"),
        ({"max_share": 0.9}, "half of the population"),
        ({"simulations": 0}, "at least one simulation"),
    ],
)
def test_bad_input_is_refused_in_words(change, says) -> None:
    given = {"counts": [9, 1, 1, 1], "populations": [100] * 4, "coordinates": GRID[:4], **change}
    with pytest.raises((CountError, ValueError), match=says):
        scan(given.pop("counts"), given.pop("populations"), given.pop("coordinates"), **given)
