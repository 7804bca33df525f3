"""Whether a line with office hours answers: by Stockholm's clock, on weekdays that are no holiday."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from klarsyn.concerns.guide.hours import STOCKHOLM, easter, is_day_off, status
from klarsyn.receptions.policy import hours

OFFICE = hours("måndag–fredag 9.00–16.30")


def at(text: str) -> datetime:
    """A moment told in universal time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(text: str) -> tuple[bool, str]:
    found = status(OFFICE, at(text))
    assert found is not None
    return found.is_open, found.until.isoformat(timespec="minutes")


@pytest.mark.parametrize(
    ("moment", "is_open", "until"),
    [
        ("2026-11-26T07:59", False, "2026-11-26T09:00+01:00"),  # Thursday, a minute before nine
        ("2026-11-26T08:00", True, "2026-11-26T16:30+01:00"),
        ("2026-11-26T15:29", True, "2026-11-26T16:30+01:00"),
        ("2026-11-26T15:30", False, "2026-11-27T09:00+01:00"),
        ("2026-11-27T15:30", False, "2026-11-30T09:00+01:00"),  # Friday: over the weekend
        ("2026-11-26T23:30", False, "2026-11-27T09:00+01:00"),  # already Friday in Stockholm
        ("2026-03-27T08:00", True, "2026-03-27T16:30+01:00"),  # the Friday before summer time
        ("2026-03-30T07:00", True, "2026-03-30T16:30+02:00"),  # the Monday after: nine is an hour earlier
        ("2026-03-30T06:59", False, "2026-03-30T09:00+02:00"),
        ("2026-10-23T07:00", True, "2026-10-23T16:30+02:00"),
        ("2026-10-26T07:00", False, "2026-10-26T09:00+01:00"),  # summer time has ended
        ("2026-04-02T14:30", False, "2026-04-07T09:00+02:00"),  # Maundy Thursday: past Easter Monday
        ("2026-12-23T15:30", False, "2026-12-28T09:00+01:00"),  # past Christmas and a weekend
        ("2026-12-30T15:30", False, "2027-01-04T09:00+01:00"),
    ],
)
def test_it_is_open_or_says_when_it_opens(moment: str, is_open: bool, until: str) -> None:
    assert told(moment) == (is_open, until)


def test_it_is_stockholms_day_that_counts_wherever_the_clock_stands() -> None:
    far = at("2026-11-26T12:00").astimezone(timezone(timedelta(hours=14)))  # there it is Friday
    found = status(OFFICE, far)
    assert found is not None and found.is_open and found.until.day == 26


def test_holidays_are_those_of_the_almanac() -> None:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))
    weekdays_off = [f"{day:%m-%d}" for day in days if is_day_off(day) and day.weekday() < 5]
    # 6 June and 26 December 2026 are Saturdays, as is midsummer's day.
    assert weekdays_off == [
        "01-01", "01-06", "04-03", "04-06", "05-01", "05-14", "06-19", "12-24", "12-25", "12-31",
    ]  # fmt: skip


def test_a_holiday_holds_from_the_day_of_its_law() -> None:
    assert is_day_off(date(2005, 6, 6)) and not is_day_off(date(2003, 6, 6))


@pytest.mark.parametrize(
    "day",
    [date(2024, 3, 31), date(2025, 4, 20), date(2026, 4, 5), date(2027, 3, 28), date(2038, 4, 25)],
)
def test_easter_is_the_almanacs(day: date) -> None:
    assert easter(day.year) == day


def test_one_day_a_week_over_a_holiday_and_no_hours_at_all() -> None:
    fridays = hours("fredag 9.00–12.00")
    found = status(fridays, at("2026-12-24T12:00"))
    assert found is not None and found.until == datetime(2027, 1, 8, 9, tzinfo=STOCKHOLM)
    assert status((), at("2026-11-26T08:00")) is None
