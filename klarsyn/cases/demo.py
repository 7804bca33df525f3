"""The demonstration's invented cases: nobody in them exists, and each says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.cases.actions import add_record, open_case
from klarsyn.cases.models import Case, Compartment
from klarsyn.people.demo import DEMO_TEAMS, KAST, MIKA, demo_keys
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One invented case of an invented reception."""

    team: str
    summary: str
    notes: tuple[str, ...]
    identity: str


CASES: Final = (
    DemoCase(
        MIKA, "Påhittat: boende och skulder",
        ("Första samtalet. Vill ha hjälp att söka egen bostad.", "Tid hos skuldrådgivningen bokad."),
        "Påhittad Person, inget telefonnummer",
    ),
    DemoCase(
        MIKA, "Påhittat: följt med till vården",
        ("Läkartid på torsdag. Vill ha sällskap i väntrummet.",), "Påhittat Namn, nås genom anonym kontakt",
    ),
    DemoCase(
        KAST, "Påhittat: samtal om att sluta",
        ("Hörde av sig själv. Fem samtal planerade.",), "Okänd: vill inte säga sitt namn",
    ),
)  # fmt: skip


def ensure_demo_cases() -> int:
    """The invented cases of receptions that have none yet; how many were made. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade ärenden finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    made = 0
    for one in DEMO_TEAMS:
        team = Team.objects.filter(name=one.name).first()
        founder = User.objects.filter(username=one.founder, is_demo=True).first()
        if team is None or founder is None or Case.objects.filter(team=team).exists():
            continue
        keys, mine = demo_keys(founder), [case for case in CASES if case.team == one.name]
        with transaction.atomic():
            for case in mine:
                _make(case, team, founder, keys)
        made += len(mine)
    return made


def _make(invented: DemoCase, team: Team, by: User, keys: Unlocked) -> None:
    case = open_case(team=team, by=by, keys=keys, summary=invented.summary)
    for note in invented.notes:
        add_record(case=case, compartment=Compartment.NOTES, by=by, keys=keys, text=note)
    add_record(case=case, compartment=Compartment.IDENTITY, by=by, keys=keys, text=invented.identity)
