"""The calendar of events: weeks by their Thursday, filled in before, struck out only while the event is to come."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import choices, event_weeks, monday, weeks_between, weeks_of
from klarsyn.base.models import AuditEvent
from klarsyn.concerns.events import actions
from klarsyn.concerns.models import Event
from klarsyn.people.models import RoleHeld, User
from tests.people import person

TODAY = date(2026, 11, 26)  # a Thursday
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def enter(by: str = "disa", **changed: object) -> Event:
    given = {
        "name": "Provmässan", "kind": "fair", "arena": "Provhallen", "first_day": date(2026, 12, 3),
        "last_day": date(2026, 12, 6), "visitors": 20_000, "source": "arrangören",
    }  # fmt: skip
    return actions.enter(**given | changed, by=User.objects.get(username=by), today=TODAY)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])  # of a busy machine
@given(DAYS)
def test_each_week_belongs_to_one_month_and_each_year_has_all_its_weeks(day: date) -> None:
    week = monday(day)
    thursday = week + timedelta(days=3)
    near = [monday(day) + timedelta(days=n) for n in (-14, 0, 14)]
    holding = {(d.year, d.month) for d in near if week in weeks_of([(d.year, d.month)])}
    assert holding <= {(thursday.year, thursday.month)}
    assert week in weeks_of([(thursday.year, thursday.month)])
    year = weeks_of((day.year, month) for month in range(1, 13))
    assert len(year) == date(day.year, 12, 28).isocalendar().week


@given(DAYS, st.integers(0, 60))
def test_the_weeks_between_two_days_hold_both_and_no_gap(first: date, more: int) -> None:
    weeks = weeks_between(first, first + timedelta(days=more))
    assert weeks[0] <= first < weeks[0] + timedelta(7) and weeks[-1] <= first + timedelta(days=more)
    assert all((b - a).days == 7 for a, b in pairwise(weeks))


@pytest.fixture
def _cast(db) -> None:
    person("disa")


@pytest.mark.usefixtures("_cast")
def test_the_analyst_and_a_partner_keep_the_calendar() -> None:
    enter()
    RoleHeld.objects.create(user=person("lars"), role="partner", unit="Provhallen")
    enter("lars", name="Provcupen", first_day=date(2026, 12, 31), last_day=date(2027, 1, 1))
    assert event_weeks() == {date(2026, 11, 30): ("Provmässan",), date(2026, 12, 28): ("Provcupen",)}
    assert [key for key, _words in choices([(2026, 12), (2027, 1)])] == [
        "2026-12 event", "2026-12 other", "2027-01 other",
    ]  # fmt: skip
    assert "Provmässan (vecka 49) · Provcupen (vecka 53)" in choices([(2026, 12)])[0][1]
    assert AuditEvent.objects.filter(action="event.enter").count() == 2


WRONG = (
    ({"last_day": date(2026, 12, 2)}, "före den första"),
    ({"last_day": date(2027, 1, 3)}, "högst 31 dagar"),
    ({"first_day": date(2026, 11, 22)}, "redan varit"),
    ({"first_day": date(2036, 12, 3), "last_day": date(2036, 12, 4)}, "tre år"),
    ({"name": "  "}, "behövs"),
    ({"kind": "war"}, "behövs"),
    ({"source": ""}, "behövs"),
)


@pytest.mark.usefixtures("_cast")
def test_what_cannot_stand_there_is_refused() -> None:
    for wrong, says in WRONG:
        with pytest.raises(Refused, match=says):
            enter(**wrong)
    assert not Event.objects.exists()


@pytest.mark.usefixtures("_cast")
def test_the_week_that_is_may_still_be_entered_and_then_stands() -> None:
    now = enter(first_day=date(2026, 11, 24), last_day=date(2026, 11, 28))
    coming = enter()
    with pytest.raises(Refused, match="står redan"):
        enter(name="provmässan")
    by = person("disa")
    with pytest.raises(Refused, match="har börjat"):
        actions.withdraw(event=now, by=by, today=TODAY)
    actions.withdraw(event=coming, by=by, today=TODAY)
    with pytest.raises(Refused, match="redan struket"):
        actions.withdraw(event=coming, by=by, today=TODAY)
    assert event_weeks() == {date(2026, 11, 23): ("Provmässan",)}


@pytest.mark.usefixtures("_cast")
def test_others_change_nothing() -> None:
    event = enter()
    for name in ("cilla", "alva", "greta", "hugo"):
        with pytest.raises(Refused, match="för kalendern"):
            enter(name)
        with pytest.raises(Refused, match="för kalendern"):
            actions.withdraw(event=event, by=person(name), today=TODAY)
