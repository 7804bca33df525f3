"""Laws that the models over areas must keep, whatever the map and the counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smallcounts.rates.panel import panel
from smallcounts.rates.scan import scan
from smallcounts.rates.spatial import spatial

FEW = settings(max_examples=15, deadline=None, derandomize=True)


@st.composite
def maps(draw, periods: int = 0):
    """Counts, expected counts and borders of 4 to 9 areas; some maps fall into parts."""
    n = draw(st.integers(4, 9))
    shape = (n, periods) if periods else (n,)
    size = int(np.prod(shape))
    counts = draw(st.lists(st.integers(0, 60), min_size=size, max_size=size).filter(any))
    expected = draw(st.lists(st.floats(0.05, 50), min_size=size, max_size=size))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    borders = draw(st.lists(pairs, min_size=2, max_size=2 * n))
    return np.array(counts, float).reshape(shape), np.array(expected).reshape(shape), borders


@FEW
@given(maps())
def test_limits_enclose_a_positive_mean_and_the_fit_settles(drawn) -> None:
    model = spatial(*drawn)
    assert (model.lower > 0).all() and (model.lower < model.mean).all() and (model.mean < model.upper).all()
    assert np.isfinite(model.upper).all() and model.diagnostics.has_converged
    assert 0 < model.share_spatial.interval.lower < model.share_spatial.interval.upper < 1


@FEW
@given(maps(), st.randoms(use_true_random=False))
def test_the_order_of_the_areas_does_not_matter(drawn, random) -> None:
    counts, expected, borders = drawn
    order = list(range(len(counts)))
    random.shuffle(order)
    place = {area: i for i, area in enumerate(order)}
    moved = spatial(counts[order], expected[order], [(place[b], place[a]) for a, b in borders])
    model = spatial(counts, expected, borders)
    assert moved.mean == pytest.approx(model.mean[order], rel=1e-5)
    assert moved.upper == pytest.approx(model.upper[order], rel=1e-4)


@FEW
@given(maps())
def test_one_event_more_never_lowers_its_own_area_below_the_others(drawn) -> None:
    counts, expected, borders = drawn
    more = counts.copy()
    more[0] += 5
    before, after = spatial(counts, expected, borders), spatial(more, expected, borders)
    assert after.mean[0] > before.mean[0] * 0.999


@settings(max_examples=8, deadline=None, derandomize=True)
@given(maps(periods=4))
def test_a_panel_encloses_its_means(drawn) -> None:
    model = panel(*drawn)
    assert (model.lower > 0).all() and (model.lower < model.area_mean).all()
    assert (model.area_mean < model.upper).all() and np.isfinite(model.cells.upper).all()
    assert model.diagnostics.has_converged


@FEW
@given(st.lists(st.integers(0, 30), min_size=9, max_size=9).filter(any), st.integers(0, 1000))
def test_a_scan_gives_proper_p_values_in_falling_order(counts, seed) -> None:
    places = [(i % 3, i // 3) for i in range(9)]
    found = scan(counts, [100] * 9, places, simulations=19, seed=seed).clusters
    assert all(0.05 <= cluster.p_value <= 1 for cluster in found)
    ratios = [cluster.log_likelihood_ratio for cluster in found]
    assert ratios == sorted(ratios, reverse=True) and all(ratio > 0 for ratio in ratios)
    assert all(cluster.count > cluster.expected for cluster in found)
