"""The demonstration's invented contacts: nobody wrote them, and each says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.errors import Refused
from klarsyn.contact import inbox, receivers, visitor
from klarsyn.contact.models import Thread
from klarsyn.contact.visitor import Held
from klarsyn.people.demo import DEMO_TEAMS, KAST, MIKA, demo_keys
from klarsyn.people.models import Team, User


@dataclass(frozen=True, slots=True)
class DemoContact:
    """One invented contact with an invented reception. `answer`: empty = it waits."""

    team: str
    text: str
    answer: str = ""


CONTACTS: Final = (
    DemoContact(
        MIKA, "Påhittat: jag vill prata med någon, men inte ringa. Går det?",
        "Påhittat svar: ja, skriv hit när du vill. Du kan också boka en tid utan namn.",
    ),
    DemoContact(MIKA, "Påhittat: I need help with a place to stay. I do not have papers."),
    DemoContact(KAST, "Påhittat: jag köper sex och vill sluta. Vad händer om jag kommer till er?"),
)  # fmt: skip


def ensure_demo_contacts() -> int:
    """The invented contacts of receptions that have none yet; how many were made. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade kontakter finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for one in DEMO_TEAMS:
        team = Team.objects.filter(name=one.name).first()
        founder = User.objects.filter(username=one.founder, is_demo=True).first()
        to = receivers.receiver(team.kind) if team else None
        if team is None or founder is None or to is None or _has_contacts(team):
            continue
        for contact in (contact for contact in CONTACTS if contact.team == one.name):
            held, _code = visitor.begin(to, contact.text)
            if contact.answer:
                inbox.answer(founder, demo_keys(founder), _thread(held), text=contact.answer)
            made += 1
    return made


def _has_contacts(team: Team) -> bool:
    with rows.of_teams([team.pk]):
        return Thread.objects.filter(team=team).exists()


def _thread(held: Held) -> UUID:
    with rows.of_code([held.tag]):
        return Thread.objects.get(access_id=held.access).pk
