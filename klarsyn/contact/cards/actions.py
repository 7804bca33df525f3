"""Cards are made and calls answered: each act leaves its line in the log."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base import erasures, rows
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.contact import access
from klarsyn.contact.cards import policy
from klarsyn.contact.codes import Code
from klarsyn.contact.counting import one_more
from klarsyn.contact.days import days, end_of_month
from klarsyn.contact.models import CallCount, CallRequest, Card, CardCount
from klarsyn.contact.models.card import CardFate, Outcome, Partner
from klarsyn.people.models import Team, User

MOST: Final = 40  # cards at once: four sheets


def make_cards(*, team: Team, partner: Partner, count: int, by: User, today: date) -> list[Code]:
    """New cards; their codes are on the sheet that is printed now and nowhere else. Raises Refused."""
    if not 1 <= count <= MOST:
        raise Refused(_("Skriv ut 1 till %(most)d kort åt gången. Inget är gjort.") % {"most": MOST})
    prepared = [access.prepare() for _one in range(count)]  # slow: before anybody waits for the database
    last = end_of_month(today + days("card_good", today))
    with rows.of_teams([team.pk]):
        for made in prepared:
            row = access.keep(made, team.pk)
            row.created_on, row.expires_on = today.replace(day=1), last
            row.save(update_fields=["created_on", "expires_on"])
            Card.objects.create(access=row, team=team, partner=partner)
        one_more(CardCount, team.pk, today, by=count, partner=partner, fate=CardFate.MADE)
        record(action="card.make", by=by.pseudonym, object=f"{partner}/{count}", team=team.kind)
    return [made.code for made in prepared]


@transaction.atomic
def end_call(*, call: CallRequest, outcome: Outcome, by: str, today: date, has_asked: bool = False) -> bool:
    """How a call went; True when it is over, and name and number are gone. Raises Refused.

    In a transaction that sees the team's rows. `by`: a pseudonym, or the machine's name on the last day.
    """
    call = CallRequest.objects.select_for_update(of=("self",)).select_related("team").get(pk=call.pk)
    policy.check_asked(call.team.kind, has_asked, outcome)
    is_over = policy.is_last(outcome, call.tries + 1)
    record(action="call.end" if is_over else "call.try", by=by, object=str(call.id), team=call.team.kind)
    if not is_over:
        CallRequest.objects.filter(pk=call.pk).update(tries=call.tries + 1, due_on=today)
        return False
    one_more(CallCount, call.team_id, today, outcome=outcome)
    CallRequest.objects.filter(pk=call.pk).delete()
    erasures.note("call", str(call.id))
    return True
