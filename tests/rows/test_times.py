"""Booked times, cards and calls on PostgreSQL: a code shows its own, a team its own, a visitor adds a call and sees none."""

from __future__ import annotations

import pytest
from django.db import DatabaseError

from klarsyn.base import rows
from klarsyn.contact import access, sweeping
from klarsyn.contact.booking import access as doors
from klarsyn.contact.booking import visitor as booking
from klarsyn.contact.cards import access as calls
from klarsyn.contact.cards import actions, visitor
from klarsyn.contact.models import Booking, CallRequest, Card
from klarsyn.contact.models.card import Outcome, Partner
from tests.unit.contact.conftest import House, house  # noqa: F401  a fixture
from tests.unit.contact.times import NOON, TODAY, WEDNESDAY, after, publish, wanted

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def booked(house: House):  # noqa: F811
    """A time with each of the two; Mika's code."""
    publish(house, "kast")
    publish(house)
    booking.book("kast", wanted(), NOON)
    return booking.book("mika", wanted(message="hej"), NOON)


def test_a_code_shows_its_own_time_and_no_list(booked, house: House) -> None:  # noqa: F811
    opened = access.enter(booked)
    assert not Booking.objects.exists()
    with rows.of_code([opened.tag]):
        assert [row.access_id for row in Booking.objects.all()] == [opened.id]
    for to in (house.mika, house.kast):
        with rows.of_teams([to.team]):
            assert [row.team_id for row in Booking.objects.all()] == [to.team]
    booking.cancel(opened)
    with rows.of_teams([house.mika.team]):
        assert not Booking.objects.exists()


def test_a_card_adds_a_call_for_its_team_alone_and_shows_none(house: House) -> None:  # noqa: F811
    card = access.enter(
        actions.make_cards(team=house.cast.kast, partner=Partner.COURT, count=1, by=house.bo, today=TODAY)[0]
    )
    row = CallRequest(team_id=house.mika.team, due_on=TODAY, last_on=TODAY, epoch=1, sealed=b"x")
    with pytest.raises(DatabaseError, match="row-level security"), rows.of_code([card.tag]):
        row.save(force_insert=True)
    visitor.ask_call(house.kast, card, "Kim", "+46701234567", None, NOON)
    with rows.of_code([card.tag]):
        assert not CallRequest.objects.exists() and not Card.objects.exists()
    (waiting,) = calls.list_calls(house.bo, house.cast.kast, TODAY)
    assert calls.open_call(house.bo, house.cast.bos, waiting.id).name == "Kim"
    assert calls.end_call(
        house.bo, house.cast.bos, waiting.id, outcome=Outcome.REACHED, has_asked=True, today=TODAY
    )


def test_the_sweep_and_the_staff_find_their_own(booked, house: House) -> None:  # noqa: F811
    (line,) = doors.list_booked(house.alva, house.cast.team, NOON)
    assert doors.open_booked(house.alva, house.cast.hers, line.id, NOON).message == "hej"
    assert sweeping.sweep(after(WEDNESDAY, days=4)) == 2
