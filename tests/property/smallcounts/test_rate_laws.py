"""Laws that hold for any counts, not only for those we thought of."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smallcounts import rates as r

counts = st.integers(0, 5000)
people = st.integers(1, 10**8)
levels = st.floats(0.05, 0.999)
methods = st.sampled_from(["exact", "mid-p"])
series = st.lists(st.tuples(st.integers(0, 60), st.floats(0.05, 60)), min_size=10, max_size=25)


@given(counts, people, levels, methods)
def test_an_interval_holds_its_value(count: int, population: int, level: float, method: str) -> None:
    found = r.rate(count, population, level=level, method=method)  # type: ignore[arg-type]
    assert 0 <= found.interval.lower <= found.value * (1 + 1e-12)
    assert found.value < found.interval.upper * (1 + 1e-12)
    assert (found.interval.lower == 0) == (count == 0)


@given(counts, levels, methods)
def test_limits_rise_with_the_count(count: int, level: float, method: str) -> None:
    low, high = r.poisson_interval([count, count + 1], level=level, method=method)  # type: ignore[arg-type]
    assert low[0] < low[1] and high[0] < high[1]


@given(counts, st.tuples(levels, levels), methods)
def test_a_higher_level_is_never_narrower(count: int, pair: tuple[float, float], method: str) -> None:
    low, high = sorted(pair)
    narrow, wide = (r.poisson_interval(count, level=x, method=method) for x in (low, high))  # type: ignore[arg-type]
    assert wide[0] <= narrow[0] * (1 + 1e-12) and narrow[1] <= wide[1] * (1 + 1e-12)


@given(counts, people, st.floats(1, 1e6), methods)
def test_a_rate_scales_with_per(count: int, population: int, per: float, method: str) -> None:
    one = r.rate(count, population, per=1, method=method)  # type: ignore[arg-type]
    many = r.rate(count, population, per=per, method=method)  # type: ignore[arg-type]
    scaled = (one.value * per, one.interval.lower * per, one.interval.upper * per)
    assert (many.value, many.interval.lower, many.interval.upper) == pytest.approx(scaled, rel=1e-12)


@given(counts, people, counts, people, methods)
def test_a_ratio_turns_over_when_its_sides_change_place(
    a: int, na: int, b: int, nb: int, method: str
) -> None:
    there = r.rate_ratio(a, na, b, nb, method=method)  # type: ignore[arg-type]
    back = r.rate_ratio(b, nb, a, na, method=method)  # type: ignore[arg-type]
    for x, y in ((there.interval.lower, back.interval.upper), (there.interval.upper, back.interval.lower)):
        assert (x == 0 and math.isinf(y)) or (y == 0 and math.isinf(x)) or x * y == pytest.approx(1, rel=1e-6)
    assert there.p_value == pytest.approx(back.p_value, rel=1e-6, abs=1e-12)
    assert {there.verdict, back.verdict} in ({"above", "below"}, {"not_shown"})


@given(counts, people, counts, people, methods)
def test_a_ratio_lies_in_its_interval(a: int, na: int, b: int, nb: int, method: str) -> None:
    assume(a + b > 0)
    found = r.rate_ratio(a, na, b, nb, method=method)  # type: ignore[arg-type]
    assert found.interval.lower <= found.value * (1 + 1e-9)
    assert found.value <= found.interval.upper * (1 + 1e-9)
    assert 0 <= found.p_value <= 1


@given(counts, people, counts, people)
def test_a_rise_seen_backwards_is_a_fall(a: int, na: int, b: int, nb: int) -> None:
    there, back = r.change(a, na, b, nb), r.change(b, nb, a, na)
    assert there.probability_rose + back.probability_rose == pytest.approx(1)
    assert there.interval.lower * back.interval.upper == pytest.approx(1, rel=1e-6)
    assert there.interval.lower < there.median < there.interval.upper


@given(
    st.lists(st.tuples(counts, people), min_size=1, max_size=30), st.sets(st.integers(1990, 2030), max_size=4)
)
def test_pooling_loses_nothing_and_crosses_no_break(years: list[tuple[int, int]], breaks: set[int]) -> None:
    start = 1995
    events = {start + i: y for i, (y, _) in enumerate(years)}
    found = r.pool(events, {start + i: n for i, (_, n) in enumerate(years)}, sorted(breaks)).periods
    assert sum(p.rate.count for p in found) == sum(events.values())
    assert sum(p.rate.population for p in found) == sum(n for _, n in years)
    assert [year for p in found for year in range(p.first, p.last + 1)] == sorted(events)
    assert not any(p.first < b <= p.last for p in found for b in breaks)


@given(st.floats(1e-3, 50), st.floats(0.01, 1e4))
def test_funnel_limits_are_in_order_round_the_target(target: float, size: float) -> None:
    limits = r.funnel([1], [1.0], target=target).limits([size])[:, 0]
    assert (np.diff(limits) >= -1e-12).all() and limits[0] >= 0
    assert limits[1] <= target <= limits[2]


@given(st.floats(1e-3, 50), st.floats(1, 1e4), st.floats(2, 50))
def test_funnel_limits_narrow_when_a_population_doubles(target: float, events: float, times: float) -> None:
    small, large = r.funnel([1], [1.0], target=target).limits([events / target, events / target * times]).T
    assert (large[2:] <= small[2:] * (1 + 1e-9)).all()
    assert (large[:2] >= small[:2] * (1 - 1e-9)).all()


@given(series)
def test_shrinkage_stays_between_the_area_and_the_whole(areas: list[tuple[int, float]]) -> None:
    y, e = np.array([a[0] for a in areas]), np.array([a[1] for a in areas])
    assume(y.sum() > 0)
    found = r.shrink(y, e)
    common = y.sum() / e.sum() if math.isinf(found.shape) else found.shape * found.scale
    ends = np.sort(np.stack([y / e, np.full(len(y), common)]), axis=0)
    inside = (found.mean >= ends[0] * (1 - 1e-9)) & (found.mean <= ends[1] * (1 + 1e-9))
    assert (inside | np.isclose(found.mean, common)).all()
    assert ((found.lower >= 0) & (found.lower < found.upper)).all()


@given(series, st.sampled_from(["multiplicative", "additive"]))
def test_over_dispersion_never_moves_a_z_outwards(areas: list[tuple[int, float]], kind: str) -> None:
    y, e = [a[0] for a in areas], [a[1] for a in areas]
    assume(sum(y) > 0)
    plain, wide = r.funnel(y, e), r.funnel(y, e, overdispersion=kind)  # type: ignore[arg-type]
    assert (np.abs(wide.z) <= np.abs(plain.z) + 1e-12).all()


@given(st.integers(1, 40), st.integers(1, 12), st.integers(0, 10**6))
def test_ranks_share_out_what_there_is(k: int, n: int, seed: int) -> None:
    draws = np.random.default_rng(seed).integers(0, 5, (k, n)).astype(float)
    found = r.ranks(draws, top=1 + seed % n)
    assert found.expected.sum() == pytest.approx(n * (n + 1) / 2)
    assert ((found.lower >= 1) & (found.lower <= found.upper) & (found.upper <= n)).all()
