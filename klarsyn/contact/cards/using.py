"""A card's code: looked at, and used up. Who holds it is asked nowhere."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from klarsyn.base import erasures, rows
from klarsyn.contact.access import Opened
from klarsyn.contact.counting import one_more
from klarsyn.contact.models import Access, Card, CardCount
from klarsyn.contact.models.card import CardFate


class Used(Exception):
    """The code opens no card: it has been used, or is something else's."""


def check(opened: Opened, team: UUID) -> None:
    """That the code is an unused card of this team. Raises Used."""
    with rows.of_code([opened.tag]):
        if not Card.objects.filter(access_id=opened.id, team_id=team).exists():
            raise Used


def use(opened: Opened, fate: CardFate, today: date) -> None:
    """Use it up, in the caller's transaction: the row goes, a number grows. Raises Used."""
    card = Card.objects.select_for_update(of=("self",)).filter(access_id=opened.id).first()
    if card is None:
        raise Used
    one_more(CardCount, card.team_id, today, partner=card.partner, fate=fate)
    Access.objects.filter(pk=opened.id).delete()
    erasures.note("contact", str(opened.id))
