"""Times are published and ended, booked times withdrawn and ended; each act leaves its line in the log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base import erasures
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.contact.booking import times
from klarsyn.contact.booking.policy import check_end, check_withdraw, starts_at
from klarsyn.contact.counting import one_more
from klarsyn.contact.models import Access, Booking, BookingCount, PublishedTimes, ResidenceCount, TakenQuarter
from klarsyn.contact.models.booking import BookingState, Ended, Kind
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.receptions.models import Reception

REFUSED, NOT_ASKED, ELSEWHERE = "refused", "not_asked", "elsewhere"
_LINES: Final = 1000


@transaction.atomic
def publish(
    *,
    reception: Reception,
    kind: Kind,
    written: str,
    minutes: int,
    channels: str,
    valid_from: date,
    valid_to: date | None,
    by: User,
    today: date,
) -> PublishedTimes:
    """Let times hold from a day on, or between two. What is booked already stays booked. Raises Refused."""
    _check_may(by, reception)
    times.read(kind, written)
    if kind is not Kind.WEEKLY and valid_to is None:
        valid_to = valid_from  # an exception is of its day
    if valid_from < today:
        raise Refused(_("Tider läggs ut från i dag eller senare. Inget är sparat."))
    if valid_to is not None and valid_to < valid_from:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat."))
    row = PublishedTimes.objects.create(
        reception=reception, kind=kind, written=written.strip()[:_LINES], minutes=minutes, channels=channels,
        valid_from=valid_from, valid_to=valid_to, stated_by=by,
    )  # fmt: skip
    record(action="times.publish", by=by.pseudonym, object=f"times-{row.pk}", team=reception.team.kind)
    return row


@transaction.atomic
def end_times(*, row: PublishedTimes, last_day: date, by: User, today: date) -> None:
    """Let published times hold no longer than through that day. Raises Refused for a day that has passed."""
    row = (
        PublishedTimes.objects.select_for_update(of=("self",))
        .select_related("reception__team")
        .get(pk=row.pk)
    )
    _check_may(by, row.reception)
    if last_day < today or last_day < row.valid_from:
        raise Refused(_("Tiderna kan sluta gälla tidigast i dag. Inget är ändrat."))
    if row.valid_to is not None and row.valid_to <= last_day:
        raise Refused(_("Tiderna slutar redan gälla den dagen eller tidigare. Inget är ändrat."))
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    record(action="times.end", by=by.pseudonym, object=f"times-{row.pk}", team=row.reception.team.kind)


@transaction.atomic
def withdraw(*, booking: Booking, by: str) -> None:
    """Set the state and free the quarters: the visitor reads that the time is off. Raises Refused."""
    row = Booking.objects.select_for_update(of=("self",)).select_related("team").get(pk=booking.pk)
    check_withdraw(row.state)
    Booking.objects.filter(pk=row.pk).update(state=BookingState.WITHDRAWN)
    TakenQuarter.objects.filter(booking=row).delete()
    record(action="booking.withdraw", by=by, object=str(row.id), team=row.team.kind)


@transaction.atomic
def end_booking(*, booking: Booking, end: Ended, by: str, now: datetime, residence: str = NOT_ASKED) -> None:
    """How it ended; the row and its code go, numbers of the month grow. Raises Refused.

    `residence`: four digits of a municipality, or one of the words above; kept as a number alone.
    """
    row = Booking.objects.select_for_update(of=("self",)).select_related("team").get(pk=booking.pk)
    check_end(row.state, end, starts_at(row.day, row.begins, now), now)
    one_more(BookingCount, row.team_id, row.day, channel=row.channel, ended=end)
    if end is Ended.MET:
        one_more(ResidenceCount, row.team_id, row.day, residence=residence)
    record(action="booking.end", by=by, object=str(row.id), team=row.team.kind)
    Access.objects.filter(pk=row.access_id).delete()
    erasures.note("contact", str(row.access_id))


def _check_may(by: User, reception: Reception) -> None:
    if not by.may_in_team(Permission.TIMES_CHANGE, reception.team):
        raise Refused(_("Bara mottagningens egna lägger ut tider. Inget är ändrat."))
