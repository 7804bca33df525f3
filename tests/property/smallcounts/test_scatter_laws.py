"""Laws of counts that scatter more than chance: for any counts, not only for those we thought of."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smallcounts import rates as r

counts = st.integers(0, 5000)
sizes = st.floats(0.1, 1e8)
levels = st.floats(0.05, 0.999)
methods = st.sampled_from(["exact", "mid-p"])


@given(counts, sizes, levels, methods)
def test_limits_rise_with_the_count(count: int, size: float, level: float, method: str) -> None:
    low, high = r.scattered_interval([count, count + 1], size, level=level, method=method)  # type: ignore[arg-type]
    assert low[0] < low[1] and high[0] < high[1]
    assert (low[0] == 0) == (count == 0) and (low < high).all()


@given(counts, st.tuples(sizes, sizes), st.floats(0.7, 0.999), methods)
def test_more_scatter_means_wider_limits(
    count: int, pair: tuple[float, float], level: float, method: str
) -> None:
    small, large = sorted(pair)
    wide, narrow, least = (
        r.scattered_interval(count, k, level=level, method=method)  # type: ignore[arg-type]
        for k in (small, large, math.inf)
    )
    # the lower limit of a count of 1 alone rises with scatter, since a count of 0 becomes more likely
    assert narrow[1] <= wide[1] * (1 + 1e-8) and least[1] <= narrow[1] * (1 + 1e-8)
    assert count == 0 or narrow[1] / narrow[0] <= wide[1] / wide[0] * (1 + 1e-8)
    assert count == 0 or least[1] / least[0] <= narrow[1] / narrow[0] * (1 + 1e-8)


@given(counts, sizes, st.tuples(levels, levels), methods)
def test_a_higher_level_is_never_narrower(
    count: int, size: float, pair: tuple[float, float], method: str
) -> None:
    low, high = sorted(pair)
    narrow, wide = (r.scattered_interval(count, size, level=x, method=method) for x in (low, high))  # type: ignore[arg-type]
    assert wide[0] <= narrow[0] * (1 + 1e-9) and narrow[1] <= wide[1] * (1 + 1e-9)


@given(counts, sizes, levels)
def test_mid_p_lies_inside_exact(count: int, size: float, level: float) -> None:
    wide, narrow = (r.scattered_interval(count, size, level=level, method=m) for m in ("exact", "mid-p"))  # type: ignore[arg-type]
    assert wide[0] <= narrow[0] * (1 + 1e-9) and narrow[1] <= wide[1] * (1 + 1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 10**6)), min_size=1, max_size=12),
    st.floats(0.2, 1e6),
)
def test_a_pooled_size_lies_between_one_year_and_all_alike(years: list[tuple[int, int]], size: float) -> None:
    start = 2000
    events = {start + i: y for i, (y, _) in enumerate(years)}
    people = {start + i: float(n) for i, (_, n) in enumerate(years)}
    found, plain = r.pool(events, people, size=size).periods[0], r.pool(events, people).periods[0]
    assert found.size is not None
    assert size * (1 - 1e-9) <= found.size <= size * len(years) * (1 + 1e-9)
    assert found.rate.value == plain.rate.value
    assert found.rate.interval.upper >= plain.rate.interval.upper * (1 - 1e-8)
    if found.spread is not None and plain.spread is not None:
        assert found.spread <= plain.spread * (1 + 1e-9)


@settings(deadline=None, max_examples=5)  # each fit is some forty likelihoods
@given(st.integers(0, 10**6), st.integers(10, 20), st.integers(2, 5))
def test_a_scatter_does_not_know_the_order(seed: int, areas: int, years: int) -> None:
    rng = np.random.default_rng(seed)
    y, e = rng.poisson(rng.gamma(1, 4, (areas, years))), rng.uniform(0.5, 2, (areas, years))
    assume(((y.sum(axis=1) >= 2).sum() >= 10) and (y.sum(axis=0) > 0).all())
    one, other = r.scatter(y, e), r.scatter(y[::-1, ::-1], e[::-1, ::-1])
    assert math.isinf(one.size) == math.isinf(other.size)
    if math.isfinite(one.size):
        assert one.size == pytest.approx(other.size, rel=0.01)
    assert one.interval.lower <= one.size <= one.interval.upper
