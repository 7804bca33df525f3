"""A request about nobody here leaves a number of its month and team, a line in the log, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases.deciding.counting import count_request, counted
from klarsyn.cases.deciding.forms import OUTCOMES
from klarsyn.cases.models import RequestCount, RequestOutcome
from klarsyn.people.models import RoleHeld, User
from tests.unit.cases.conftest import Mika

DAY = date(2026, 11, 17)


def _counsellor(mika: Mika, user: User, team: object, role: str) -> User:
    RoleHeld.objects.create(user=user, role=role, team=team)
    return User.objects.get(pk=user.pk)


def test_only_the_month_the_kind_and_the_end_are_kept_as_a_number(mika: Mika) -> None:
    alva = _counsellor(mika, mika.alva, mika.team, "mika_counsellor")
    words = {"team": mika.team, "asker": "police", "by": alva}
    for day in (DAY, date(2026, 11, 30), date(2026, 12, 1)):
        count_request(**words, outcome=RequestOutcome.NEITHER, day=day)
    count_request(**words | {"asker": "press"}, outcome=RequestOutcome.GENERAL, day=DAY)
    found = [(row.month, row.asker, row.count) for row in counted(mika.team, 2026, OUTCOMES)]
    police = "Polisen eller annan som utreder brott"
    assert found == [
        (date(2026, 12, 1), police, 1), (date(2026, 11, 1), police, 2), (date(2026, 11, 1), "Press", 1),
    ]  # fmt: skip
    kept = {field.name for field in RequestCount._meta.concrete_fields}
    assert kept == {"id", "team", "month", "asker", "outcome", "count"}
    lines = AuditEvent.objects.filter(action="case.outside")
    assert {line.object for line in lines} == {str(mika.team.pk)} and lines.count() == 4
    assert not AuditEvent.objects.filter(action="case.outside").exclude(detail="").exists()
    assert counted(mika.kast, 2026, OUTCOMES) == []


def test_nobody_counts_in_another_team_and_an_unknown_kind_is_refused(mika: Mika) -> None:
    bo = _counsellor(mika, mika.bo, mika.kast, "kast_counsellor")
    words = {"outcome": RequestOutcome.NEITHER, "day": DAY}
    with pytest.raises(Http404):
        count_request(team=mika.team, asker="police", by=bo, **words)
    with pytest.raises(Http404):
        count_request(team=mika.team, asker="police", by=mika.alva, **words)  # a member without the role
    with pytest.raises(Refused, match="Inget är räknat"):
        count_request(team=mika.kast, asker="Anna Andersson", by=bo, **words)
    assert not RequestCount.objects.exists() and not AuditEvent.objects.filter(action="case.outside").exists()
