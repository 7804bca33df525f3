"""Mika of the cast, with a case, and readings of last month."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from klarsyn.cases import actions
from klarsyn.cases.access import read_case
from klarsyn.cases.models import Case, Compartment
from klarsyn.people.demo import MIKA, demo_keys
from klarsyn.people.models import Team, User
from tests.people import person


@pytest.fixture
def mika(db: None) -> Team:
    person("alva")
    return Team.objects.get(name=MIKA)


@pytest.fixture
def case(mika: Team) -> Case:
    alva, hers = person("alva"), demo_keys(person("alva"))
    made = actions.open_case(team=mika, by=alva, keys=hers, summary="påhittat ärende")
    for compartment, text in (
        (Compartment.NOTES, "påhittad anteckning"),
        (Compartment.IDENTITY, "Påhittad Person"),
    ):
        actions.add_record(case=made, compartment=compartment, by=alva, keys=hers, text=text)
    return made


def read(case: Case, why: str, user: User | None = None, **more):
    """Alva of the cast reads the case and says why."""
    reader = user or person("alva")
    return read_case(reader, demo_keys(reader), case.id, purpose=why, **more)


@pytest.fixture
def next_month(monkeypatch) -> date:
    """It is the first of next month: what was read until now was read last month."""
    real = timezone.localdate
    later = (real().replace(day=1) + timedelta(days=32)).replace(day=1)
    monkeypatch.setattr(
        timezone, "localdate", lambda value=None, zone=None: later if value is None else real(value)
    )
    return later
