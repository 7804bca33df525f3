"""The demonstration's cases: invented, made once, opened by their own reception alone."""

from __future__ import annotations

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases import queries
from klarsyn.cases.demo import CASES, ensure_demo_cases
from klarsyn.cases.models import Case, Compartment
from klarsyn.people.demo import demo_keys
from klarsyn.people.keys import teams
from tests.people import person


def test_each_reception_has_its_invented_cases_once(ground) -> None:
    alva, bo = person("alva"), person("bo")
    assert ensure_demo_cases() == len(CASES) and ensure_demo_cases() == 0
    assert all("Påhittat" in case.title for case in CASES)
    for user, kind in ((alva, "mika"), (bo, "kast")):
        epochs = teams.open_teams(demo_keys(user))
        for case in Case.objects.filter(team__kind=kind):
            shown = queries.shown(case, epochs[case.team_id], frozenset(Compartment))
            assert shown.summary.startswith("Påhittat") and shown.records


def test_outside_the_demonstration_there_are_none(ground, settings) -> None:
    settings.DEMO = False
    with pytest.raises(Refused, match="bara i demonstrationen"):
        ensure_demo_cases()
    assert not Case.objects.exists()
