"""What somebody with a card does: ask to be phoned. Booking and writing lie elsewhere and use it up too."""

from __future__ import annotations

import json
from datetime import date, datetime

from django.utils import timezone

from klarsyn.base import rows
from klarsyn.base.audit.recording import record
from klarsyn.contact import direct, receivers
from klarsyn.contact.access import Opened
from klarsyn.contact.cards import policy, using
from klarsyn.contact.days import days
from klarsyn.contact.models import CallRequest
from klarsyn.contact.models.card import CardFate
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.visitor import BY
from klarsyn.receptions.queries import Shown


def ask_call(
    to: Receiver, card: Opened, name: str, number: str, reception: Shown | None, now: datetime
) -> date:
    """Put the call on the reception's list, use the card up; the day they phone. Raises using.Used.

    Name and number are sealed to the team and to nobody else, and go after the call or on their last day.
    """
    today = now.date()
    with rows.of_code([card.tag]):
        to = receivers.hold_still(to)
        row = CallRequest(
            team_id=to.team, due_on=_due(reception, now), last_on=today + days("call_kept", today)
        )
        direct.seal(row, to, json.dumps({"name": name, "number": number}))
        using.check(card, to.team)
        row.save(force_insert=True)
        record(action="call.ask", by=BY, object=str(row.id), team=to.kind, day_only=True)
        using.use(card, CardFate.CALL, today)
    return row.due_on


def use_to_write(card: Opened, today: date) -> None:
    """The card leads to a thread: it is used up, and the thread knows nothing of it. Raises using.Used."""
    with rows.of_code([card.tag]):
        using.use(card, CardFate.THREAD, today)


def _due(reception: Shown | None, now: datetime) -> date:
    local, hours = timezone.localtime(now), reception.hours if reception else ()
    closes = [one.closes for one in hours if one.weekday == local.weekday()]
    is_before = any(local.time() < at for at in closes) if hours else local.hour < policy.OFFICE_CLOSES
    return policy.due_on(local.date(), hours, is_before)
