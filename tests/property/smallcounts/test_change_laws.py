"""Laws of change in pairs: turned pairs turn the sign, order is nothing, limits hold the truth when drawn."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smallcounts.change import mean_change, pairs, rank_change, share_change

steps = st.integers(1, 5)
tables = st.dictionaries(st.tuples(steps, steps), st.integers(1, 12), min_size=2, max_size=12)
cells = st.fixed_dictionaries({name: st.integers(0, 40) for name in ("both", "gained", "lost", "neither")})


def near(value: float) -> object:
    return pytest.approx(value, rel=1e-6, abs=1e-8)


@given(tables)
def test_turned_pairs_turn_the_mean_and_its_limits(table: dict[tuple[float, float], int]) -> None:
    there, back = pairs(table), pairs(table).turned()
    assume(len(there.differences) > 1)
    one, other = (mean_change(p.differences, minimum=2) for p in (there, back))
    assert (one.value, one.effect, one.p_value) == (
        near(-other.value),
        near(-other.effect),
        near(other.p_value),
    )
    assert one.interval.lower == near(-other.interval.upper)
    assert one.effect_interval.lower == near(-other.effect_interval.upper)
    assert one.interval.lower <= one.value <= one.interval.upper
    assert one.effect_interval.lower <= one.effect <= one.effect_interval.upper


@given(tables)
def test_turned_pairs_turn_the_ranks(table: dict[tuple[float, float], int]) -> None:
    there, back = pairs(table), pairs(table).turned()
    one, other = (rank_change(p.differences, minimum=2) for p in (there, back))
    assert (one.rank_sum_up, one.unchanged) == (other.rank_sum_down, other.unchanged)
    assert one.p_value == near(other.p_value) and 0 < one.p_value <= 1
    assert one.interval.lower == near(-other.interval.upper)
    if not math.isnan(one.value):
        assert one.value == near(-other.value)
        assert -1 <= one.interval.lower <= one.value <= one.interval.upper <= 1


@given(tables, st.integers(-3, 3))
def test_ranks_see_the_order_alone(table: dict[tuple[float, float], int], shift: int) -> None:
    moved = {(b + shift, a + shift): k for (b, a), k in table.items()}
    stretched = {d**3: k for d, k in pairs(table).differences.items()}
    plain = rank_change(pairs(table).differences, minimum=2)
    assert rank_change(pairs(moved).differences, minimum=2) == plain == rank_change(stretched, minimum=2)


@given(cells, st.sampled_from(["tango", "newcombe"]))
def test_turned_shares_turn_the_difference(found: dict[str, int], method: str) -> None:
    assume(sum(found.values()) >= 2)
    turned = {**found, "gained": found["lost"], "lost": found["gained"]}
    one = share_change(**found, method=method, minimum=2)  # type: ignore[arg-type]
    other = share_change(**turned, method=method, minimum=2)  # type: ignore[arg-type]
    assert one.value == -other.value and one.p_exact == other.p_exact and one.p_value <= one.p_exact
    assert one.interval.lower == near(-other.interval.upper)
    assert -1 <= one.interval.lower <= one.value + 1e-9 and one.value - 1e-9 <= one.interval.upper <= 1


@pytest.mark.slow
@pytest.mark.parametrize(("pairs_drawn", "draws"), [(15, 500), (60, 500)])
def test_limits_hold_the_truth_when_drawn(pairs_drawn: int, draws: int) -> None:
    values = np.arange(-2, 5)
    chances = np.array([0.03, 0.1, 0.4, 0.3, 0.14, 0.02, 0.01])
    moved = np.where(values == 0, 0, chances) / chances[values != 0].sum()
    ranks_true = float(moved @ np.sign(np.add.outer(values, values)) @ moved)
    mean = float(chances @ values)
    size_true = mean / math.sqrt(float(chances @ (values - mean) ** 2))
    held, rng = np.zeros(3), np.random.default_rng(11)
    for _ in range(draws):
        drawn = rng.multinomial(pairs_drawn, chances)
        counts = {float(v): int(k) for v, k in zip(values, drawn, strict=True) if k}
        by_mean, by_ranks = mean_change(counts), rank_change(counts, method="normal")
        both = (
            (by_mean.interval, mean),
            (by_mean.effect_interval, size_true),
            (by_ranks.interval, ranks_true),
        )
        held += [limits.lower <= truth <= limits.upper for limits, truth in both]
    assert (held / draws >= 0.93).all(), held / draws


@pytest.mark.slow
@pytest.mark.parametrize("method", ["tango", "newcombe"])
def test_paired_shares_hold_the_truth_summed_over_outcomes(method: str) -> None:
    """Every outcome of 15 pairs by its chance: the coverage itself, not a draw of it."""
    gain, loss, right, n = 0.35, 0.1, 0.25, 15
    held = 0.0
    for gained in range(n + 1):
        for lost in range(n + 1 - gained):
            for both in range(n + 1 - gained - lost):
                parts = (gained, lost, both, n - gained - lost - both)
                ways = math.factorial(n) / math.prod(math.factorial(k) for k in parts)
                chance = ways * math.prod(p**k for p, k in zip((gain, loss, right, 0.3), parts, strict=True))
                found = share_change(both=both, gained=gained, lost=lost, neither=parts[3], method=method)  # type: ignore[arg-type]
                held += chance * (found.interval.lower <= gain - loss <= found.interval.upper)
    assert 0.93 <= held <= 0.99
