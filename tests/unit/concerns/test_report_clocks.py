"""The clocks of a report: over midnight, the two nights of summer time, weekends and holidays; and what they count from."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.concerns.models.concern_report import Act
from klarsyn.concerns.report import clocks
from klarsyn.concerns.report.clocks import CLOCKS, HERE
from klarsyn.concerns.report.inbox import Listed

PROTECTION, PRELIMINARY, FEEDBACK, REGISTERED = CLOCKS


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HERE)


def line(received: datetime, *, asked: bool = True, knows_hour: bool = True, **acts: datetime) -> Listed:
    done = {Act(name): when for name, when in acts.items()}
    return Listed(uuid4(), received.date(), received if knows_hour else None, True, asked, False, done)


@pytest.mark.parametrize(("received", "due"), [
    ("2026-11-26 23:59", "2026-11-27 23:59"),  # over midnight
    ("2026-03-28 12:00", "2026-03-29 13:00"),  # the night of 23 hours
    ("2026-10-24 12:00", "2026-10-25 11:00"),  # the night of 25 hours
    ("2026-11-27 16:00", "2026-11-28 16:00"),  # Friday: Saturday is a day
    ("2026-12-24 09:00", "2026-12-25 09:00"),  # Christmas Eve
])  # fmt: skip
def test_protection_is_to_be_assessed_within_24_hours_that_pass(received: str, due: str) -> None:
    found = PROTECTION.due(at(received).date(), at(received).astimezone(UTC))
    assert found == at(due) and found.utcoffset() == at(due).utcoffset()


@pytest.mark.parametrize(("received", "last"), [
    ("2026-11-26 23:59", date(2026, 12, 10)),
    ("2026-12-11 12:00", date(2026, 12, 25)),  # Christmas Day moves nothing
    ("2026-10-20 00:00", date(2026, 11, 3)),
])  # fmt: skip
def test_the_decision_is_due_by_the_end_of_the_fourteenth_day(received: str, last: date) -> None:
    when = at(received)
    due = PRELIMINARY.due(when.date(), when)
    assert PRELIMINARY.last(when.date()) == last
    assert due == datetime.combine(last + timedelta(days=1), datetime.min.time(), HERE)
    assert (
        not clocks.of(line(when), due - timedelta(minutes=1))[1].is_late
        and clocks.of(line(when), due)[1].is_late
    )


def test_without_the_hour_the_day_begins_the_clock_and_one_that_was_stopped_is_not_called_late() -> None:
    when = at("2026-11-26 18:00")
    assert PROTECTION.due(when.date(), None) == at("2026-11-27 00:00")
    running = clocks.of(line(when, knows_hour=False, protection=when + timedelta(hours=20)), when)[0]
    assert running.done_at and not running.is_late


def test_one_that_nobody_enters_in_the_registry_is_late_after_three_weeks() -> None:
    when = at("2026-11-02 08:00")
    (ours,) = (one for one in clocks.of(line(when), at("2026-11-24 00:00")) if one.clock is REGISTERED)
    assert ours.is_late and ours.last == date(2026, 11, 23)
    entered = line(when, registered=at("2026-11-20 12:00"))
    assert not clocks.of(entered, at("2027-01-01 00:00"))[3].is_late


def test_what_was_done_too_late_stays_late_and_feedback_runs_for_who_asked() -> None:
    when = at("2026-11-26 08:00")
    late = clocks.of(line(when, protection=when + timedelta(hours=25)), when + timedelta(days=9))
    assert [one.is_late for one in late] == [True, False, True, False]
    assert [one.clock.key for one in clocks.of(line(when, asked=False), when)] == [
        "protection",
        "preliminary",
        "registered",
    ]
    assert clocks.of(line(at("2025-06-30 12:00")), when) == ()  # before the law
    assert "24 timmar" in late[0].told("sv") and "24 hours" in late[0].told("en-gb")


def test_two_rules_at_once_or_a_rule_without_a_length_are_refused(tmp_path) -> None:
    twice = clocks.FILE.read_text(encoding="utf-8")
    (tmp_path / "a.toml").write_text(
        twice + twice.partition("[[clock]]")[2].join(["[[clock]]", ""]), encoding="utf-8"
    )
    with pytest.raises(ValueError, match="two clocks called protection"):
        clocks.load(tmp_path / "a.toml")
    (tmp_path / "b.toml").write_text(twice.replace("hours = 24", ""), encoding="utf-8")
    with pytest.raises(ValueError, match="needs one of"):
        clocks.load(tmp_path / "b.toml")


@given(st.integers(0, 8_000_000))
def test_a_clock_of_hours_runs_exactly_so_long_and_one_of_days_ends_at_midnight(minute: int) -> None:
    received = datetime(2025, 7, 1, tzinfo=UTC) + timedelta(minutes=minute)
    day = received.astimezone(HERE).date()
    assert PROTECTION.due(day, received).astimezone(UTC) - received == timedelta(hours=24)
    for clock in (PRELIMINARY, FEEDBACK):
        due = clock.due(day, received)
        assert (due.hour, due.minute) == (0, 0) and due.date() - day == timedelta(days=clock.days + 1)
    assert PROTECTION.due(day, None) <= PROTECTION.due(day, received)
