"""Opens the sealed reason of a line, for whoever it was sealed to."""

from __future__ import annotations

import base64
import hashlib

from klarsyn.base.audit.recording import place_of
from klarsyn.base.models import AuditDetail, AuditEvent
from klarsyn.base.vault import KeyPair, Unopenable, open_key, open_record


def forget_reasons(object: str) -> None:
    """Destroy the keys of every reason that was given about a thing: nobody opens one again.

    The lines and the log's chain stay as they are; in the caller's transaction.
    """
    lines = AuditEvent.objects.filter(object=object).exclude(detail="").values("sequence")
    AuditDetail.objects.filter(sequence__in=lines).update(wraps={})


def open_detail(line: AuditEvent, reader: str, pair: KeyPair) -> str | None:
    """The line's reason, opened by `reader` with their pair.

    None when there is none, when it was sealed to others, when it is erased, or when it is not the one that
    the line tells of.
    """
    row = AuditDetail.objects.filter(sequence=line.sequence).first() if line.detail else None
    wrap = row.wraps.get(reader) if row else None
    if row is None or wrap is None or hashlib.sha256(bytes(row.sealed)).hexdigest() != line.detail:
        return None
    place = place_of(line.sequence, line.team)
    try:
        return open_record(open_key(pair, base64.b64decode(wrap), place), bytes(row.sealed), place).decode()
    except Unopenable:
        return None
