"""A reminder the day before, by own choice: kept apart from everything else, sent by a machine, then gone.

Klarsyn sends nothing itself. It hands each message to an outbox: a folder, from which whatever sends takes
its files, or an HTTP gateway. Without one, no reminder is offered. See docs/how-to/reminders.md.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction

from klarsyn.base import rows
from klarsyn.base.audit.recording import record
from klarsyn.base.vault import Context, KeyPair, open_with, seal_to
from klarsyn.base.vault.padding import pad, unpad
from klarsyn.contact import notifier, outbox
from klarsyn.contact.models import Booking, Reminder
from klarsyn.people.models import Team

LONGEST: Final = 140  # characters of one message, in the visitor's own words
BEFORE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Wish:
    """What to send, and where. The words are the visitor's own: somebody else may see the screen."""

    number: str = field(repr=False)
    text: str = field(repr=False)


def is_offered() -> bool:
    """Whether there is an outbox; without one nobody is asked for a number."""
    return outbox.is_there()


def can_remind(day: date, today: date) -> bool:
    """Whether the day before is still to come."""
    return is_offered() and day - BEFORE > today


def keep(booking: Booking, wish: Wish) -> None:
    """In the caller's transaction, with the booking."""
    row = Reminder(booking=booking, team_id=booking.team_id, send_on=booking.day - BEFORE)
    body = json.dumps({"number": wish.number, "text": wish.text}).encode()
    row.sealed = seal_to(notifier.public(), pad(body), _place(row))
    row.save(force_insert=True)


def is_kept(booking: Booking) -> bool:
    """Whether a number lies here still."""
    return Reminder.objects.filter(booking=booking).exists()


def send_due(today: date) -> int:
    """Hand over every reminder of the day and delete it, and those whose day has passed; how many went.

    One at a time: the file of a message is named after its row, so that what is handed over again after a
    crash takes the place of the first. Raises NotTaken when one was not taken: after all the others, where
    the outbox said something of that one alone.
    """
    sent, left = 0, list[outbox.NotTaken]()
    for team in Team.objects.all():
        with rows.of_teams([team.pk]):
            due = list(Reminder.objects.filter(team=team, send_on__lte=today).values_list("pk", flat=True))
        for pk in due:
            try:
                with rows.of_teams([team.pk]):
                    sent += _send(pk, team.kind, today)
            except outbox.NotTaken as error:
                if error.is_for_all:
                    raise
                left.append(error)
    if left:
        raise left[0]
    return sent


@transaction.atomic
def _send(pk: int, kind: str, today: date) -> int:
    row = Reminder.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    is_today = row.send_on == today and is_offered()
    if is_today:
        wish = _opened(row, notifier.pair())
        outbox.hand_over(str(row.booking_id), wish.number, wish.text)
    record(
        action="reminder.send" if is_today else "reminder.drop",
        by="klarsyn",
        object=str(row.booking_id),
        team=kind,
    )
    row.delete()
    return int(is_today)


def _opened(row: Reminder, pair: KeyPair) -> Wish:
    told = json.loads(unpad(open_with(pair, bytes(row.sealed), _place(row))))
    return Wish(told["number"], told["text"])


def _place(row: Reminder) -> Context:
    id = row.booking_id
    return Context(settings.INSTANCE, str(row.team_id), "contact_reminder", "sealed", id, id, 0, "reminder")
