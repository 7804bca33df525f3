"""Which times can be chosen, from what is published, open, taken and closed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from klarsyn.base.errors import Refused
from klarsyn.contact.booking import times
from klarsyn.contact.booking.times import Published, Window, free, quarters
from klarsyn.contact.models.booking import Channel, Kind
from klarsyn.receptions.policy import hours

MONDAY = date(2026, 11, 30)
BOTH = frozenset(Channel)
WINDOW = Window(datetime(2026, 11, 30, 6, tzinfo=UTC), date(2026, 12, 6))


def row(
    kind: Kind, written: str, minutes: int = 60, *, first: date = MONDAY, last: date | None = None
) -> Published:
    return Published(kind, times.read(kind, written), minutes, BOTH, first, last)


def shown(rows, opening=None, taken=None, window=WINDOW) -> list[str]:
    return [f"{s.day.isoweekday()} {s.begins:%H:%M}" for s in free(rows, opening or {}, taken or {}, window)]


def test_a_weekly_row_is_cut_into_its_lengths() -> None:
    assert shown([row(Kind.WEEKLY, "måndag 9.00–12.00\ntorsdag 13.00–14.00")]) == [
        "1 09:00", "1 10:00", "1 11:00", "4 13:00",
    ]  # fmt: skip
    assert shown([row(Kind.WEEKLY, "måndag 9.00–10.00", 45)]) == ["1 09:00"]


def test_weekly_times_stay_inside_the_opening_hours_and_extra_ones_do_not() -> None:
    open_ = {MONDAY: hours("måndag 9.00–10.30")}
    weekly, extra = row(Kind.WEEKLY, "måndag 9.00–12.00"), row(Kind.EXTRA, "18.00–19.00", last=MONDAY)
    assert shown([weekly, extra], open_) == ["1 09:00", "1 18:00"]
    assert shown([weekly], {MONDAY: hours("tisdag 9.00–12.00")}) == []


def test_a_closed_row_takes_away_and_a_whole_day_is_said_by_nothing() -> None:
    weekly = row(Kind.WEEKLY, "måndag–tisdag 9.00–12.00")
    part, whole = row(Kind.CLOSED, "10.00–11.00", last=MONDAY), row(Kind.CLOSED, "", last=MONDAY)
    assert shown([weekly, part])[:2] == ["1 09:00", "1 11:00"]
    assert shown([weekly, whole]) == ["2 09:00", "2 10:00", "2 11:00"]


def test_what_is_taken_or_too_soon_is_not_offered() -> None:
    weekly = row(Kind.WEEKLY, "måndag 9.00–12.00")
    taken = {MONDAY: set(quarters(time(9, 45), 30))}
    assert shown([weekly], taken=taken) == ["1 11:00"]
    later = Window(datetime(2026, 11, 30, 10, 1, tzinfo=UTC), MONDAY)
    assert shown([weekly], window=later) == ["1 11:00"]


def test_two_rows_that_cross_never_offer_two_times_at_once() -> None:
    long, short = row(Kind.WEEKLY, "måndag 9.00–11.00"), row(Kind.WEEKLY, "måndag 9.30–11.30", 30)
    slots = free([long, short], {}, {}, WINDOW)
    all_quarters = [q for slot in slots for q in slot.quarters]
    assert len(all_quarters) == len(set(all_quarters))
    assert [f"{s.begins:%H:%M}" for s in slots] == ["09:00", "10:00", "10:30", "11:00"]


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        (Kind.WEEKLY, "måndag 9.00–9.20", "hel kvart"),
        (Kind.WEEKLY, "mån 9–12", "Rad 1"),
        (Kind.EXTRA, "", "vilka tider"),
        (Kind.EXTRA, "25.00–26.00", "Rad 1"),
        (Kind.CLOSED, "12.00–9.00", "före början"),
        (Kind.CLOSED, "9.00–10.00\n\u202e", "Rad 2"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_line(kind: Kind, written: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        times.read(kind, written)
