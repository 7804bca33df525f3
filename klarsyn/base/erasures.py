"""What must stay gone: bare ids in a file outside every backup, played again after a restore."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

KINDS = ("case", "member")


def path() -> Path:
    return Path(settings.KEYS) / "erasures.jsonl"


def note(kind: str, id: str) -> None:
    """Add a line, on disk before this returns; called inside the erasing transaction.

    A line too many is harmless (what it names is erased again), a line too few would bring somebody back.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, json.dumps({"kind": kind, "id": id}).encode() + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)


def noted() -> Iterator[tuple[str, str]]:
    """(kind, id) of everything that must stay gone; a last line cut by a crash is passed over."""
    if not path().exists():
        return
    for line in path().read_text("ascii").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        yield row["kind"], row["id"]
