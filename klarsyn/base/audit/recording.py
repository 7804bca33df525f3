"""Writes a line of the log, in the transaction of the act it tells of: neither stands without the other."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from klarsyn.base.audit import entries, logkeys
from klarsyn.base.audit.checkpoints import signed
from klarsyn.base.audit.tree import Frontier
from klarsyn.base.models import AuditCheckpoint, AuditDetail, AuditEvent, AuditHead
from klarsyn.base.vault import Context, Key, seal_key, seal_record, seal_to

EVERY: Final = 1000  # lines between checkpoints, besides the one of each day
AUDITOR: Final = "auditor"
_NEVER_OPENED: Final = "the log was never opened; run `klarsyn site prepare`"


class NotLogged(RuntimeError):
    """The log cannot be written, so the act does not happen."""


@dataclass(frozen=True, slots=True)
class Detail:
    """A reason in somebody's own words, sealed to the auditor and to `readers` (name -> public key)."""

    text: str = field(repr=False)
    readers: Mapping[str, bytes] = field(default_factory=dict)


def record(
    *, action: str, by: str, object: str = "", team: str = "", outcome: str = "ok", day_only: bool = False,
    detail: Detail | None = None,
) -> AuditEvent:  # fmt: skip
    """One line, in the caller's transaction; with it the line stands or falls.

    `by`, `object` and `team` are names of things as text: a pseudonym, a random id. `day_only` for what an
    anonymous client does. Raises NotLogged outside a transaction, or when the log was never opened.
    """
    if not connection.in_atomic_block:
        raise NotLogged("a line of the log is written inside the transaction of the act it tells of")
    head = AuditHead.objects.select_for_update().filter(pk=1).first()
    if head is None:
        raise NotLogged(_NEVER_OPENED)
    now = _now()
    entry = entries.Entry(
        head.size, timezone.localtime(now).date().isoformat(),
        "" if day_only else now.isoformat(timespec="seconds"),
        by, action, team, object, outcome, _sealed(head.size, team, detail) if detail else "",
    )  # fmt: skip
    return _append(head, entry)


def check_open() -> None:
    """Raises NotLogged when the log was never opened: before long work whose line could not be written."""
    if not AuditHead.objects.filter(pk=1).exists():
        raise NotLogged(_NEVER_OPENED)


def _append(head: AuditHead, entry: entries.Entry) -> AuditEvent:
    _sign_what_earlier_days_left(head, entry.day)
    leaf = entries.leaf_of(entry.encode())
    link = entries.chained(bytes.fromhex(head.link), leaf)
    key = bytes(head.key)
    event = AuditEvent.objects.create(
        sequence=entry.sequence, day=entry.day, at=entry.at, actor=entry.actor, action=entry.action,
        team=entry.team, object=entry.object, outcome=entry.outcome, detail=entry.detail,
        link=link.hex(), mac=entries.mac_of(key, link).hex(),
    )  # fmt: skip
    grown = _frontier(head).grown(leaf)
    head.size, head.link, head.key = grown.size, link.hex(), entries.next_key(key)
    head.frontier = [root.hex() for root in grown.roots]
    head.save(update_fields=["size", "link", "key", "frontier"])
    if grown.size % EVERY == 0:
        _checkpoint(grown)
    return event


def _sign_what_earlier_days_left(head: AuditHead, day: str) -> None:
    """Before the first line of a day: a checkpoint of all lines until then, unless there is one."""
    if head.size == 0 or AuditCheckpoint.objects.filter(size=head.size).exists():
        return
    last = AuditEvent.objects.get(sequence=head.size - 1)
    if last.day.isoformat() < day:
        _checkpoint(_frontier(head))


def _sealed(sequence: int, team: str, detail: Detail) -> str:
    key, place = Key.new(), place_of(sequence, team)
    readers = {AUDITOR: logkeys.read().auditor, **detail.readers}
    sealed = seal_record(key, detail.text.encode(), place)
    wraps = {
        name: base64.b64encode(seal_key(public, key, place)).decode() for name, public in readers.items()
    }
    AuditDetail.objects.create(sequence=sequence, sealed=sealed, wraps=wraps)
    return hashlib.sha256(sealed).hexdigest()


def place_of(sequence: int, team: str) -> Context:
    row = UUID(int=sequence)
    return Context(settings.INSTANCE, team or "-", "base_auditdetail", "sealed", row, row, 0, "detail")


@contextmanager
def read_first(
    *, action: str, by: str, object: str, team: str, detail: Detail | None = None
) -> Iterator[None]:
    """Write down that somebody reads, and only then let them: the line is on disk before anything is shown.

        with read_first(action="case.read", by=user.pseudonym, object=str(id), team=team):
            return open_case(...)

    Whatever goes wrong in writing the line goes through: nothing is shown then.
    """
    with transaction.atomic(durable=True):  # by itself: what is read afterwards cannot take the line back
        record(action=action, by=by, object=object, team=team, detail=detail)
    yield


@transaction.atomic
def open_log() -> AuditHead:
    """The log's head, made the first time: the first key is kept for the auditor alone."""
    keys = logkeys.ensure()
    head = AuditHead.objects.filter(pk=1).first()
    if head is not None:
        return head
    first = secrets.token_bytes(32)
    place = place_of(0, "")
    return AuditHead.objects.create(
        size=0,
        link=entries.START.hex(),
        frontier=[],
        key=first,
        first_key=seal_to(keys.auditor, first, place),
    )


@transaction.atomic
def checkpoint() -> AuditCheckpoint:
    """Sign the log as it stands; the same size again gives the same checkpoint."""
    head = AuditHead.objects.select_for_update().get(pk=1)
    return _checkpoint(_frontier(head))


def _checkpoint(frontier: Frontier) -> AuditCheckpoint:
    made = signed(origin(), frontier.size, frontier.root(), logkeys.read().signer)
    found, _is_new = AuditCheckpoint.objects.get_or_create(
        size=made.size,
        defaults={"day": timezone.localtime(_now()).date(), "root": made.root.hex(), "text": made.text},
    )
    return found


def _frontier(head: AuditHead) -> Frontier:
    return Frontier(head.size, tuple(bytes.fromhex(root) for root in head.frontier))


def _now() -> datetime:
    return datetime.now(UTC)


def origin() -> str:
    return f"klarsyn/{settings.INSTANCE}"
