"""Counsellors read and answer what is written to their team: a line first, permission and key by themselves."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.http import Http404

from klarsyn.base.audit import recording
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import About, Unopenable
from klarsyn.contact import access, inbox, visitor
from klarsyn.contact.models import Thread
from klarsyn.contact.visitor import Given, Held
from klarsyn.people.keys import teams
from klarsyn.people.models import User
from tests.unit.contact.conftest import House

FILE = Given(About("a.txt", "text/plain", 3), is_original=False, body=b"abc")
OPERATIONS: dict[str, Callable] = {
    "read": inbox.read,
    "read_file": lambda user, keys, id: inbox.read_file(user, keys, id, _file(id)),
    "answer": lambda user, keys, id: inbox.answer(user, keys, id, text="svar"),
    "handle": inbox.handle,
    "take over": inbox.take_over,
    "new_code": inbox.new_code,
    "close": inbox.close,
}


def _file(id):
    return Thread.objects.get(pk=id).messages.get(order=0).attachments.get().pk


@pytest.fixture
def begun(house: House):
    """(the thread's id, the visit, the code) of a contact with Mika that has a file."""
    held, code = visitor.begin(house.mika, "Hej", [FILE])
    return Thread.objects.get().pk, held, code


@pytest.mark.parametrize("name", OPERATIONS)
def test_alva_does_everything_with_her_teams_contact(house: House, begun, name: str) -> None:
    OPERATIONS[name](house.alva, house.cast.hers, begun[0])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_key_and_no_permission_is_refused(house: House, begun, name: str) -> None:
    house.alva.narrow_to(())
    with pytest.raises(Http404):
        OPERATIONS[name](house.alva, house.cast.hers, begun[0])


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_permission_and_no_key_is_refused(house: House, begun, name: str, monkeypatch) -> None:
    monkeypatch.setattr(User, "may_in_team", lambda *_: True)
    monkeypatch.setattr(User, "team_ids", frozenset({house.mika.team, house.kast.team}))
    for keys in (house.cast.bos, None):
        with pytest.raises(Http404):
            OPERATIONS[name](house.bo, keys, begun[0])
    with pytest.raises(Http404):  # somebody else's keys are not her own
        OPERATIONS[name](house.bo, house.cast.hers, begun[0])


@pytest.mark.parametrize("name", OPERATIONS)
def test_what_is_not_hers_and_what_is_not_there_are_the_same(house: House, begun, name: str) -> None:
    for id in (begun[0], uuid4()):
        with pytest.raises((Http404, Thread.DoesNotExist)):
            OPERATIONS[name](house.bo, house.cast.bos, id)


@pytest.mark.parametrize("name", ["read", "read_file"])
def test_nothing_is_shown_when_the_line_cannot_be_written(house, begun, name, monkeypatch) -> None:
    def fails(**_kwargs: object) -> None:
        raise recording.NotLogged

    monkeypatch.setattr(recording, "record", fails)
    opened: list[object] = []
    monkeypatch.setattr(inbox.sealing, "open_for_team", lambda *a: opened.append(a))
    with pytest.raises(recording.NotLogged):
        OPERATIONS[name](house.alva, house.cast.hers, begun[0])
    assert opened == []


def test_the_inbox_shows_the_own_teams_contacts_those_that_wait_first(house: House, begun) -> None:
    visitor.begin(house.kast, "till KAST")
    visitor.begin(house.mika, "till Mika")
    inbox.handle(house.alva, house.cast.hers, begun[0])
    listed = inbox.read_list(house.alva, house.cast.team)
    assert [one.state.value for one in listed] == ["waits", "handled"] and listed[1].id == begun[0]
    with pytest.raises(Http404):
        inbox.read_list(house.alva, house.cast.kast)
    assert AuditEvent.objects.filter(action="contact.list").count() == 1


def test_an_answer_is_read_by_the_visitor_and_by_a_colleague(house: House, begun) -> None:
    id, held, _code = begun
    inbox.answer(house.alva, house.cast.hers, id, text="Vi finns här.")
    assert [m.body.is_visitors for m in visitor.read(held).messages] == [True, False]
    assert inbox.read(house.alva, house.cast.hers, id).messages[1].body.text == "Vi finns här."
    assert Thread.objects.get().state == "handled"
    visitor.write(held, "Tack")
    assert Thread.objects.get().state == "waits"


def test_a_closed_contact_is_not_answered_until_it_is_opened_again(house: House, begun) -> None:
    id, _held, _code = begun
    inbox.close(house.alva, house.cast.hers, id)
    with pytest.raises(Refused, match="inte skickat"):
        inbox.answer(house.alva, house.cast.hers, id, text="x")
    inbox.handle(house.alva, house.cast.hers, id)
    inbox.answer(house.alva, house.cast.hers, id, text="x")


def test_a_new_code_opens_what_was_written_and_the_old_one_nothing(house: House, begun) -> None:
    id, held, code = begun
    new = inbox.new_code(house.alva, house.cast.hers, id)
    opened = access.enter(new)
    shown = visitor.read(Held(opened.id, opened.tag, opened.pair))
    assert shown.messages[0].body.text == "Hej"
    with pytest.raises(access.Unknown):
        access.enter(code)
    with pytest.raises(Unopenable):
        visitor.read(Held(held.access, opened.tag, held.pair))


def test_contacts_are_sealed_anew_when_a_member_leaves(house: House, begun) -> None:
    cast = house.cast
    teams.remove_member(team=cast.team, member=cast.cilla, by=cast.alva, keys=cast.hers, reason="slutar")
    old = cast.team.epochs.get(epoch=1)
    from_before = inbox.read(house.alva, cast.hers, begun[0])
    assert teams.drain(team=cast.team, keys=cast.hers) >= 1
    thread = Thread.objects.get()
    old.refresh_from_db()
    assert (thread.epoch, old.state) == (2, "destroyed")
    assert inbox.read(house.alva, cast.hers, begun[0]).messages == from_before.messages
    assert visitor.read(begun[1]).messages[0].body.text == "Hej"
