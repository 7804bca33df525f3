"""The ground of the keys' tests, and a team with two members."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.receptions.models import Fact, Reception
from tests.unit.people.keys.conftest import ground, someone  # noqa: F401  a fixture


@dataclass
class Mika:
    """Alva and Cilla share the team's key; Bo is of another."""

    team: Team
    alva: User
    hers: Unlocked
    cilla: User
    cillas: Unlocked
    bo: User
    bos: Unlocked
    kast: Team


@pytest.fixture
def mika(ground) -> Mika:  # noqa: F811
    (alva, hers), (cilla, cillas), (bo, bos) = someone("alva"), someone("cilla"), someone("bo")
    team = teams.create_team(kind=Team.Kind.MIKA, name="Mika", founder=alva, keys=hers)
    teams.add_member(team=team, member=cilla, by=alva, keys=hers)
    kast = teams.create_team(kind=Team.Kind.KAST, name="KAST", founder=bo, keys=bos)
    return Mika(team, alva, hers, cilla, cillas, bo, bos, kast)


def decide(mika: Mika, last: date | None = None) -> None:
    """The board's decision to work without names, in force in Mika since last year, maybe to a last day."""
    reception = Reception.objects.create(kind="mika", host_code="0680", team=mika.team)
    words = {"what": Fact.What.NAMELESS, "value": "Nämnden 2025-06-17, § 1", "source": "prov"}
    Fact.objects.create(reception=reception, valid_from=date(2025, 7, 1), valid_to=last, **words)
