"""A person's year is sealed in bands, found again with the case's key alone, and leaves as counts."""

import json
from datetime import date

import pytest
from django.http import Http404
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Key, KeyPair
from klarsyn.cases import access
from klarsyn.cases.counts import list_counts
from klarsyn.cases.statistics import tell_year
from klarsyn.people.keys import teams
from klarsyn.people.models import RoleHeld, User
from klarsyn.receptions.bands import Age, Gender
from klarsyn.receptions.models import CountedCell, CountedYear, Reception, StatisticalRecord, StatisticsKey
from klarsyn.receptions.statistics import actions
from klarsyn.receptions.statistics import telling as t
from klarsyn.receptions.statistics.keys import still_sealed
from tests.unit.cases.conftest import Mika, mika  # noqa: F401  a fixture
from tests.unit.people.keys.conftest import ground  # noqa: F401  a fixture

TODAY, YEAR = date(2026, 11, 25), 2026
PLAIN = t.PersonYear(standing="new", gender="trans", age="18-24", residence="unsaid", way_in="self")
MORE = t.PersonYear(
    standing="ongoing", gender="women", age="25-34", residence="home", way_in="police",
    support=("talk", "housing"), contacts=(("phone", 3), ("booked", 12)), closing="done",
    change=(("month3", "better"), ("month12", "unanswered")),
)  # fmt: skip


@pytest.fixture
def house(mika: Mika) -> Mika:  # noqa: F811
    for user, role, team in (
        (mika.alva, "mika_counsellor", mika.team), (mika.cilla, "mika_counsellor", mika.team),
        (mika.bo, "kast_counsellor", mika.kast),
    ):  # fmt: skip
        RoleHeld.objects.create(user=user, role=role, team=team)
    Reception.objects.create(kind="mika", host_code="0680", team=mika.team)
    mika.alva, mika.cilla, mika.bo = (User.objects.get(pk=u.pk) for u in (mika.alva, mika.cilla, mika.bo))
    return mika


def tell(house: Mika, secret: Key, told: t.PersonYear = PLAIN, by: User | None = None, year: int = YEAR):
    actions.tell(team=house.team, year=year, secret=secret, told=told, by=by or house.alva, today=TODAY)


def count(house: Mika, by: str = "alva", keys: str = "hers") -> CountedYear:
    return actions.count_year(
        team=house.team, year=YEAR, by=getattr(house, by), keys=getattr(house, keys), today=TODAY
    )


def table(measure: str) -> dict[str, int]:
    found = list_counts(measure=measure, kind="mika", host_code="0680", years=(YEAR,))
    assert not found.is_public
    return {"|".join(f"{v}={b}" for v, b in c.categories): c.value for c in found.counts}


def test_a_year_told_again_takes_the_place_of_what_was_told_before(house: Mika) -> None:
    hers, anothers = Key.new(), Key.new()
    tell(house, hers)
    tell(house, anothers)
    tell(house, hers, MORE)
    assert StatisticalRecord.objects.count() == 2
    count(house)
    assert sorted(table("reception_persons").values()) == [1, 1]
    assert table("reception_contacts") == {"channel=booked": 12, "channel=phone": 3}
    assert table("reception_support") == {"support=housing": 1, "support=talk": 1}
    assert table("reception_closed") == {"closing=done": 1}
    assert table("reception_followup") == {
        "change=better|point=month3": 1, "change=unanswered|point=month12": 1,
    }  # fmt: skip


def test_what_lies_in_the_row_says_nothing_and_is_always_as_long(house: Mika) -> None:
    tell(house, Key.new())
    tell(house, Key.new(), MORE)
    rows = [bytes(row.sealed) for row in StatisticalRecord.objects.all()]
    assert len({len(row) for row in rows}) == 1
    assert not any(word in row for row in rows for word in (b"women", b"standing", b"home"))


def test_the_row_is_found_with_the_cases_own_key_and_in_its_own_year_and_team_alone(house: Mika) -> None:
    key = Key.new()
    ids = {actions.row_id(key, team, year) for team in (house.team, house.kast) for year in (2025, 2026)}
    assert len(ids | {actions.row_id(Key.new(), house.team, 2026)}) == 5
    assert actions.row_id(key, house.team, 2026) == actions.row_id(Key(key.raw), house.team, 2026)


def test_a_case_tells_its_year_and_erased_leaves_a_count_that_names_nobody(house: Mika) -> None:
    id = access.open_case(house.alva, house.hers, house.team, summary="Första samtalet")
    tell_year(house.alva, house.hers, id, year=YEAR, told=PLAIN)
    tell_year(house.cilla, house.cillas, id, year=YEAR, told=MORE)
    (row,) = StatisticalRecord.objects.all()
    assert row.pk != id
    with pytest.raises(Http404):
        tell_year(house.bo, house.bos, id, year=YEAR, told=PLAIN)
    access.erase_case(house.alva, house.hers, id)
    count(house)
    assert sum(table("reception_persons").values()) == 1
    named = AuditEvent.objects.filter(action__startswith="statistics.").values_list("object", flat=True)
    assert set(named) == {str(YEAR)}


def test_nobody_but_a_member_counts(house: Mika) -> None:
    tell(house, Key.new())
    with pytest.raises(Refused, match="egna räknar"):
        count(house, "bo", "bos")
    with pytest.raises(Refused, match="går inte att öppna"):
        count(house, "alva", "bos")  # the permission without the key
    with pytest.raises(Refused, match="egna för"):
        tell(house, Key.new(), by=house.bo)
    assert not CountedYear.objects.exists()


def test_a_row_that_somebody_has_been_at_stops_the_count(house: Mika) -> None:
    tell(house, Key.new())
    tell(house, Key.new(), MORE)
    one, other = StatisticalRecord.objects.all()
    StatisticalRecord.objects.filter(pk=one.pk).update(sealed=bytes(other.sealed))
    with pytest.raises(Refused, match="ändrats av någon annan"):
        count(house)


def test_an_open_half_put_there_by_another_stops_the_count(house: Mika) -> None:
    tell(house, Key.new())
    StatisticsKey.objects.update(public=KeyPair.new().public)
    with pytest.raises(Refused, match="ändrats av någon annan"):
        count(house)


def test_a_later_count_takes_an_earlier_ones_place(house: Mika) -> None:
    tell(house, Key.new())
    count(house)
    tell(house, Key.new(), MORE)
    assert sum(table("reception_persons").values()) == 1
    count(house, "cilla", "cillas")
    assert sum(table("reception_persons").values()) == 2 and CountedYear.objects.count() == 2


def test_when_a_member_leaves_the_years_key_is_sealed_anew(house: Mika) -> None:
    tell(house, Key.new())
    old = teams.active(house.team)
    teams.remove_member(team=house.team, member=house.cilla, by=house.alva, keys=house.hers, reason="slutar")
    assert still_sealed(old) == (1, 1)
    teams.drain(team=house.team, keys=house.hers)
    assert still_sealed(old) == (0, 1)
    count(house)
    with pytest.raises(Refused, match="går inte att öppna"):
        count(house, "cilla", "cillas")


def test_a_year_without_its_key_is_gone(house: Mika) -> None:
    tell(house, Key.new())
    StatisticsKey.objects.all().delete()
    assert not StatisticalRecord.objects.exists()
    with pytest.raises(Refused, match="inget fört"):
        count(house)


@pytest.mark.parametrize("year", [2019, 2027, -1, 99999])
def test_a_year_that_has_not_begun_is_refused(house: Mika, year: int) -> None:
    with pytest.raises(Refused, match="har börjat"):
        tell(house, Key.new(), year=year)


def test_a_door_knows_its_measures_and_an_uncounted_year_has_no_rows(house: Mika) -> None:
    tell(house, Key.new())
    assert table("reception_persons") == {} and not CountedCell.objects.exists()
    with pytest.raises(KeyError):
        table("outreach_contacts")


@pytest.mark.parametrize(
    "wrong",
    [{"gender": "19121212-1212"}, {"age": "23"}, {"standing": ""}, {"residence": "Storgatan 1"}, {"way_in": "\0"},
     {"support": ("talk", "talk")}, {"support": ("Anna",)}, {"contacts": (("phone", 0),)},
     {"contacts": (("phone", True),)}, {"contacts": (("phone", 1000),)}, {"closing": "x"},
     {"change": (("month3", "better"), ("month3", "worse"))}, {"change": (("month6", "better"),)}],
)  # fmt: skip
def test_nothing_but_bands_can_be_told(wrong) -> None:
    with pytest.raises(t.Untellable):
        t.PersonYear(**(json.loads(PLAIN.to_bytes()) | wrong))


BANDS = {
    "standing": t.Standing, "gender": Gender, "age": Age, "residence": t.Residence, "way_in": t.WayIn,
}  # fmt: skip


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.fixed_dictionaries({name: st.sampled_from(bands.values) for name, bands in BANDS.items()}),
    st.lists(st.sampled_from(t.Support.values), unique=True).map(tuple),
    st.dictionaries(st.sampled_from(t.Channel.values), st.integers(1, t.MOST)).map(
        lambda d: tuple(d.items())
    ),
    st.sampled_from(["", *t.Closing.values]),
)
def test_what_is_told_is_read_back(plain, support, contacts, closing) -> None:
    told = t.PersonYear(**plain, support=support, contacts=contacts, closing=closing)
    assert t.PersonYear.from_bytes(told.to_bytes()) == told
    assert sum(n for measure, _cell, n in told.cells() if measure == "reception_persons") == 1


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b'{"standing":"new"}',
        b'{"support":1}',
        b"30157ac6-9ac0-4009-abaf-5681dfb8a762",
    ],
)
def test_bytes_that_are_no_year_are_told_from_one(raw: bytes) -> None:
    with pytest.raises(t.Untellable):
        t.PersonYear.from_bytes(raw)
