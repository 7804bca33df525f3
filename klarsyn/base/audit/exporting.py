"""The log as a file that anyone can check without this machine: JSON lines, checkpoints, a last word."""

from __future__ import annotations

import json
from collections.abc import Iterator

from klarsyn.base.audit import entries, logkeys
from klarsyn.base.audit.recording import checkpoint, origin
from klarsyn.base.models import AuditCheckpoint, AuditEvent


def export_lines() -> Iterator[str]:
    """The export, line by line: what it is, every entry in order, every checkpoint, and the newest one last.

    Nothing sealed leaves with it: of a detail only its hash.
    """
    last = checkpoint()
    public = logkeys.read().signer.public.hex()
    yield _line({"log": origin(), "format": 1, "public_key": public, "size": last.size})
    marks = {c.size: c for c in AuditCheckpoint.objects.filter(size__lte=last.size)}
    if 0 in marks:
        yield _line({"checkpoint": marks[0].text})
    for event in AuditEvent.objects.filter(sequence__lt=last.size).order_by("sequence").iterator(2000):
        yield _line({"entry": entry_of(event).encode().decode(), "link": event.link, "mac": event.mac})
        if event.sequence + 1 in marks:
            yield _line({"checkpoint": marks[event.sequence + 1].text})


def entry_of(event: AuditEvent) -> entries.Entry:
    return entries.Entry(
        event.sequence, event.day.isoformat(), event.at, event.actor, event.action, event.team, event.object,
        event.outcome, event.detail,
    )  # fmt: skip


def _line(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
