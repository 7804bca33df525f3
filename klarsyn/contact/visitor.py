"""What a visitor does without a name: write, come back with the code, write more, take everything away."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from django.db.models import Max
from django.utils import timezone

from klarsyn.base import erasures, rows
from klarsyn.base.audit.recording import record
from klarsyn.base.vault import About, Key, KeyPair
from klarsyn.contact import access, expiry, receivers, sealing, throttle
from klarsyn.contact.codes import Code
from klarsyn.contact.models import Access, Attachment, Message, Thread
from klarsyn.contact.models.thread import ThreadState
from klarsyn.contact.receivers import Receiver
from klarsyn.contact.sealing import Body, FileNamed, Gone

BY: Final = "visitor"  # what the log calls whoever seeks help; never anything else


@dataclass(frozen=True, slots=True)
class Given:
    """A file as it is kept: without what would tell of its maker, unless the visitor said otherwise."""

    about: About
    is_original: bool
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Held:
    """What an open visit holds: which contact, and the pair that opens it."""

    access: uuid.UUID
    tag: str
    pair: KeyPair = field(repr=False)


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message as the visitor reads it."""

    id: uuid.UUID
    day: date
    body: Body


@dataclass(frozen=True, slots=True)
class ThreadShown:
    kind: str
    is_closed: bool
    expires_on: date
    messages: tuple[MessageShown, ...] = field(repr=False)

    @property
    def is_answered(self) -> bool:
        return any(not message.body.is_visitors for message in self.messages)

    @property
    def ends(self) -> str:
        return self.expires_on.isoformat()


class Closed(Exception):
    """The reception has closed the thread: it can be read, not written in."""


def begin(to: Receiver, text: str, files: Sequence[Given] = ()) -> tuple[Held, Code]:
    """A new thread with its first message; the code is nowhere else from here on. Raises Full or Busy."""
    throttle.count_for_all("new")
    made = access.prepare()
    with rows.of_code([made.tag]):
        held_still, row = receivers.hold_still(to), access.keep(made, to.team)
        thread = Thread(access=row, team_id=to.team, created_on=row.created_on, epoch=held_still.epoch)
        key = Key.new()
        thread.for_team = sealing.seal_for_team(thread, held_still.public, key)
        thread.for_visitor = sealing.seal_for_visitor(thread, made.pair.public, key)
        thread.save(force_insert=True)
        add_message(thread, key, text, files, is_visitors=True)
        record(action="contact.new", by=BY, object=str(thread.id), team=to.kind, day_only=True)
    return Held(row.id, row.tag, made.pair), made.code


def read(held: Held) -> ThreadShown:
    """The thread, opened with the visitor's own pair. Raises Gone."""
    with rows.of_code([held.tag], is_reading=True):
        thread = _thread(held)
        key = sealing.open_for_visitor(thread, held.pair)
        found = tuple(
            MessageShown(m.id, m.day, sealing.open_body(m, thread, key)) for m in thread.messages.all()
        )
        closed = thread.state == ThreadState.CLOSED
        return ThreadShown(thread.team.kind, closed, thread.access.expires_on, found)


def read_file(held: Held, id: uuid.UUID) -> tuple[About, bytes]:
    """A file of the thread, whole. Raises Gone, also for another thread's."""
    with rows.of_code([held.tag], is_reading=True):
        thread = _thread(held)
        key = sealing.open_for_visitor(thread, held.pair)
        return sealing.whole(thread, key, id)


def write(held: Held, text: str, files: Sequence[Given] = ()) -> None:
    """One more message. Raises Gone or Closed."""
    with rows.of_code([held.tag]):
        thread = _thread(held, locked=True)
        if thread.state == ThreadState.CLOSED:
            raise Closed
        key = sealing.open_for_visitor(thread, held.pair)
        add_message(thread, key, text, files, is_visitors=True)
        Thread.objects.filter(pk=thread.pk).update(state=ThreadState.WAITS)
        Access.objects.filter(pk=held.access).update(expires_on=expiry.end_of(timezone.localdate()))


def new_code(held: Held) -> tuple[Held, Code]:
    """Another code for the same contact, while it is open: the one before opens nothing any more."""
    made = access.prepare(held.pair)
    with rows.of_code([held.tag, made.tag]):
        thread = _thread(held, locked=True)
        access.exchange(thread.access, made)
    return Held(held.access, made.tag, held.pair), made.code


def erase(held: Held) -> None:
    """Everything of the contact at once: keys, messages, files, code. A restored backup erases it again."""
    with rows.of_code([held.tag]):
        row = Access.objects.filter(pk=held.access).first()
        if row is None:
            return
        thread = Thread.objects.filter(access=row).select_related("team").first()
        if thread is not None:
            kind = thread.team.kind
            record(action="contact.erase", by=BY, object=str(thread.id), team=kind, day_only=True)
        row.delete()
        erasures.note("contact", str(held.access))


def add_message(thread: Thread, key: Key, text: str, files: Sequence[Given], *, is_visitors: bool) -> Message:
    """One more message with its files, sealed; in the caller's transaction."""
    last = thread.messages.aggregate(last=Max("order"))["last"]
    made = Message(thread=thread, order=0 if last is None else last + 1, day=timezone.localdate())
    rows_of_files = [Attachment(message=made) for _given in files]
    named = tuple(
        FileNamed(row.id, given.about.name, given.is_original)
        for row, given in zip(rows_of_files, files, strict=True)
    )
    made.body = sealing.seal_body(made, thread, key, Body(timezone.localtime(), is_visitors, text, named))
    made.save(force_insert=True)
    for row, given in zip(rows_of_files, files, strict=True):
        row.body = sealing.seal_attachment(row, thread, key, given.about, [given.body])
        row.save(force_insert=True)
    return made


def _thread(held: Held, *, locked: bool = False) -> Thread:
    found = Thread.objects.select_related("team", "access")
    if locked:
        found = found.select_for_update(of=("self",))
    thread = found.filter(access_id=held.access).first()
    if thread is None:
        raise Gone
    return thread
