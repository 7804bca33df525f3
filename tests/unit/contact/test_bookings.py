"""Times booked without a name: by one, seen and cancelled with a code, ended as numbers."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.http import Http404

from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.contact import access, direct, endings, sweeping
from klarsyn.contact.booking import access as doors
from klarsyn.contact.booking import actions, reminders, visitor
from klarsyn.contact.booking.reminders import Wish
from klarsyn.contact.booking.times import Slot
from klarsyn.contact.models import (
    Access,
    Booking,
    BookingCount,
    PublishedTimes,
    Reminder,
    ResidenceCount,
    TakenQuarter,
)
from klarsyn.contact.models.booking import Channel, Ended, Kind
from klarsyn.people.keys import teams
from tests.unit.contact.conftest import House
from tests.unit.contact.times import NOON, TODAY, WEDNESDAY, after, free, is_free, publish, wanted

pytestmark = pytest.mark.django_db
SAID = "Jag kommer med en vän."


@pytest.fixture
def booked(house: House):
    """A time with Mika and its code."""
    publish(house)
    return visitor.book("mika", wanted(message=SAID), NOON)


def counts() -> dict[str, int]:
    return dict(BookingCount.objects.values_list("ended", "count"))


def test_a_booked_time_is_gone_for_others_and_opens_with_the_code(house: House, booked) -> None:
    reception = PublishedTimes.objects.get().reception
    assert not is_free(reception) and len(free(reception)) > 20
    shown = visitor.see(access.enter(booked))
    assert (shown.day, shown.is_withdrawn, shown.has_reminder) == (WEDNESDAY, False, False)
    with pytest.raises(visitor.Taken) as late:
        visitor.book("mika", wanted(), NOON)
    assert WEDNESDAY in {s.day for s in late.value.nearest} and len(late.value.nearest) == 6
    assert Access.objects.count() == 1


def test_the_database_itself_takes_no_quarter_twice(house: House, booked, monkeypatch) -> None:
    """The look before booking taken away, as when two look at the same moment."""
    slot = Slot(WEDNESDAY, after(WEDNESDAY, minutes=45).time(), 30, frozenset(Channel))
    monkeypatch.setattr(visitor, "_free", lambda *_asked: slot)
    with pytest.raises(visitor.Taken):
        visitor.book("mika", wanted(), NOON)
    assert Booking.objects.count() == Access.objects.count() == 1


def test_only_the_team_reads_what_was_said(house: House, booked) -> None:
    row = Booking.objects.get()
    opened = doors.open_booked(house.alva, house.cast.hers, row.id, NOON)
    assert opened.message == SAID and AuditEvent.objects.filter(action="booking.read").count() == 1
    with pytest.raises(Http404):
        doors.open_booked(house.bo, house.cast.bos, row.id, NOON)
    with pytest.raises(Http404):
        doors.list_booked(house.bo, row.team, NOON)
    with pytest.raises(Http404):  # the permission without the key
        doors.open_booked(house.alva, house.cast.bos, row.id, NOON)


def test_nothing_said_is_as_long_as_something_said(house: House, booked) -> None:
    visitor.book("mika", wanted(begins=after(WEDNESDAY, hours=1).time()), NOON)
    assert len({len(row.sealed) for row in Booking.objects.all()}) == 1


def test_cancelling_leaves_a_number_and_frees_the_time(house: House, booked, settings) -> None:
    visitor.cancel(access.enter(booked))
    assert not Booking.objects.exists() and not Access.objects.exists() and not TakenQuarter.objects.exists()
    assert counts() == {"cancelled": 1} and is_free(PublishedTimes.objects.get().reception)
    with pytest.raises(access.Unknown):
        access.enter(booked)
    lines = AuditEvent.objects.filter(action__startswith="booking.")
    assert {(line.actor, line.at) for line in lines} == {("visitor", "")}


def test_a_cancelled_time_does_not_come_back_with_a_backup(house: House, booked) -> None:
    kept = Access.objects.get()
    visitor.cancel(access.enter(booked))
    kept.save(force_insert=True)
    assert endings.erase_again(str(kept.id)) == 1 and not Access.objects.exists()


def test_the_reception_withdraws_and_the_visitor_reads_so(house: House, booked) -> None:
    row = Booking.objects.get()
    doors.withdraw(house.alva, house.cast.hers, row.id)
    assert visitor.see(access.enter(booked)).is_withdrawn
    with pytest.raises(Refused):
        doors.withdraw(house.alva, house.cast.hers, row.id)
    visitor.cancel(access.enter(booked))
    assert counts() == {"withdrawn": 1}


def test_how_it_went_is_a_number_with_the_residence_or_that_it_was_refused(house: House, booked) -> None:
    id = Booking.objects.get().id
    end = {"end": Ended.MET, "residence": actions.REFUSED}
    with pytest.raises(Refused):
        doors.end_booked(house.alva, house.cast.hers, id, now=NOON, **end)
    doors.end_booked(house.alva, house.cast.hers, id, now=after(WEDNESDAY, minutes=5), **end)
    assert counts() == {"met": 1} and not Access.objects.exists()
    assert ResidenceCount.objects.get().residence == "refused"
    assert ResidenceCount.objects.get().month == WEDNESDAY.replace(day=1)


def test_what_nobody_ended_goes_by_itself(house: House, booked) -> None:
    assert sweeping.sweep(after(WEDNESDAY, days=3)) == 0
    assert sweeping.sweep(after(WEDNESDAY, days=4)) == 1
    assert counts() == {"unknown": 1} and not Access.objects.exists()
    assert sweeping.sweep(after(WEDNESDAY, days=4)) == 0


def test_it_is_sealed_anew_when_a_member_leaves(house: House, booked) -> None:
    cast = house.cast
    teams.remove_member(team=cast.team, member=cast.cilla, by=cast.alva, keys=cast.hers, reason="slutar")
    old = cast.team.epochs.get(state="draining")
    assert direct.still_sealed(old) == (1, 1)
    teams.drain(team=cast.team, keys=cast.hers)
    row = Booking.objects.get()
    assert row.epoch == 2 and doors.open_booked(house.alva, cast.hers, row.id, NOON).message == SAID


def test_a_reminder_lies_apart_is_sent_once_and_is_gone(house: House, settings, tmp_path) -> None:
    settings.REMINDER_OUTBOX = str(tmp_path / "out")
    publish(house)
    assert reminders.can_remind(WEDNESDAY, TODAY) and not reminders.can_remind(
        TODAY + timedelta(days=1), TODAY
    )
    code = visitor.book("mika", wanted(reminder=Wish("+46701234567", "I morgon")), NOON)
    assert visitor.see(access.enter(code)).has_reminder
    assert b"46701234567" not in bytes(Reminder.objects.get().sealed)
    assert reminders.send_due(TODAY) == 0 and reminders.send_due(WEDNESDAY - timedelta(days=1)) == 1
    (sent,) = (tmp_path / "out").iterdir()
    assert json.loads(sent.read_text()) == {"to": "+46701234567", "text": "I morgon"}
    assert not Reminder.objects.exists() and reminders.send_due(WEDNESDAY) == 0


def test_a_number_goes_with_the_cancelled_time_and_when_its_day_has_passed(
    house: House, settings, tmp_path
) -> None:
    settings.REMINDER_OUTBOX = str(tmp_path / "out")
    publish(house)
    code = visitor.book("mika", wanted(reminder=Wish("+46701234567", "I morgon")), NOON)
    visitor.cancel(access.enter(code))
    assert not Reminder.objects.exists()
    visitor.book("mika", wanted(reminder=Wish("+46701234567", "I morgon")), NOON)
    assert reminders.send_due(WEDNESDAY) == 0 and not Reminder.objects.exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "change", [{"valid_from": TODAY - timedelta(days=1)}, {"valid_to": TODAY - timedelta(days=1)}]
)
def test_times_are_published_from_today_by_the_receptions_own(house: House, change) -> None:
    reception = publish(house)
    row = {
        "reception": reception, "kind": Kind.WEEKLY, "written": "måndag 9.00–10.00", "minutes": 60,
        "channels": "phone", "valid_from": TODAY, "valid_to": None, "today": TODAY,
    }  # fmt: skip
    with pytest.raises(Refused):
        actions.publish(by=house.alva, **(row | change))
    with pytest.raises(Refused, match="egna"):
        actions.publish(by=house.bo, **row)
    actions.end_times(row=PublishedTimes.objects.get(), last_day=TODAY, by=house.alva, today=TODAY)
    assert free(reception) == ()
