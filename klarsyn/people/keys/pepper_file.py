"""The pepper of this installation: its file, and the fingerprints by which a wrong one is noticed."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from klarsyn.base import durable
from klarsyn.base.vault import NotReady, pepper
from klarsyn.base.vault.pepper import Peppers

FILE, MARKS = "pepper.json", "pepper-fingerprints.json"


def path() -> Path:
    return Path(settings.KEYS) / FILE


def ensure() -> Peppers:
    """The pepper, made the first time, its fingerprint kept beside the database."""
    if not path().exists() and not _marks().exists():
        pepper.create(path())
        keep_fingerprints()
    return peppers()


def peppers() -> Peppers:
    """The pepper file, checked against what the database was made with. Raises NotReady."""
    try:
        changed = path().stat().st_mtime_ns
    except FileNotFoundError:
        raise NotReady(
            f"{path()}: the pepper file is not there. Without it no password opens anything: bring it back, "
            "or type in the sealed paper copy. Nothing has been changed."
        ) from None
    return _read(path(), _marks(), changed)


def keep_fingerprints() -> None:
    """After the file was made or changed on purpose."""
    found = pepper.read(path())
    marks = {str(n): mark for n, mark in found.fingerprints().items()}
    durable.write_over(_marks(), json.dumps(marks).encode())


@lru_cache(maxsize=2)
def _read(file: Path, marks: Path, changed: int) -> Peppers:
    found = pepper.read(file)
    if marks.exists():
        kept = {int(n): mark for n, mark in json.loads(marks.read_text()).items()}
        found.check(kept)
    return found


def _marks() -> Path:
    return Path(settings.HOME) / MARKS
