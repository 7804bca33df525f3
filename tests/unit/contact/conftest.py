"""Two receptions with their teams, whom somebody without a name may write to."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.conf import settings

from klarsyn.contact.receivers import Receiver, receiver
from klarsyn.people.models import RoleHeld, Team, User
from klarsyn.receptions.models import Reception
from tests.unit.cases.conftest import Mika, mika  # noqa: F401  a fixture
from tests.unit.people.keys.conftest import ground  # noqa: F401  a fixture


@dataclass
class House:
    """Alva and Cilla work at Mika, Bo at KAST."""

    cast: Mika
    mika: Receiver
    kast: Receiver
    alva: User
    bo: User


def furnished(cast: Mika) -> House:
    for team in (cast.team, cast.kast):
        Reception.objects.create(kind=team.kind, host_code=settings.MUNICIPALITY, team=team)
    found = {kind: receiver(kind) for kind in ("mika", "kast")}
    alva = holding(cast.alva, "mika_counsellor", cast.team)
    return House(cast, found["mika"], found["kast"], alva, holding(cast.bo, "kast_counsellor", cast.kast))


def holding(user: User, role: str, team: Team) -> User:
    RoleHeld.objects.create(user=user, role=role, team=team)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def house(mika: Mika) -> House:  # noqa: F811
    return furnished(mika)
