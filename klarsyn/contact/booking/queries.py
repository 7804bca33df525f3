"""The times a reception offers now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import Q

from klarsyn.contact.booking import times
from klarsyn.contact.booking.times import Published, Slot, Window
from klarsyn.contact.days import days
from klarsyn.contact.models import PublishedTimes, TakenQuarter
from klarsyn.contact.models.booking import Kind
from klarsyn.receptions.models import Fact, Reception
from klarsyn.receptions.policy import Hours, hours

NOTICE: Final = timedelta(hours=2)  # nobody books what begins sooner
NEAREST: Final = 6  # times that are named to whoever came too late


def reception_of(kind: str) -> Reception | None:
    """The municipality's reception of that kind, if it has one."""
    found = Reception.objects.filter(kind=kind, host_code=settings.MUNICIPALITY)
    return found.select_related("team").first()


def free_times(reception: Reception, now: datetime) -> tuple[Slot, ...]:
    """Every time that can be booked now, in order."""
    last = now.date() + days("booking_ahead", now.date())
    window = Window(now + NOTICE, last)
    rows = _published(reception, now.date(), last)
    if not rows:
        return ()
    return times.free(
        rows, _opening(reception, now.date(), last), _taken(reception, now.date(), last), window
    )


def nearest(slots: Sequence[Slot], day: date) -> tuple[Slot, ...]:
    """A few times close to a day, in order: for who came too late."""
    near = sorted(slots, key=lambda slot: (abs((slot.day - day).days), slot.begins))[:NEAREST]
    return tuple(sorted(near, key=lambda slot: (slot.day, slot.begins)))


def list_published(reception: Reception) -> list[PublishedTimes]:
    """Everything ever published, newest first."""
    return list(reception.times.select_related("stated_by"))


def _published(reception: Reception, first: date, last: date) -> list[Published]:
    held = reception.times.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=last)
    return [
        Published(
            Kind(row.kind),
            times.read(row.kind, row.written),
            row.minutes,
            row.ways,
            row.valid_from,
            row.valid_to,
        )
        for row in held
    ]


def _opening(reception: Reception, first: date, last: date) -> Mapping[date, tuple[Hours, ...]]:
    """The opening hours in force on each day: of several stated the one that began last."""
    held = reception.facts.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=last)
    facts = list(held.filter(what=Fact.What.HOURS).order_by("valid_from", "pk"))
    found: dict[date, tuple[Hours, ...]] = {}
    for fact in facts:  # the later row wins
        read = hours(fact.value)
        day = max(first, fact.valid_from)
        while day <= min(last, fact.valid_to or last):
            found[day] = read
            day += timedelta(days=1)
    return found


def _taken(reception: Reception, first: date, last: date) -> Mapping[date, set[int]]:
    held = TakenQuarter.objects.filter(team=reception.team_id, day__range=(first, last))
    found: dict[date, set[int]] = {}
    for day, quarter in held.values_list("day", "quarter"):
        found.setdefault(day, set()).add(quarter)
    return found
