"""What must stay gone: bare ids in a file outside every backup, played again after a restore."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from klarsyn.base import durable

KINDS = ("case", "member", "contact")


def path() -> Path:
    return Path(settings.KEYS) / "erasures.jsonl"


def note(kind: str, id: str) -> None:
    """Add a line, on disk before this returns; called inside the erasing transaction.

    A line too many is harmless (what it names is erased again), a line too few would bring somebody back.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    durable.add_line(path(), json.dumps({"kind": kind, "id": id}).encode())


def noted() -> Iterator[tuple[str, str]]:
    """(kind, id) of everything that must stay gone; a line cut by a full disk is passed over."""
    if not path().exists():
        return
    for line in path().read_text("ascii").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        yield row["kind"], row["id"]
