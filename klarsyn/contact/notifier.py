"""The notifier's own pair of keys: opens reminders without anybody signing in, and opens nothing else."""

from __future__ import annotations

import base64
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

from klarsyn.base import durable
from klarsyn.base.vault import KeyPair

_SECRET: Final = "notifier.key"  # noqa: S105  the name of a file
_PUBLIC: Final = "notifier.pub"  # all that whoever seals needs to be let read


def public() -> bytes:
    """What reminders are sealed to."""
    path = Path(settings.KEYS) / _PUBLIC
    if not path.exists():
        _once(path, pair().public)
    return base64.b64decode(path.read_bytes())


def pair() -> KeyPair:
    """The pair, made the first time. It lies with the keys, outside the database and every backup."""
    path = Path(settings.KEYS) / _SECRET
    if not path.exists():
        _once(path, KeyPair.new().seed)
    return KeyPair(base64.b64decode(path.read_bytes()))


def _once(path: Path, raw: bytes) -> None:
    with suppress(FileExistsError):  # another process made it in this very moment
        durable.write_new(path, base64.b64encode(raw))
