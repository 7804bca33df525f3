"""Weeks by their Monday, and those of events: told by the room with the calendar, read by rooms below it.

A room that counts in weeks with an event and others need not know who keeps the calendar. The room that does
says so once, in `AppConfig.ready`: register_event_weeks("klarsyn.concerns.events.queries.named_weeks").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from django.utils.formats import date_format
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

EVENT, OTHER = "event", "other"
DURING: Final = (EVENT, OTHER)
Month = tuple[int, int]  # year, month

Named = Mapping[date, tuple[str, ...]]  # the Monday of each week with an event, and the events' names
_calendars: list[str] = []


def register_event_weeks(name: str) -> None:
    """`name`: dotted path of the function that tells the weeks with an event (`Named`)."""
    if name not in _calendars:
        _calendars.append(name)


def event_weeks() -> Named:
    """Every week with an event; none where no room keeps a calendar."""
    told: list[Callable[[], Named]] = [import_string(name) for name in _calendars]
    found: dict[date, tuple[str, ...]] = {}
    for calendar in told:
        for week, names in calendar().items():
            found[week] = (*found.get(week, ()), *names)
    return found


def has_event(year: int, month: int) -> bool:
    """Whether some week of the month is a week of an event."""
    return not event_weeks().keys().isdisjoint(weeks_of([(year, month)]))


def months_with_events(months: Iterable[Month]) -> set[Month]:
    """Those of the months with some week of an event."""
    busy = event_weeks().keys()
    return {when for when in months if not busy.isdisjoint(weeks_of([when]))}


def parted(first: Month, last: Month) -> Counter[tuple[int, str]]:
    """Of each year its weeks with an event and others, from the first month to the last: what is exposed."""
    busy = event_weeks().keys()
    found: Counter[tuple[int, str]] = Counter()
    for year, month in _months_between(first, last):
        weeks = weeks_of([(year, month)])
        found[year, EVENT] += len(weeks & busy)
        found[year, OTHER] += len(weeks - busy)
    return found


def choices(months: Iterable[Month]) -> list[tuple[str, str]]:
    """Each month by itself ("2026-11 other"), and before it the weeks of its events ("2026-11 event")."""
    busy, found = event_weeks(), list[tuple[str, str]]()
    for year, month in months:
        key, name = f"{year}-{month:02}", date_format(date(year, month, 1), "F Y")
        if events := _events(busy, (year, month)):
            said = _("%(month)s, i en vecka med %(events)s") % {"month": name, "events": " · ".join(events)}
            found += [
                (f"{key} {EVENT}", said),
                (f"{key} {OTHER}", _("%(month)s, en annan vecka") % {"month": name}),
            ]
        else:
            found.append((f"{key} {OTHER}", name))
    return found


def chosen(key: str) -> tuple[int, int, bool]:
    """Year, month and whether it is a week of an event, of a key of `choices`."""
    month, _space, during = key.partition(" ")
    return int(month[:4]), int(month[5:]), during == EVENT


def _events(busy: Named, when: Month) -> list[str]:
    """Each event's name, and the numbers of its weeks that belong to the month."""
    named: dict[str, list[str]] = {}
    for week in sorted(weeks_of([when]) & busy.keys()):
        for name in busy[week]:
            named.setdefault(name, []).append(str(week.isocalendar().week))
    return [
        _("%(event)s (vecka %(weeks)s)") % {"event": name, "weeks": ", ".join(numbers)}
        for name, numbers in named.items()
    ]


def monday(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def weeks_between(first: date, last: date) -> list[date]:
    """The Mondays of the weeks from one day to another."""
    return [monday(first) + timedelta(weeks=n) for n in range((monday(last) - monday(first)).days // 7 + 1)]


def weeks_of(months: Iterable[Month]) -> set[date]:
    """The Mondays of the weeks that belong to these months: a week is its Thursday's, as in ISO 8601."""
    found: set[date] = set()
    for year, month in months:
        first = date(year, month, 1)
        found |= {
            w for n in range(-1, 6) if _thursday(w := monday(first) + timedelta(weeks=n)) == (year, month)
        }
    return found


def _months_between(first: Month, last: Month) -> list[Month]:
    numbers = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
    return [(number // 12, number % 12 + 1) for number in numbers]


def _thursday(week: date) -> tuple[int, int]:
    day = week + timedelta(days=3)
    return day.year, day.month
