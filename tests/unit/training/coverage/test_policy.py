"""Where somebody stands follows from days alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.training.coverage.policy import ORDER, DueState, days, due_for, standing

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)
NEAR = st.integers(0, 1400).map(lambda days: date(2025, 1, 1) + days * DAY)


@pytest.mark.parametrize(
    ("until", "due", "is_so"),
    [
        (None, TODAY, DueState.DUE),
        (None, TODAY - DAY, DueState.OVERDUE),
        (TODAY - DAY, TODAY - 9 * DAY, DueState.EXPIRED),
        (TODAY - DAY, TODAY + 9 * DAY, DueState.EXPIRED),
        (TODAY, TODAY - DAY, DueState.EXPIRING),
        (TODAY + 60 * DAY, TODAY - DAY, DueState.EXPIRING),
        (TODAY + 61 * DAY, TODAY - DAY, DueState.DONE),
    ],
)
def test_each_standing_at_its_edge(until: date | None, due: date, is_so: DueState) -> None:
    assert standing(valid_until=until, due=due, today=TODAY) is is_so


@given(st.none() | NEAR, NEAR, NEAR)
def test_a_later_expiry_never_makes_it_worse(until: date | None, due: date, today: date) -> None:
    first = standing(valid_until=until, due=due, today=today)
    later = standing(valid_until=(until or today) + 1000 * DAY, due=due, today=today)
    assert until is None or ORDER.index(later) >= ORDER.index(first)


def test_who_is_new_has_some_weeks_and_nobody_less_than_the_others() -> None:
    asked, due = date(2026, 9, 1), date(2026, 11, 1)
    assert due_for(due_on=due, assigned_on=asked, came_on=None) == due
    assert due_for(due_on=due, assigned_on=asked, came_on=asked) == due
    assert due_for(due_on=due, assigned_on=asked, came_on=date(2026, 9, 2)) == due
    assert due_for(due_on=due, assigned_on=asked, came_on=date(2026, 11, 10)) == date(2026, 12, 10)


def test_days_before_the_first_row_are_its() -> None:
    assert days("newcomer", date(2000, 1, 1)) == days("newcomer", TODAY) == 30 * DAY
