"""Signs without persons: only from the list, only by the unit, only in reach, and by nobody's name."""

from datetime import date
from uuid import uuid4

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.concerns.events import actions as calendar
from klarsyn.concerns.models import Event, Sighting
from klarsyn.concerns.observations import actions, policy
from klarsyn.concerns.observations.queries import own, unit_months
from klarsyn.people.models import RoleHeld, User
from tests.people import person

TODAY = date(2026, 11, 26)
UNIT = "Öster"


@pytest.fixture
def cilla(db) -> User:
    return person("cilla")


def log(by: User, **changed: object) -> Sighting:
    given = {"unit": UNIT, "sign": "fear", "place": "hotel", "year": 2026, "month": 11, "during_event": False}
    return actions.log_sign(**given | changed, by=by, today=TODAY)


def colleague(unit: str = UNIT, name: str = "lars") -> User:
    RoleHeld.objects.get_or_create(user=person(name), role="partner", unit=unit)
    return User.objects.get(username=name)


def test_a_sign_is_logged_and_the_row_names_nobody(cilla: User) -> None:
    row = Sighting.objects.get(pk=log(cilla).pk)
    held = {str(value) for value in Sighting.objects.values().get().values()}
    assert not held & {str(cilla.uid), cilla.uid.hex, cilla.username, cilla.name, cilla.pseudonym}
    assert not any(field.is_relation for field in Sighting._meta.get_fields())
    assert not any(cilla.uid.hex[:8] in value for value in held)
    line = AuditEvent.objects.get(action="observation.log")
    assert (line.actor, line.object) == (cilla.pseudonym, str(row.id))


def test_two_rows_of_one_person_have_nothing_in_common(cilla: User) -> None:
    assert log(cilla).mark != log(cilla).mark
    row = uuid4()
    marks = {policy.mark(key, person, row) for key in ("a", "b") for person in (uuid4(), uuid4())}
    assert len(marks) == 4


WRONG = (
    {"sign": "anna"}, {"sign": ""}, {"place": "fear"}, {"month": 8}, {"month": 12}, {"month": 0}, {"year": 2025},
    {"unit": "Väster"}, {"unit": ""}, {"during_event": True},
)  # fmt: skip


def test_what_cannot_be_is_refused(cilla: User) -> None:
    for wrong in WRONG:
        with pytest.raises(Refused, match="Inget är sparat"):
            log(cilla, **wrong)
    assert not Sighting.objects.exists()


def test_nobody_but_the_unit_logs(cilla: User) -> None:
    for name in ("alva", "bo", "greta", "disa", "hugo", "elis", "ines"):
        with pytest.raises(Refused, match="arbetar i enheten"):
            log(person(name))


def test_one_takes_back_ones_own_and_nobody_elses(cilla: User) -> None:
    row, other = log(cilla), colleague()
    with pytest.raises(Refused, match="Bara den som"):
        actions.take_back(observation=row, by=other, today=TODAY)
    actions.take_back(observation=row, by=cilla, today=TODAY)
    assert Sighting.objects.get().is_withdrawn and unit_months(UNIT, TODAY).lines == ()
    for _again in range(2):
        with pytest.raises(Refused, match="redan taget"):
            actions.take_back(observation=row, by=cilla, today=TODAY)
    assert AuditEvent.objects.filter(action="observation.take_back").count() == 1


def test_a_month_that_is_closed_stays(cilla: User) -> None:
    row = log(cilla, month=9)
    with pytest.raises(Refused, match="stängd"):
        actions.take_back(observation=row, by=cilla, today=date(2026, 12, 1))
    assert own([UNIT], cilla, TODAY) == [row] and own([UNIT], cilla, date(2026, 12, 1)) == []


def test_a_unit_sees_its_own_months_and_a_person_their_own_entries(cilla: User) -> None:
    other = colleague()
    for month in (9, 11, 11):
        log(cilla, month=month)
    log(other, sign="debt")
    log(colleague("Hotell Prov", "elis"), unit="Hotell Prov")
    shown = unit_months(UNIT, TODAY)
    assert [(line.sign.key, line.numbers) for line in shown.lines] == [
        ("debt", (0, 0, 1)),
        ("fear", (1, 0, 2)),
    ]
    assert (
        shown.sums == (1, 0, 3)
        and len(own([UNIT], cilla, TODAY)) == 3
        and len(own([UNIT], other, TODAY)) == 1
    )


def test_a_week_of_an_event_is_one_that_the_calendar_holds(cilla: User) -> None:
    days = {"first_day": date(2026, 12, 1), "last_day": date(2026, 12, 3)}
    words = {"name": "Provmässan", "kind": "fair", "arena": "Prov", "visitors": None, "source": "prov"}
    event = calendar.enter(**words, **days, by=person("disa"), today=TODAY)
    december = {"year": 2026, "month": 12, "during_event": True}
    given = {"unit": UNIT, "sign": "fear", "place": "fair", **december}
    assert actions.log_sign(**given, by=cilla, today=date(2026, 12, 2)).during_event
    Event.objects.filter(pk=event.pk).update(withdrawn_on=TODAY)
    with pytest.raises(Refused, match="inget evenemang"):
        actions.log_sign(**given, by=cilla, today=date(2026, 12, 2))
