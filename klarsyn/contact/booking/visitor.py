"""What a visitor does with times, without a name: look, book, see, cancel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import IntegrityError

from klarsyn.base import erasures, rows
from klarsyn.base.audit.recording import record
from klarsyn.contact import access, direct, receivers, throttle
from klarsyn.contact.access import Opened, Prepared
from klarsyn.contact.booking import queries, reminders
from klarsyn.contact.booking.reminders import Wish
from klarsyn.contact.booking.times import Slot
from klarsyn.contact.cards import using
from klarsyn.contact.codes import Code
from klarsyn.contact.counting import one_more
from klarsyn.contact.days import days
from klarsyn.contact.models import Access, Booking, BookingCount, TakenQuarter
from klarsyn.contact.models.booking import BookingState, Channel, Ended
from klarsyn.contact.models.card import CardFate
from klarsyn.contact.visitor import BY
from klarsyn.receptions.models import Reception

# The sweep erases the time on its day; should nobody ever sweep, its code ends a week later all the same.
_NET: Final = timedelta(days=7)


class Taken(Exception):
    """Somebody else was there first, or the time is no longer offered. `nearest`: what is free instead."""

    def __init__(self, nearest: tuple[Slot, ...]) -> None:
        super().__init__()
        self.nearest = nearest


class NoBooking(Exception):
    """The code opens no booked time: it is another's, or the time is gone."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A time that somebody chose, and what goes with it."""

    day: date
    begins: time
    channel: Channel
    message: str = field(default="", repr=False)
    reminder: Wish | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class BookingShown:
    """A booked time as the visitor sees it."""

    day: date
    begins: time
    minutes: int
    channel: Channel
    is_withdrawn: bool
    has_reminder: bool


def book(kind: str, wanted: Wanted, now: datetime, card: Opened | None = None) -> Code:
    """The time, and the code that opens it: shown once. With a card, the card is used up by it.

    Two who want the same time at once cannot both get it: the quarters it takes are unique in the database.
    Raises Taken with the next free times, Full or Busy, using.Used for a card that somebody used meanwhile.
    """
    reception, to = queries.reception_of(kind), receivers.receiver(kind)
    if reception is None or to is None:
        raise Taken(())
    throttle.count_for_all("new")
    made = access.prepare()  # slow: before anybody waits for the database
    codes = [made.tag, *([card.tag] if card else [])]
    try:
        with rows.of_code(codes):
            to = receivers.hold_still(to)
            slot = _free(reception, wanted, now)
            _keep(to, made, slot, wanted)
            if card:
                using.use(card, CardFate.BOOKING, now.date())
    except IntegrityError:
        raise Taken(queries.nearest(queries.free_times(reception, now), wanted.day)) from None
    return made.code


def see(opened: Opened) -> BookingShown:
    """The time of a code. Raises NoBooking."""
    with rows.of_code([opened.tag], is_reading=True):
        row = _booking(opened)
        withdrawn, reminded = row.state == BookingState.WITHDRAWN, reminders.is_kept(row)
        return BookingShown(row.day, row.begins, row.minutes, Channel(row.channel), withdrawn, reminded)


def cancel(opened: Opened) -> BookingShown:
    """The time is free again and nothing of it is left but a number. Raises NoBooking."""
    shown = see(opened)
    with rows.of_code([opened.tag]):
        row = _booking(opened, locked=True)
        end = Ended.WITHDRAWN if row.state == BookingState.WITHDRAWN else Ended.CANCELLED
        one_more(BookingCount, row.team_id, row.day, channel=row.channel, ended=end)
        record(action="booking.cancel", by=BY, object=str(row.id), team=row.team.kind, day_only=True)
        Access.objects.filter(pk=opened.id).delete()
        erasures.note("contact", str(opened.id))
    return shown


def _free(reception: Reception, wanted: Wanted, now: datetime) -> Slot:
    """The wanted time among those that are free, with the channel that it has. Raises Taken."""
    slots = queries.free_times(reception, now)
    for slot in slots:
        if (slot.day, slot.begins) == (wanted.day, wanted.begins) and wanted.channel in slot.channels:
            return slot
    raise Taken(queries.nearest(slots, wanted.day))


def _keep(to: receivers.Receiver, made: Prepared, slot: Slot, wanted: Wanted) -> None:
    row = access.keep(made, to.team)
    row.expires_on = slot.day + days("booking_kept", slot.day) + _NET
    row.save(update_fields=["expires_on"])
    booking = Booking(
        access=row, team_id=to.team, day=slot.day, begins=slot.begins, minutes=slot.minutes,
        channel=wanted.channel,
    )  # fmt: skip
    direct.seal(booking, to, wanted.message)
    booking.save(force_insert=True)
    TakenQuarter.objects.bulk_create(
        TakenQuarter(booking=booking, team_id=to.team, day=slot.day, quarter=one) for one in slot.quarters
    )
    if wanted.reminder:
        reminders.keep(booking, wanted.reminder)
    record(action="booking.book", by=BY, object=str(booking.id), team=to.kind, day_only=True)


def _booking(opened: Opened, *, locked: bool = False) -> Booking:
    found = Booking.objects.select_related("team")
    if locked:
        found = found.select_for_update(of=("self",))
    row = found.filter(access_id=opened.id).first()
    if row is None:
        raise NoBooking
    return row
