"""Goal attainment: published vectors, laws of the formula, and what is refused."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smallcounts.goals import GoalError, attainment, change
from smallcounts.references import reference

VECTORS = (  # levels, weights, T; carried over from the method's corrected form
    ((0, 0, 0), (1, 1, 1), 50.0),
    ((1, 1, 1), (1, 1, 1), 63.693),
    ((2, 2, 2), (1, 1, 1), 77.386),
    ((-1, 0, 1, 2), (1, 2, 3, 1), 57.968),
    ((-1, -1), (3, 1), 38.356),
    ((-2,), (1,), 30.0),
    ((2,), (1,), 70.0),
)
GOALS = st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 50, allow_nan=False)), min_size=1, max_size=12)


@pytest.mark.parametrize(("levels", "weights", "wanted"), VECTORS)
def test_the_vectors(levels: tuple[int, ...], weights: tuple[float, ...], wanted: float) -> None:
    assert attainment(levels, weights).value == pytest.approx(wanted, abs=5e-4)


@given(GOALS)
def test_the_formula_again_by_variance_of_a_sum(goals: list[tuple[int, float]]) -> None:
    # Var(sum w x) with unit variances and correlation 0.3, summed pair by pair.
    levels, weights = zip(*goals, strict=True)
    variance = sum(
        a * b * (1 if i == j else 0.3) for i, a in enumerate(weights) for j, b in enumerate(weights)
    )
    wanted = 50 + 10 * sum(w * x for x, w in goals) / math.sqrt(variance)
    assert attainment(levels, weights).value == pytest.approx(wanted, rel=1e-9)


@given(GOALS, st.floats(0.01, 100))
def test_only_the_weights_proportions_matter(goals: list[tuple[int, float]], factor: float) -> None:
    levels, weights = zip(*goals, strict=True)
    scaled = attainment(levels, [w * factor for w in weights])
    assert scaled.value == pytest.approx(attainment(levels, weights).value, rel=1e-9)


@given(GOALS)
def test_the_opposite_levels_mirror_round_50(goals: list[tuple[int, float]]) -> None:
    levels, weights = zip(*goals, strict=True)
    mirrored = attainment([-x for x in levels], weights).value
    assert mirrored + attainment(levels, weights).value == pytest.approx(100)


@given(GOALS)
def test_one_level_off_holds_every_single_step(goals: list[tuple[int, float]]) -> None:
    levels, weights = (list(part) for part in zip(*goals, strict=True))
    low, high = attainment(levels, weights).one_level_off
    reached = [attainment(levels, weights).value]
    for i, level in enumerate(levels):
        for step in (-1, 1):
            if -2 <= level + step <= 2:
                reached.append(attainment([*levels[:i], level + step, *levels[i + 1 :]], weights).value)
    assert low == pytest.approx(min(reached)) and high == pytest.approx(max(reached))


@pytest.mark.parametrize(
    ("levels", "weights", "words"),
    [
        ([], None, "no goals"),
        ([1, 1], [0, 0], "all weights are 0"),
        ([1, 1], [1, -1], "goal 2 has a weight below 0"),
        ([1], [math.inf], "goal 1 has a weight"),
        ([1], [math.nan], "goal 1 has a weight"),
        ([0, 3], None, "goal 2 has a level outside"),
        ([True], None, "goal 1 has a level outside"),
        ([0, None], None, "goal 2 has no level"),
        ([0, 1], [1], "one weight a goal"),
    ],
)
def test_what_is_refused(levels: list[int | None], weights: list[float] | None, words: str) -> None:
    with pytest.raises(GoalError, match=words):
        attainment(levels, weights)


def test_change_from_the_start_over_the_same_goals() -> None:
    found = change([-1, -1, -2], [0, 1, -1], [1, 2, 1])
    assert found.value == pytest.approx(found.now.value - found.start.value)
    assert found.summary().endswith("3 goals")
    with pytest.raises(GoalError, match="same goals"):
        change([0], [0, 0])
    with pytest.raises(GoalError, match="not counted as 0"):
        change([0, 0], [0, None])


def test_the_result_shows_its_steps_and_its_source() -> None:
    found = attainment([-1, 0, 1, 2], [1, 2, 3, 1])
    assert found.explain()[-1] == "T = 57.968"
    assert found.to_rows()[2] == {"goal": 3, "level": 1, "weight": 3.0}
    assert [reference(key).key for key in found.sources] == list(found.sources)
