"""Pauses and the last day, by numbers alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from klarsyn.contact import expiry
from klarsyn.contact.throttle import FORGOTTEN, LONGEST, pause

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def tries_in_an_hour() -> int:
    """How often a guesser who waits as little as possible gets to try within an hour."""
    at, count, made = NOW, 0, 0
    while at <= NOW + FORGOTTEN:
        at += max(pause(count, at, at), timedelta(0))
        if at <= NOW + FORGOTTEN:
            made, count = made + 1, count + 1
    return made


def test_a_locator_is_tried_at_most_ten_times_an_hour_and_never_shut() -> None:
    assert 4 <= tries_in_an_hour() <= 10
    assert pause(3, NOW, NOW) == timedelta(0) and pause(4, NOW, NOW) == timedelta(minutes=2)
    assert pause(10_000, NOW, NOW) == LONGEST and pause(4, NOW, NOW + timedelta(minutes=2)) == timedelta(0)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 11, 25), date(2027, 11, 25)),
        (date(2028, 2, 29), date(2029, 2, 28)),
        (date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_contact_lives_a_year_after_its_last_message(day: date, end: date) -> None:
    assert expiry.end_of(day) == end


def test_no_life_is_guessed_for_a_day_without_a_rule() -> None:
    with pytest.raises(ValueError, match=r"life\.toml"):
        expiry.end_of(date(2020, 1, 1))
