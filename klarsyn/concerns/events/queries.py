"""What stands in the calendar of events, and which weeks it takes."""

from __future__ import annotations

from datetime import date

from klarsyn.base.event_weeks import weeks_between
from klarsyn.concerns.models import Event


def standing() -> list[Event]:
    """Every event that was not struck out, by its first day."""
    return list(Event.objects.filter(withdrawn_on=None))


def named_weeks() -> dict[date, tuple[str, ...]]:
    """The Mondays of all weeks with an event, and what each week's events are called."""
    found: dict[date, tuple[str, ...]] = {}
    for event in standing():
        for week in weeks_between(event.first_day, event.last_day):
            found[week] = (*found.get(week, ()), event.name)
    return found
