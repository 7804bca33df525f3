"""What goes by itself when its day has passed: booked times, calls, reminders. Cards go as their codes do."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from klarsyn.base import rows
from klarsyn.base.audit.recording import record
from klarsyn.contact.booking import actions as booking
from klarsyn.contact.cards import actions as cards
from klarsyn.contact.days import days
from klarsyn.contact.models import Booking, CallRequest, Reminder
from klarsyn.contact.models.booking import BookingState, Ended
from klarsyn.contact.models.card import Outcome
from klarsyn.people.models import Team

BY = "klarsyn"


def sweep(now: datetime) -> int:
    """Erase every booked time, call and reminder whose last day has passed; how many. Safe to repeat."""
    return sum(_of_team(team, now) for team in Team.objects.all())


def is_call_gone(id: str) -> bool:
    """Whether a call is over. In a transaction: an erasure that is under way is waited for."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        return CallRequest.objects.select_for_update().filter(pk=id).first() is None


def erase_call_again(id: str) -> int:
    """After a restore: a call that was over since the backup was made. 1 when it had come back."""
    with rows.of_teams(Team.objects.values_list("pk", flat=True)):
        row = CallRequest.objects.filter(pk=id).select_related("team").first()
        if row is None:
            return 0
        record(action="call.erase_again", by=BY, object=id, team=row.team.kind)
        CallRequest.objects.filter(pk=id).delete()
    return 1


def _of_team(team: Team, now: datetime) -> int:
    """The team's own, one transaction each: broken off anywhere, it goes on where it stood."""
    today = now.date()
    with rows.of_teams([team.pk]):
        bookings = [b for b in Booking.objects.filter(team=team, day__lt=today) if _is_over(b, now)]
        calls = list(CallRequest.objects.filter(team=team, last_on__lt=today))
        Reminder.objects.filter(team=team, send_on__lt=today).delete()
    for row in bookings:
        end = Ended.WITHDRAWN if row.state == BookingState.WITHDRAWN else Ended.UNKNOWN
        with rows.of_teams([team.pk]), transaction.atomic():
            booking.end_booking(booking=row, end=end, by=BY, now=now)
    for call in calls:
        with rows.of_teams([team.pk]):
            cards.end_call(call=call, outcome=Outcome.NOT_CALLED, by=BY, today=today)
    return len(bookings) + len(calls)


def _is_over(row: Booking, now: datetime) -> bool:
    return row.day + max(days("booking_kept", row.day), timedelta(0)) < now.date()
