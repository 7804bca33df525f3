"""The states of a booked time, and who may move it where; pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.contact.models.booking import BookingState, Ended

TRANSITIONS: Final[Mapping[BookingState, frozenset[BookingState]]] = MappingProxyType(
    {BookingState.BOOKED: frozenset({BookingState.WITHDRAWN}), BookingState.WITHDRAWN: frozenset()}
)
# How each may end; an end is no state: the row is gone then.
ENDS: Final[Mapping[BookingState, frozenset[Ended]]] = MappingProxyType(
    {
        BookingState.BOOKED: frozenset({Ended.MET, Ended.NOT_MET, Ended.CANCELLED, Ended.UNKNOWN}),
        BookingState.WITHDRAWN: frozenset({Ended.WITHDRAWN}),
    }
)


def can_end(state: str, end: Ended, starts: datetime, now: datetime) -> bool:
    """The twin of `check_end`, for the page's buttons."""
    is_time = end not in (Ended.MET, Ended.NOT_MET) or now >= starts
    return end in ENDS[BookingState(state)] and is_time


def check_end(state: str, end: Ended, starts: datetime, now: datetime) -> None:
    """Nobody has met before the time has come. Raises Refused."""
    if not can_end(state, end, starts, now):
        raise Refused(_("Tiden är inte inne än, eller så är den redan avbokad. Inget är ändrat."))


def check_withdraw(state: str) -> None:
    """Raises Refused when it is withdrawn already."""
    if BookingState.WITHDRAWN not in TRANSITIONS[BookingState(state)]:
        raise Refused(_("Tiden är redan avbokad av mottagningen. Inget är ändrat."))


def month_of(day: date) -> date:
    """What a count is kept by: the first day of the month."""
    return day.replace(day=1)


def starts_at(day: date, begins: time, like: datetime) -> datetime:
    """The time in the zone of `like`."""
    return datetime.combine(day, begins, like.tzinfo)
