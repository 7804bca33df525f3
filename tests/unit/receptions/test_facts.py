"""What holds of a reception on a day, and that only its own head says so, with a line in the log."""

from datetime import date, timedelta

import pytest

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.receptions import actions
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.models import Fact, Reception
from klarsyn.receptions.queries import shown
from tests.people import person

TODAY = date(2026, 11, 25)
NEXT, LATER = TODAY + timedelta(days=7), TODAY + timedelta(days=14)


@pytest.fixture
def mika(db) -> Reception:
    person("greta")
    return next(r for r in ensure_demo_receptions() if r.kind == "mika")


def state(
    mika: Reception, value: str, *, what: str = "phone", by: str = "greta", **days: date | None
) -> Fact:
    days = {"valid_from": TODAY, "valid_to": None} | days
    return actions.state(
        reception=mika, what=what, value=value, source="Beslut", by=person(by), today=TODAY, **days
    )


def test_a_week_of_other_hours_gives_way_to_the_usual_ones_by_itself(mika: Reception) -> None:
    state(mika, "fredag 10.00–11.00", what="hours", valid_from=NEXT, valid_to=LATER)
    usual = shown("mika", "0680", TODAY).hours
    assert len(usual) == 5
    assert [one.weekday for one in shown("mika", "0680", NEXT).hours] == [4]
    assert [one.weekday for one in shown("mika", "0680", LATER).hours] == [4]
    assert shown("mika", "0680", LATER + timedelta(days=1)).hours == usual


def test_what_the_page_said_on_a_day_can_be_told_later(mika: Reception) -> None:
    before = shown("mika", "0680", TODAY - timedelta(days=1)).phone
    state(mika, "031-390 06 11")
    assert shown("mika", "0680", TODAY).phone == "031-390 06 11"
    assert shown("mika", "0680", TODAY - timedelta(days=1)).phone == before


def test_a_fact_that_ends_leaves_its_place_empty(mika: Reception) -> None:
    fact = mika.facts.get(what="phone")
    actions.end(fact=fact, last_day=TODAY, by=person("greta"), today=TODAY)
    assert shown("mika", "0680", TODAY).phone
    assert shown("mika", "0680", TODAY + timedelta(days=1)).phone == ""


@pytest.mark.parametrize("by", ["mona", "alva", "bo", "disa", "hugo"])
def test_nobody_but_the_own_head_states_or_ends_a_fact(mika: Reception, by: str) -> None:
    with pytest.raises(Refused, match="enhetschef"):
        state(mika, "031-390 06 11", by=by)
    with pytest.raises(Refused, match="enhetschef"):
        actions.end(fact=mika.facts.get(what="age"), last_day=TODAY, by=person(by), today=TODAY)
    assert mika.facts.count() == 6 and not mika.facts.exclude(valid_to=None).exists()


def test_nothing_begins_in_the_past_or_ends_before_it_begins(mika: Reception) -> None:
    for days in ({"valid_from": TODAY - timedelta(days=1)}, {"valid_from": LATER, "valid_to": NEXT}):
        with pytest.raises(Refused, match="Inget är sparat"):
            state(mika, "031-390 06 11", **days)
    fact = state(mika, "031-390 06 11", valid_from=NEXT)
    for last in (TODAY, NEXT - timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Refused, match="Inget är ändrat"):
            actions.end(fact=fact, last_day=last, by=person("greta"), today=TODAY)


def test_each_word_leaves_a_line_in_the_log(mika: Reception) -> None:
    fact = state(mika, "031-390 06 11")
    actions.end(fact=fact, last_day=NEXT, by=person("greta"), today=TODAY)
    lines = AuditEvent.objects.filter(object=f"fact-{fact.pk}").order_by("sequence")
    assert [line.action for line in lines] == ["reception.state", "reception.end"]
    assert {line.actor for line in lines} == {person("greta").pseudonym}


def test_a_municipality_without_a_reception_has_none(db) -> None:
    assert shown("mika", "1480", TODAY) is None


def test_agreements_stand_beside_each_other_each_for_its_own_days(mika: Reception) -> None:
    state(mika, "0682 Nässjö", what="agreement", valid_to=NEXT)
    state(mika, "0684 Sävsjö", what="agreement", valid_from=NEXT)
    names = {day: [area.name for area in shown("mika", "0680", day).areas] for day in (TODAY, NEXT, LATER)}
    assert names[TODAY] == ["Jönköping", "Nässjö"] and names[NEXT] == ["Jönköping", "Nässjö", "Sävsjö"]
    assert names[LATER] == ["Jönköping", "Sävsjö"]
    with pytest.raises(Refused, match="en kommun"):
        state(mika, "0682 Nässjö\n0684 Sävsjö", what="agreement")
