"""The points of the law: in force by their days, told from what there is, late when two years have passed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from klarsyn.people.roles import BY_KEY
from klarsyn.plan.frame import evidence, law
from klarsyn.plan.frame.evidence import Evidence
from klarsyn.plan.frame.policy import Noted, PointState, stand
from klarsyn.plan.months import add_months
from klarsyn.plan.routines.policy import RoutineState, next_due, state

FIRST = date(2023, 7, 1)


def point(key: str) -> law.Point:
    return next(one for one in law.law(FIRST, "sv").points if one.key == key)


def test_every_section_of_the_brief_is_there_once_in_both_languages() -> None:
    sections = ["4 §", "5 §", "6 §", "7 §", "9 §", "10 §", "11–12 §§", "13 §"]
    for language in ("sv", "en"):
        points = law.law(FIRST, language).points
        assert [one.section for one in points] == sections
        assert all(one.asks and one.missing and one.responsible for one in points)


def test_the_law_asks_nothing_before_it_was_in_force() -> None:
    assert law.law(FIRST - timedelta(days=1), "sv").points == ()


def test_nothing_found_and_nothing_noted_is_missing() -> None:
    one = stand(point("council"), (), None, FIRST, 90)
    assert (one.state, one.since, one.due_on) == (PointState.MISSING, None, None)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 3, 2), PointState.THERE), (date(2026, 3, 3), PointState.DUE_SOON),
        (date(2026, 6, 1), PointState.DUE_SOON), (date(2026, 6, 2), PointState.LATE),
    ],
)  # fmt: skip
def test_what_is_to_be_renewed_is_late_two_years_after_the_oldest_of_it(
    today: date, state: PointState
) -> None:
    found = (Evidence("planen", date(2025, 9, 1)), Evidence("bilden", date(2024, 6, 1)))
    one = stand(point("update"), found, None, today, 90)
    assert (one.state, one.due_on) == (state, date(2026, 6, 1))


def test_a_note_stands_beside_what_the_system_sees() -> None:
    noted = Noted("Rådet heter så", "KS 2024/1", date(2024, 1, 1))
    one = stand(point("council"), (), noted, date(2030, 1, 1), 90)
    assert (one.state, one.note) == (PointState.THERE, noted)


def test_evidence_is_taken_for_points_of_the_law_alone() -> None:
    with pytest.raises(KeyError):
        evidence.register_evidence("a_score", "klarsyn.plan.frame.seen.local_picture")
    assert evidence.is_seen("local_picture")
    assert not evidence.is_seen("council")


@pytest.mark.parametrize(
    ("on", "months", "after"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)), (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)  # fmt: skip
def test_months_end_on_a_day_there_is(on: date, months: int, after: date) -> None:
    assert add_months(on, months) == after


def test_a_routine_is_late_the_day_after_its_months_and_never_reviewed_says_so() -> None:
    due = next_due(date(2025, 8, 31), date(2025, 1, 1), 6)
    assert due == date(2026, 2, 28)
    assert state(date(2025, 8, 31), due, due) is RoutineState.REVIEWED
    assert state(date(2025, 8, 31), due, due + timedelta(days=1)) is RoutineState.LATE
    assert state(None, next_due(None, date(2025, 1, 1), 6), date(2025, 1, 1)) is RoutineState.NEVER


def test_whoever_keeps_the_year_reads_it() -> None:
    for role in BY_KEY.values():
        assert "year_change" not in role.permissions or "year_read" in role.permissions
