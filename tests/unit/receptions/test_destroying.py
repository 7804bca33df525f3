"""A counted year's key goes by two people's doing, what was told goes with it, and the counts stay."""

from datetime import date

import pytest

from klarsyn.base import erasures
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Key
from klarsyn.people.models import RoleHeld, User
from klarsyn.receptions.models import CountedCell, CountedYear, StatisticalRecord, StatisticsKey
from klarsyn.receptions.statistics import destroying
from klarsyn.receptions.statistics.queries import kept_years
from tests.unit.cases.conftest import Mika, mika  # noqa: F401  a fixture
from tests.unit.people.keys.conftest import ground  # noqa: F401  a fixture
from tests.unit.receptions.test_statistics import MORE, TODAY, YEAR, count, house, table, tell  # noqa: F401

NEXT = date(YEAR + 1, 1, 2)


@pytest.fixture
def head(house: Mika) -> User:  # noqa: F811
    RoleHeld.objects.create(user=house.bo, role="reception_head", team=house.team)
    return User.objects.get(pk=house.bo.pk)


def destroy(house: Mika, by: User, today: date = NEXT) -> int:  # noqa: F811
    return destroying.destroy_key(team=house.team, year=YEAR, by=by, today=today)


def test_the_key_goes_with_all_that_was_told_and_the_counts_stay(house: Mika, head: User) -> None:  # noqa: F811
    tell(house, Key.new(), MORE)
    tell(house, Key.new())
    count(house)
    before = table("reception_persons")
    assert destroy(house, head) == 2
    assert not StatisticsKey.objects.exists() and not StatisticalRecord.objects.exists()
    assert table("reception_persons") == before and CountedCell.objects.exists()
    assert AuditEvent.objects.filter(action="statistics.destroy", object=str(YEAR)).count() == 1
    with pytest.raises(Refused, match="förstörd"):  # a new key would count as the whole year
        tell(house, Key.new())


def test_it_stays_gone_after_a_backup_is_read_back(house: Mika, head: User) -> None:  # noqa: F811
    tell(house, Key.new())
    count(house)
    kept, records = StatisticsKey.objects.get(), list(StatisticalRecord.objects.all())
    destroy(house, head)
    assert ("statistics", str(kept.pk)) in {*erasures.noted(), *erasures.unsettled()}
    assert destroying.is_gone(str(kept.pk)) and destroying.destroy_again(str(kept.pk)) == 0
    kept.save(force_insert=True)
    StatisticalRecord.objects.bulk_create(records)
    assert not destroying.is_gone(str(kept.pk)) and destroying.destroy_again(str(kept.pk)) == 1
    assert not StatisticalRecord.objects.exists()


def test_a_year_that_is_not_over_or_not_counted_as_it_stands_keeps_its_key(house: Mika, head: User) -> None:  # noqa: F811
    tell(house, Key.new())
    assert [(k.year, k.records, k.counted) for k in kept_years(house.team)] == [(YEAR, 1, None)]
    with pytest.raises(Refused, match="inte räknat"):
        destroy(house, head)
    count(house)
    assert kept_years(house.team)[0].is_counted
    with pytest.raises(Refused, match="inte slut"):
        destroy(house, head, TODAY)
    tell(house, Key.new())
    assert not kept_years(house.team)[0].is_counted
    with pytest.raises(Refused, match="inte räknat"):
        destroy(house, head)
    assert StatisticalRecord.objects.count() == 2


def test_one_person_alone_does_not_destroy_it(house: Mika, head: User) -> None:  # noqa: F811
    tell(house, Key.new())
    count(house)
    with pytest.raises(Refused, match="Bara enhetschefen"):
        destroy(house, house.alva)
    CountedYear.objects.update(counted_by=head)
    with pytest.raises(Refused, match="räknade året själv"):
        destroy(house, head)
    assert StatisticsKey.objects.exists()
