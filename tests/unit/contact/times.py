"""A reception with published times, for tests that book them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from klarsyn.contact.booking import actions, queries
from klarsyn.contact.booking.times import Slot
from klarsyn.contact.booking.visitor import Wanted
from klarsyn.contact.models.booking import BOTH, Channel, Kind
from klarsyn.receptions.models import Reception
from tests.unit.contact.conftest import House

NOON = datetime(2026, 11, 30, 12, tzinfo=timezone.get_default_timezone())  # a Monday
TODAY = NOON.date()
WEDNESDAY = date(2026, 12, 2)
NINE = time(9)
ALL_WEEK = "måndag–fredag 9.00–12.00"


def publish(house: House, kind: str = "mika", written: str = ALL_WEEK, channels: str = BOTH) -> Reception:
    """One-hour times every weekday morning."""
    reception = Reception.objects.get(kind=kind)
    actions.publish(
        reception=reception, kind=Kind.WEEKLY, written=written, minutes=60, channels=channels,
        valid_from=TODAY, valid_to=None, by=house.alva if kind == "mika" else house.bo, today=TODAY,
    )  # fmt: skip
    return reception


def wanted(day: date = WEDNESDAY, begins: time = NINE, **more) -> Wanted:
    return Wanted(day, begins, Channel.PHONE, **more)


def is_free(reception: Reception, day: date = WEDNESDAY, begins: time = NINE) -> bool:
    return any((s.day, s.begins) == (day, begins) for s in free(reception))


def free(reception: Reception) -> tuple[Slot, ...]:
    return queries.free_times(reception, NOON)


def after(day: date, **more: int) -> datetime:
    return datetime.combine(day, NINE, NOON.tzinfo) + timedelta(**more)
