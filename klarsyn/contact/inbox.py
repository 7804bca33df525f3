"""The counsellors' way in to contacts: a permission, a key, each by itself, and a line in the log first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.http import Http404
from django.utils.translation import gettext as _

from klarsyn.base import rows
from klarsyn.base.audit.recording import read_first, record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import About, Key, KeyPair, Unopenable
from klarsyn.contact import access, sealing
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Thread
from klarsyn.contact.models.thread import ThreadState
from klarsyn.contact.sealing import Gone
from klarsyn.contact.visitor import MessageShown, add_message
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the inbox: nothing of it needs a key."""

    id: UUID
    state: ThreadState
    created_on: date
    last_on: date


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact, opened: gone with the request."""

    id: UUID
    team: Team
    state: ThreadState
    created_on: date
    expires_on: date
    messages: tuple[MessageShown, ...] = field(repr=False)


def read_list(user: User, team: Team) -> Sequence[Listed]:
    """The team's contacts, those that wait first, after a line in the log. Raises Http404."""
    if not user.may_in_team(Permission.CASE_READ, team):
        raise Http404
    told = read_first(action="contact.list", by=user.pseudonym, object=str(team.pk), team=team.kind)
    with told, rows.of_teams(user.team_ids, is_reading=True):
        found = Thread.objects.filter(team=team).annotate(last_on=Max("messages__day"))
        lines = found.values_list("id", "state", "created_on", "last_on")
        every = [Listed(id, ThreadState(state), day, last) for id, state, day, last in lines]
    order = list(ThreadState)
    every.sort(key=lambda one: (order.index(one.state), -one.last_on.toordinal(), str(one.id)))
    return every


def read(user: User, keys: Unlocked | None, id: UUID) -> ContactShown:
    """The contact, opened. "Not yours" and "not there" are the same Http404.

    Asked in this order: may this person read the team's contacts; is the line in the log written; does the
    person hold the key.
    """
    thread = readable(user, id)
    with _told_first(user, thread, "contact.read"), rows.of_teams(user.team_ids, is_reading=True):
        key = _key(user, keys, thread)
        found = tuple(
            MessageShown(m.id, m.day, sealing.open_body(m, thread, key)) for m in thread.messages.all()
        )
    state = ThreadState(thread.state)
    ends = thread.access.expires_on
    return ContactShown(thread.id, thread.team, state, thread.created_on, ends, found)


def read_file(user: User, keys: Unlocked | None, id: UUID, file: UUID) -> tuple[About, bytes]:
    """A file of the contact, whole. Asks and answers like `read`."""
    thread = readable(user, id)
    with _told_first(user, thread, "contact.file"), rows.of_teams(user.team_ids, is_reading=True):
        try:
            return sealing.whole(thread, _key(user, keys, thread), file)
        except Gone:
            raise Http404 from None


def readable(user: User, id: UUID) -> Thread:
    """The contact, shut: that it is there and the person's role lets them read it. Else Http404."""
    with rows.of_teams(user.team_ids, is_reading=True):
        thread = Thread.objects.select_related("team", "access").filter(pk=id).first()
    if thread is None or not user.may_in_team(Permission.CASE_READ, thread.team):
        raise Http404
    return thread


def answer(user: User, keys: Unlocked | None, id: UUID, *, text: str) -> None:
    """One more message, which the visitor finds on coming back. Raises Http404, or Refused when closed."""
    with rows.of_teams(user.team_ids):
        thread, key = _to_change(user, keys, id)
        if thread.state == ThreadState.CLOSED:
            raise Refused(_("Kontakten är avslutad. Svaret är inte skickat. Öppna den igen först."))
        add_message(thread, key, text, (), is_visitors=False)
        _move(thread, ThreadState.HANDLED, "contact.answer", user)


def handle(user: User, keys: Unlocked | None, id: UUID) -> None:
    """It needs no answer, or got one by telephone; also what opens a closed contact again. Raises Http404."""
    with rows.of_teams(user.team_ids):
        _move(_to_change(user, keys, id)[0], ThreadState.HANDLED, "contact.handle", user)


def take_over(user: User, keys: Unlocked | None, id: UUID) -> None:
    """It goes on as a case, unknown to this room. A new message makes it wait again. Raises Http404."""
    with rows.of_teams(user.team_ids):
        _move(_to_change(user, keys, id)[0], ThreadState.TAKEN, "contact.take_over", user)


def close(user: User, keys: Unlocked | None, id: UUID) -> None:
    """Nobody writes in it any more; the visitor can still read it until its last day. Raises Http404."""
    with rows.of_teams(user.team_ids):
        _move(_to_change(user, keys, id)[0], ThreadState.CLOSED, "contact.close", user)


def new_code(user: User, keys: Unlocked | None, id: UUID) -> Code:
    """Another code, for a visitor who lost theirs and whom the counsellor knows again in talk.

    The pair is new too: the old code opens nothing from here on. Raises Http404 or Busy.
    """
    readable(user, id)
    made = access.prepare()
    with rows.of_teams(user.team_ids):
        thread, key = _to_change(user, keys, id)
        access.exchange(thread.access, made)
        thread.for_visitor = sealing.seal_for_visitor(thread, made.pair.public, key)
        thread.save(update_fields=["for_visitor"])
        _note(thread, "contact.code", user)
    return made.code


def _to_change(user: User, keys: Unlocked | None, id: UUID) -> tuple[Thread, Key]:
    """The contact and its key, for who may write and can open it; held until the transaction ends."""
    found = Thread.objects.select_related("team", "access").select_for_update(of=("self",))
    thread = found.filter(pk=id).first()
    if thread is None or not user.may_in_team(Permission.CASE_WRITE, thread.team):
        raise Http404
    return thread, _key(user, keys, thread)


def _move(thread: Thread, state: ThreadState, act: str, user: User) -> None:
    Thread.objects.filter(pk=thread.pk).update(state=state)
    _note(thread, act, user)


def _note(thread: Thread, act: str, user: User) -> None:
    record(action=act, by=user.pseudonym, object=str(thread.id), team=thread.team.kind)


def _told_first(user: User, thread: Thread, act: str) -> AbstractContextManager[None]:
    return read_first(action=act, by=user.pseudonym, object=str(thread.id), team=thread.team.kind)


def _key(user: User, keys: Unlocked | None, thread: Thread) -> Key:
    """The thread's key by the person's own keys. Raises Http404 without them, or for another's."""
    try:
        return sealing.open_for_team(thread, _epochs(user, keys, thread.team)[thread.epoch])
    except (KeyError, Unopenable):
        raise Http404 from None


def _epochs(user: User, keys: Unlocked | None, team: Team) -> Mapping[int, KeyPair]:
    if keys is None or keys.uid != user.uid:
        return {}
    return teams.open_teams(keys).get(team.pk, {})
