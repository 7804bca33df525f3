"""What a measure weighs, when it is late, which steps it may take: laws of numbers and days alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.plan import policy
from klarsyn.plan.policy import State

TODAY = date(2026, 11, 26)
WEIGHT = st.one_of(
    st.sampled_from([0, 1, Decimal("0.001"), Decimal(10) ** 9 - 1, Decimal("1.5")]),
    st.decimals(0, Decimal(10) ** 9, places=3, allow_nan=False, allow_infinity=False),
)
MEASURE = st.tuples(st.sampled_from(list(State)), WEIGHT, st.integers(0, 6), st.integers(0, 6)).map(
    lambda m: (m[0], Decimal(m[1]), min(m[2], m[3]), m[3])
)


@settings(max_examples=40, deadline=None, database=None)
@given(st.lists(WEIGHT, max_size=12))
def test_shares_sum_to_one_exactly_and_keep_the_order_of_the_weights(weights) -> None:
    parts = policy.shares(weights)
    assert sum(parts) == (1 if weights else 0)
    assert [sorted(parts)] == [[part for _w, part in sorted(zip(weights, parts, strict=True))]]
    assert sum(policy.percents(parts)) == (100 if weights else 0)
    assert all(abs(whole - part * 100) < 1 for whole, part in zip(policy.percents(parts), parts, strict=True))


@settings(max_examples=40, deadline=None, database=None)
@given(st.lists(MEASURE, max_size=8), MEASURE)
def test_progress_is_between_nothing_and_all_and_a_stopped_measure_changes_nothing(measures, one) -> None:
    share = policy.progress(measures)
    live = [m for m in measures if m[0] != State.STOPPED]
    assert share is None if not live else 0 <= share <= 1
    assert policy.progress([*measures, (State.STOPPED, *one[1:])]) == share
    scaled = [(state, weight * 7, done, steps) for state, weight, done, steps in measures]
    assert policy.progress(scaled) == share


def test_progress_by_hand() -> None:
    told = [
        (State.RUNNING, Decimal(3), 1, 2),
        (State.DONE, Decimal(1), 0, 0),
        (State.PLANNED, Decimal(0), 0, 4),
    ]
    assert policy.progress(told) == Fraction(3, 4) * Fraction(1, 2) + Fraction(1, 4)


def test_weights_of_nothing_but_zero_are_equal_and_a_negative_one_is_refused() -> None:
    assert policy.shares([0, 0, 0]) == (Fraction(1, 3),) * 3
    for bad in (Decimal(-1), Decimal("NaN"), Decimal("Infinity")):
        with pytest.raises(ValueError, match="from 0"):
            policy.shares([1, bad])


@pytest.mark.parametrize(
    ("state", "due", "open_due", "late"),
    [
        (State.RUNNING, date(2026, 11, 25), [], True),
        (State.PLANNED, date(2026, 11, 25), [], True),
        (State.RUNNING, TODAY, [], False),
        (State.RUNNING, date(2027, 1, 1), [date(2026, 11, 25)], True),
        (State.DONE, date(2026, 1, 1), [], False),
        (State.STOPPED, date(2026, 1, 1), [date(2026, 1, 1)], False),
    ],
)
def test_late_is_told_from_the_days(state, due, open_due, late: bool) -> None:
    assert policy.is_late(state, due, open_due, TODAY) is late


def test_a_step_that_is_not_in_the_table_is_refused_and_done_needs_every_milestone() -> None:
    for state in State:
        for after in State:
            if not policy.can_become(state, after):
                with pytest.raises(Refused, match=str(after.label)):
                    policy.check_become(state, after, open_milestones=0)
    policy.check_become(State.RUNNING, State.DONE, open_milestones=0)
    with pytest.raises(Refused, match="Delmål"):
        policy.check_become(State.RUNNING, State.DONE, open_milestones=1)


def test_a_late_review_needs_its_reason_and_plans_form_no_circle() -> None:
    policy.check_reason(is_late=False, reason="")
    policy.check_reason(is_late=True, reason="Tjänsten är vakant.")
    with pytest.raises(Refused, match="försenad"):
        policy.check_reason(is_late=True, reason="")
    policy.check_no_circle(3, 2, {2: 1, 1: None})
    for supersedes, earlier in ((3, {}), (2, {2: 1, 1: 3}), (2, {2: 1, 1: 2})):
        with pytest.raises(Refused, match="ersätta sig"):
            policy.check_no_circle(3, supersedes, earlier)
