"""What stands in the calendar of events, and which weeks of which months it takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from klarsyn.concerns.events.policy import weeks_between, weeks_of
from klarsyn.concerns.models import Event


def standing() -> list[Event]:
    """Every event that was not struck out, by its first day."""
    return list(Event.objects.filter(withdrawn_on=None))


def in_months(months: Iterable[tuple[int, int]]) -> dict[tuple[int, int], list[Event]]:
    """Of each month the events with a week in it."""
    events = standing()
    return {
        when: [e for e in events if weeks_of([when]).intersection(weeks_between(e.first_day, e.last_day))]
        for when in months
    }


def has_event(year: int, month: int) -> bool:
    """Whether some week of the month is a week of an event."""
    return bool(in_months([(year, month)])[year, month])


def event_weeks() -> set[date]:
    """The Mondays of all weeks with an event."""
    return {week for e in standing() for week in weeks_between(e.first_day, e.last_day)}
