"""How booked times and calls may end, whom the question comes first for, and how numbers and names are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from klarsyn.base.errors import Refused
from klarsyn.contact.booking.policy import ENDS, TRANSITIONS, can_end, check_end, check_withdraw
from klarsyn.contact.cards.policy import MOST_TRIES, check_asked, check_name, due_on, is_last
from klarsyn.contact.days import days, end_of_month
from klarsyn.contact.models.booking import BookingState, Ended
from klarsyn.contact.models.card import Outcome
from klarsyn.contact.phone_numbers import NoNumber, phone
from klarsyn.receptions.policy import hours

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)
FRIDAY = date(2026, 12, 4)


def test_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(BookingState)
    assert set(ENDS) == set(BookingState) and set().union(*ENDS.values()) == set(Ended)


def test_nobody_has_met_before_the_time() -> None:
    soon = NOON + timedelta(hours=1)
    assert not can_end("booked", Ended.MET, soon, NOON) and can_end("booked", Ended.CANCELLED, soon, NOON)
    with pytest.raises(Refused):
        check_end("booked", Ended.NOT_MET, soon, NOON)
    with pytest.raises(Refused):
        check_withdraw("withdrawn")


def test_a_call_is_made_the_same_day_or_the_next_that_is_open() -> None:
    week = hours("måndag–fredag 9.00–12.00")
    assert due_on(FRIDAY, week, True) == FRIDAY
    assert due_on(FRIDAY, week, False) == date(2026, 12, 7)
    assert due_on(date(2026, 12, 5), (), True) == date(2026, 12, 7)


def test_kast_asks_about_life_before_anything_else() -> None:
    with pytest.raises(Refused, match="Fråga först"):
        check_asked("kast", False, Outcome.REACHED)
    check_asked("kast", True, Outcome.REACHED)
    check_asked("kast", False, Outcome.NOT_REACHED)
    check_asked("mika", False, Outcome.REACHED)


def test_after_the_last_try_the_call_is_over() -> None:
    assert not is_last(Outcome.NOT_REACHED, 1) and is_last(Outcome.NOT_REACHED, MOST_TRIES)
    assert is_last(Outcome.ASKED_NOT, 1)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("070-123 45 67", "+46701234567"), ("+46 (70) 123 45 67", "+46701234567"), ("0040721000000", "+40721000000"),
        ("٠٧٠١٢٣٤٥٦٧", "+46701234567"), ("\u200e+46701234567", "+46701234567"),
    ],
)  # fmt: skip
def test_a_number_is_read_in_any_script(typed: str, number: str) -> None:
    assert phone(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "070", "12", "ring mig", "070\x001234567", "1" * 41, "+0701234567", "📞070123456"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(NoNumber):
        phone(typed)


def test_a_name_is_a_first_name_and_no_more() -> None:
    assert check_name("  Kim  Lo ") == "Kim Lo"
    for typed in ("", "a" * 41, "Kim 19900101-1234"):
        with pytest.raises(Refused):
            check_name(typed)


def test_days_are_data_and_a_card_ends_with_a_month() -> None:
    assert days("call_kept", FRIDAY) == timedelta(days=7) and end_of_month(date(2026, 2, 3)) == date(
        2026, 2, 28
    )
    assert end_of_month(date(2026, 12, 31)) == date(2026, 12, 31)
    with pytest.raises(ValueError, match="no call_kept"):
        days("call_kept", date(2020, 1, 1))
