"""Cards that are good once, and calls that leave a number and nothing else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.contact import access, sweeping
from klarsyn.contact.booking import visitor as booking
from klarsyn.contact.cards import access as doors
from klarsyn.contact.cards import actions, using, visitor
from klarsyn.contact.models import Access, CallCount, CallRequest, Card, CardCount
from klarsyn.contact.models.card import Outcome, Partner
from klarsyn.people.keys import teams
from tests.unit.contact.conftest import House
from tests.unit.contact.times import NOON, TODAY, publish, wanted

pytestmark = pytest.mark.django_db
NAME, NUMBER = "Kim", "+46701234567"


def make(house: House, count: int = 1, kind: str = "kast"):
    team, by = (house.cast.kast, house.bo) if kind == "kast" else (house.cast.team, house.alva)
    return actions.make_cards(team=team, partner=Partner.POLICE, count=count, by=by, today=TODAY)


def fates() -> dict[str, int]:
    return dict(CardCount.objects.values_list("fate", "count"))


@pytest.fixture
def asked(house: House) -> CallRequest:
    """Somebody who wants KAST to phone."""
    visitor.ask_call(house.kast, access.enter(make(house)[0]), NAME, NUMBER, None, NOON)
    return CallRequest.objects.get()


def test_a_card_is_good_once_and_tells_no_day_and_no_name(house: House) -> None:
    first, second = make(house, 2)
    row = Access.objects.first()
    assert row.created_on == date(2026, 11, 1) and row.expires_on == date(2027, 2, 28)
    opened = access.enter(first)
    using.check(opened, house.kast.team)
    with pytest.raises(using.Used):
        using.check(opened, house.mika.team)
    visitor.use_to_write(opened, TODAY)
    with pytest.raises(using.Used):
        visitor.use_to_write(opened, TODAY)
    with pytest.raises(access.Unknown):
        access.enter(first)
    assert fates() == {"made": 2, "thread": 1} and Card.objects.count() == 1 and access.enter(second)


def test_a_card_books_a_time_and_is_used_up_by_it(house: House) -> None:
    publish(house, "kast")
    card = access.enter(make(house)[0])
    assert booking.see(access.enter(booking.book("kast", wanted(), NOON, card)))
    assert fates() == {"made": 1, "booking": 1} and not Card.objects.exists()
    with pytest.raises(using.Used):
        booking.book("kast", wanted(day=TODAY + timedelta(days=3)), NOON, card)


def test_too_late_for_the_time_keeps_the_card(house: House) -> None:
    publish(house, "kast")
    booking.book("kast", wanted(), NOON)
    card = access.enter(make(house)[0])
    with pytest.raises(booking.Taken):
        booking.book("kast", wanted(), NOON, card)
    using.check(card, house.kast.team)


def test_name_and_number_are_for_the_team_alone_and_each_look_is_a_line(house: House, asked) -> None:
    raw = bytes(asked.sealed)
    assert NAME.encode() not in raw and b"467012" not in raw
    called = doors.open_call(house.bo, house.cast.bos, asked.id)
    assert (called.name, called.number) == (NAME, NUMBER)
    assert AuditEvent.objects.filter(action="call.read").count() == 1
    with pytest.raises(Http404):
        doors.open_call(house.alva, house.cast.hers, asked.id)
    with pytest.raises(Http404):
        doors.open_call(house.bo, house.cast.hers, asked.id)
    with pytest.raises(Http404):
        doors.list_calls(house.alva, house.cast.kast, TODAY)
    (line,) = doors.list_calls(house.bo, house.cast.kast, TODAY)
    assert (line.id, line.asks_first) == (asked.id, True)


def test_the_question_comes_first_and_after_the_call_only_a_number_is_left(house: House, asked) -> None:
    how = {"outcome": Outcome.REACHED, "today": TODAY}
    with pytest.raises(Refused, match="Fråga först"):
        doors.end_call(house.bo, house.cast.bos, asked.id, has_asked=False, **how)
    assert CallRequest.objects.exists()
    assert doors.end_call(house.bo, house.cast.bos, asked.id, has_asked=True, **how)
    assert not CallRequest.objects.exists()
    asked.save(force_insert=True)  # as a restored backup would bring it back
    assert sweeping.erase_call_again(str(asked.id)) == 1 and not CallRequest.objects.exists()
    assert dict(CallCount.objects.values_list("outcome", "count")) == {"reached": 1}


def test_without_an_answer_it_waits_and_the_third_time_it_is_over(house: House, asked) -> None:
    how = {"outcome": Outcome.NOT_REACHED, "today": TODAY, "has_asked": False}
    for over in (False, False, True):
        assert doors.end_call(house.bo, house.cast.bos, asked.id, **how) is over
    assert CallCount.objects.get().outcome == "not_reached"


def test_on_its_last_day_the_number_goes_phoned_or_not(house: House, asked) -> None:
    assert sweeping.sweep(NOON + timedelta(days=7)) == 0 and sweeping.sweep(NOON + timedelta(days=8)) == 1
    assert CallCount.objects.get().outcome == "not_called" and not CallRequest.objects.exists()


def test_a_call_is_sealed_anew_when_a_member_leaves(house: House) -> None:
    visitor.ask_call(house.mika, access.enter(make(house, kind="mika")[0]), NAME, NUMBER, None, NOON)
    cast = house.cast
    teams.remove_member(team=cast.team, member=cast.cilla, by=cast.alva, keys=cast.hers, reason="slutar")
    teams.drain(team=cast.team, keys=cast.hers)
    row = CallRequest.objects.get()
    assert row.epoch == 2 and doors.open_call(house.alva, cast.hers, row.id).name == NAME


def test_what_carries_the_wall_a_mika_card_asks_kast_for_nothing(house: House) -> None:
    card = access.enter(make(house, kind="mika")[0])
    with pytest.raises(using.Used):
        visitor.ask_call(house.kast, card, NAME, NUMBER, None, NOON)
    assert not CallRequest.objects.exists() and Card.objects.exists()


@pytest.mark.parametrize("count", [0, -1, 41, 10_000])
def test_as_many_cards_as_fit_on_four_sheets(house: House, count: int) -> None:
    with pytest.raises(Refused):
        make(house, count)
    assert not Card.objects.exists()
