"""How a thread's key, messages and files are sealed: one place for each, named in what seals it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.conf import settings

from klarsyn.base.vault import (
    About,
    Context,
    Key,
    KeyPair,
    Sealer,
    open_file,
    open_key,
    open_record,
    seal_file,
    seal_record,
)
from klarsyn.contact.models import Attachment, Message, Thread


class Gone(Exception):
    """What is asked for is not there any more, or never was: which of them is not said."""


@dataclass(frozen=True, slots=True)
class FileNamed:
    """A file as its message tells of it. `is_original`: kept as it came, by the visitor's own yes."""

    id: UUID
    name: str
    is_original: bool


@dataclass(frozen=True, slots=True)
class Body:
    """What stands inside a message."""

    at: datetime
    is_visitors: bool
    text: str = field(repr=False)
    files: tuple[FileNamed, ...] = ()

    def encode(self) -> bytes:
        files = [[str(one.id), one.name, one.is_original] for one in self.files]
        return json.dumps([self.at.isoformat(), self.is_visitors, self.text, files]).encode()

    @classmethod
    def decode(cls, raw: bytes) -> Body:
        at, is_visitors, text, files = json.loads(raw)
        named = tuple(FileNamed(UUID(id), name, bool(original)) for id, name, original in files)
        return cls(datetime.fromisoformat(at), bool(is_visitors), text, named)


def seal_for_team(thread: Thread, public: bytes, key: Key) -> bytes:
    """`public`: of the epoch that the thread names."""
    return Sealer(public).seal(key.raw, _of_key(thread, "for_team"))


def seal_for_visitor(thread: Thread, public: bytes, key: Key) -> bytes:
    return Sealer(public).seal(key.raw, _of_key(thread, "for_visitor"))


def open_for_team(thread: Thread, pair: KeyPair) -> Key:
    """Raises Unopenable for who has no key of the thread's team and epoch."""
    return open_key(pair, bytes(thread.for_team), _of_key(thread, "for_team"))


def open_for_visitor(thread: Thread, pair: KeyPair) -> Key:
    """Raises Unopenable for any other pair than the code's."""
    return open_key(pair, bytes(thread.for_visitor), _of_key(thread, "for_visitor"))


def seal_body(message: Message, thread: Thread, key: Key, body: Body) -> bytes:
    return seal_record(key, body.encode(), _of_message(message, thread))


def open_body(message: Message, thread: Thread, key: Key) -> Body:
    return Body.decode(open_record(key, bytes(message.body), _of_message(message, thread)))


def seal_attachment(row: Attachment, thread: Thread, key: Key, about: About, body: Iterable[bytes]) -> bytes:
    return b"".join(seal_file(key, about, body, _of_attachment(row, thread)))


def open_attachment(row: Attachment, thread: Thread, key: Key) -> tuple[About, Iterator[bytes]]:
    return open_file(key, io.BytesIO(bytes(row.body)), _of_attachment(row, thread))


def whole(thread: Thread, key: Key, id: UUID) -> tuple[About, bytes]:
    """A file of this thread, checked to its last piece. Raises Gone where the thread has none of that id."""
    row = Attachment.objects.filter(pk=id, message__thread=thread).first()
    if row is None:
        raise Gone
    about, pieces = open_attachment(row, thread, key)
    return about, b"".join(pieces)


def _of_key(thread: Thread, column: str) -> Context:
    epoch = thread.epoch if column == "for_team" else 0  # the visitor's half knows no epoch
    place = ("contact_thread", column)
    return Context(settings.INSTANCE, str(thread.team_id), *place, thread.id, thread.key, epoch, "thread")


def _of_message(message: Message, thread: Thread) -> Context:
    # Not the epoch: re-keying seals the key anew and leaves the messages as they are.
    place = ("contact_message", "body")
    return Context(settings.INSTANCE, str(thread.team_id), *place, message.id, thread.key, 0, "message")


def _of_attachment(row: Attachment, thread: Thread) -> Context:
    place = ("contact_attachment", "body")
    return Context(settings.INSTANCE, str(thread.team_id), *place, row.id, thread.key, 0, "file")
