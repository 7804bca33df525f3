"""The ledger on disk: every figure ever published, chained by hashes, written whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.mapping import refusal_words
from smallcounts.disclosure.errors import LedgerBroken
from smallcounts.disclosure.ledger import Entry, append, read

LEDGER: Final = "ledger.jsonl"
HEADS: Final = "heads.json"  # hashes the last line may have: a ledger cut short between two lines is found
_LOCK: Final = "lock"
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


class LedgerDamaged(Refused):
    """The ledger is not what was written; nothing may be published until it is restored."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it stands, with its number and its hash."""

    number: int
    hash: str
    entry: Entry


def folder() -> Path:
    return Path(settings.HOME) / "ledger"


def text() -> str:
    """The whole ledger, its chain checked; "" when nothing has been published. Raises LedgerDamaged."""
    path = folder() / LEDGER
    try:
        found = path.read_bytes().decode()
    except FileNotFoundError:
        found = ""
    except (OSError, UnicodeDecodeError) as error:
        raise _damaged(path, str(error)) from error
    try:
        head = read(found).head
    except LedgerBroken as error:
        raise _damaged(path, refusal_words.said(error)) from error
    if head not in _heads(head):
        raise _damaged(path, _("den slutar inte med den rad som skrevs sist"))
    return found


def lines(found: str) -> tuple[Line, ...]:
    """The lines of a ledger's text, oldest first."""
    hashes = (str(json.loads(line)["hash"]) for line in found.splitlines())
    return tuple(Line(n, h, e) for n, (h, e) in enumerate(zip(hashes, read(found).entries, strict=True), 1))


def head_before(found: str, prefix: str) -> str:
    """The hash the ledger ended with before the last lines, those of releases that begin with `prefix`."""
    kept = found.splitlines(keepends=True)
    for entry in reversed(read(found).entries):
        if not entry.published.release.startswith(prefix):
            break
        kept.pop()
    return read("".join(kept)).head


def marks(found: str) -> dict[str, str]:
    """Which people each published cell held, as keyed marks by the cell's text; kept beside the ledger.

    They show which cells' people change between two releases, so nobody but the site reads them.
    """
    path = folder() / _marks_name(read(found).head)
    try:
        kept: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise _damaged(path, str(error)) from error
    return kept


def add(entries: Sequence[Entry], marked: Mapping[str, str] = _NONE) -> str:
    """Append what is not there yet; the ledger's text afterwards. One writer at a time.

    `marked`: the marks of the cells that are added. A crash at any moment leaves the old ledger with its
    marks or the new one with its own. Raises LedgerDamaged.
    """
    with _alone():
        old = new = text()
        known = set(read(old).releases())
        for entry in entries:
            if entry.published.release not in known:
                new = append(new, entry)
        if new != old:
            before, after = read(old).head, read(new).head
            kept = marks(old) | dict(marked)
            if kept:
                _replace(_marks_name(after), json.dumps(kept, sort_keys=True).encode())
            _replace(HEADS, json.dumps([before, after]).encode())
            _replace(LEDGER, new.encode())
            _replace(HEADS, json.dumps([after]).encode())
            (folder() / _marks_name(before)).unlink(missing_ok=True)
        return new


def _marks_name(head: str) -> str:
    """The marks belong to one state of the ledger, so they change with it in one step."""
    return f"marks-{head[:16]}.json"


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the ledger's lock; the system lets go of it when the process dies."""
    folder().mkdir(parents=True, exist_ok=True)
    with (folder() / _LOCK).open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(name: str, data: bytes) -> None:
    """A new file beside, pressed to disk, renamed into place, and the folder pressed to disk."""
    handle, made = tempfile.mkstemp(prefix=f".{name}-", dir=folder())
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(made).replace(folder() / name)
    finally:
        Path(made).unlink(missing_ok=True)
    held = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _heads(head: str) -> Sequence[str]:
    """What the last line's hash may be; anything where nothing has been written yet."""
    try:
        found: list[str] = json.loads((folder() / HEADS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (head,)
    except ValueError:
        return ()
    return found


def _damaged(path: Path, why: str) -> LedgerDamaged:
    return LedgerDamaged(
        _(
            "Liggaren över publicerade siffror, %(path)s, är inte hel: %(why)s. Ingenting publiceras. "
            "Hämta mappen ur säkerhetskopian och försök igen."
        )
        % {"path": path, "why": why}
    )
