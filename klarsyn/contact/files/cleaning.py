"""From what a visitor sends to what is kept: cleaned in a process of its own, the original if asked for."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from klarsyn.base.vault import About
from klarsyn.contact.files.kinds import LARGEST, MOST, PDF, PICTURE, TEXT, Kind, kind_of
from klarsyn.contact.visitor import Given

WORKSHOP: Final = Path(__file__).with_name("workshop.py")
SECONDS: Final = 20
_AT_ONCE: Final = 2
_turn: Final = threading.BoundedSemaphore(_AT_ONCE)
_LONGEST_NAME: Final = 100


class NotTaken(Exception):
    """A file that is not kept. `why`: "many", "large", "kind", "busy" or "broken"; the pages say each."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def given(files: list[tuple[str, bytes, int]], *, keep_original: bool) -> list[Given]:
    """What to keep of (name, body, size) of each file. Raises NotTaken before anything is kept.

    The name tells of its maker too: a cleaned file is called picture, document or text.
    """
    if len(files) > MOST:
        raise NotTaken("many")
    kept: list[Given] = []
    for number, (name, body, size) in enumerate(files, 1):
        if size > LARGEST:
            raise NotTaken("large")
        kind = kind_of(body)
        if kind is None:
            raise NotTaken("kind")
        made = clean(kind, body)
        called = kind.neutral.replace(".", f"-{number}.")
        kept.append(Given(About(called, kind.media_type, len(made)), is_original=False, body=made))
        if keep_original:
            about = About(_short(name), "application/octet-stream", len(body))
            kept.append(Given(about, is_original=True, body=body))
    return kept


def clean(kind: Kind, body: bytes) -> bytes:
    """The file anew. Raises NotTaken for one that the workshop cannot read, or that is too much for it."""
    if kind is TEXT:
        return body.decode("utf-8-sig").encode()
    assert kind in (PICTURE, PDF)
    command = [sys.executable, "-I", str(WORKSHOP), kind.key]
    if not _turn.acquire(timeout=SECONDS):
        raise NotTaken("busy")
    try:
        done = subprocess.run(  # noqa: S603  our own script, no word from outside
            command, input=body, capture_output=True, check=False, timeout=SECONDS, env={}, cwd="/"
        )
    except subprocess.TimeoutExpired:
        raise NotTaken("broken") from None
    finally:
        _turn.release()
    if done.returncode or not done.stdout:
        raise NotTaken("broken")
    return done.stdout


def _short(name: str) -> str:
    """The name as it was, but no path, no sign that hides, and its ending kept."""
    plain = "".join(sign for sign in name.rpartition("/")[2].rpartition("\\")[2] if sign.isprintable())
    stem, dot, ending = plain.rpartition(".")
    return f"{(stem or ending)[: _LONGEST_NAME - 10]}{dot}{ending[:9]}" if dot else plain[:_LONGEST_NAME]
