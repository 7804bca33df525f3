"""On PostgreSQL sealed statistics are there for transactions that name their team, and for no others."""

import pytest
from django.utils import timezone

from klarsyn.base import rows
from klarsyn.base.vault import Key
from klarsyn.people.models import RoleHeld, User
from klarsyn.receptions.models import StatisticalRecord, StatisticsKey
from klarsyn.receptions.statistics.actions import count_year, tell
from klarsyn.receptions.statistics.telling import PersonYear
from tests.unit.cases.conftest import Mika

pytestmark = pytest.mark.django_db(transaction=True)
TOLD = PersonYear(standing="new", gender="women", age="18-24", residence="home", way_in="self")


def counts() -> tuple[int, int]:
    return StatisticsKey.objects.count(), StatisticalRecord.objects.count()


def test_a_teams_sealed_statistics_are_its_own(mika: Mika, as_site: str) -> None:
    RoleHeld.objects.create(user=mika.alva, role="mika_counsellor", team=mika.team)
    alva, today = User.objects.get(pk=mika.alva.pk), timezone.localdate()
    tell(team=mika.team, year=today.year, secret=Key.new(), told=TOLD, by=alva, today=today)
    assert counts() == (0, 0)
    with rows.of_teams([mika.kast.pk]):
        assert counts() == (0, 0)
    with rows.of_teams([mika.team.pk]):
        assert counts() == (1, 1)
    counted = count_year(team=mika.team, year=today.year, by=alva, keys=mika.hers, today=today)
    assert counted.records == 1 and counts() == (0, 0)
