"""Files of a release on disk: the ledger, the secrets beside it, and tables written whole or not at all."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from smallcounts.disclosure.errors import DisclosureError

KEY_BYTES = 32
PRIVATE = 0o600


@contextmanager
def locked(ledger: Path) -> Iterator[None]:
    """Holds the ledger, so that two releases never follow the same line; DisclosureError when it is held."""
    with _beside(ledger, "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DisclosureError(f"{ledger}: another release is being made; wait until it is done") from None
        yield


def load_key(ledger: Path, *, may_make: bool) -> tuple[bytes, bool]:
    """The secret key beside the ledger, and whether it was made now (only with `may_make`).

    DisclosureError when it is missing beside a ledger that holds releases, open to others, or damaged.
    """
    path = _beside(ledger, "key")
    if not path.exists():
        if not may_make:
            raise DisclosureError(
                f"{path}: the key of this ledger is missing; restore it: with another key the same people "
                "would be rounded anew, and two roundings tell more than one"
            )
        write_whole(path, f"{secrets.token_hex(KEY_BYTES)}\n", mode=PRIVATE)
        return bytes.fromhex(path.read_text(encoding="ascii").strip()), True
    _check_private(path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise DisclosureError(f"{path}: this is no key of {KEY_BYTES} bytes in hex; restore it")
    return key, False


def load_memory(ledger: Path, head: str) -> dict[str, str] | None:
    """The marks of the people of each cell, as they were when the line with hash `head` was written.

    None when there are none for this line. DisclosureError when the file is open to others or damaged.
    """
    path = _beside(ledger, "marks")
    if not path.exists():
        return None
    _check_private(path)
    try:
        memory = json.loads(path.read_text(encoding="utf-8"))
        if head not in memory:
            return None
        return {str(cell): bytes.fromhex(mark).hex() for cell, mark in memory[head].items()}
    except (ValueError, AttributeError, TypeError):
        raise DisclosureError(f"{path}: the marks of the ledger are damaged; restore them") from None


def save_memory(ledger: Path, by_head: Mapping[str, Mapping[str, str]]) -> None:
    """The marks by the hash of the ledger's line they belong to.

    The old line's stay beside the new one's, so that both fit, wherever the power goes between the two files.
    """
    text = json.dumps(by_head, ensure_ascii=False, sort_keys=True, indent=0)
    write_whole(_beside(ledger, "marks"), text + "\n", mode=PRIVATE)


def write_whole(path: Path, text: str, *, mode: int = 0o644) -> None:
    """Writes a file so that after a crash the old or the new one stands there, never a part."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    _settle(path.parent)


def check_free(folder: Path) -> None:
    """DisclosureError unless the folder can be written anew: releases are added, never overwritten."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise DisclosureError(f"{folder}: it is there already and holds files; name a new folder")
    if not folder.resolve().parent.is_dir():
        raise DisclosureError(f"{folder}: the folder it lies in does not exist; make it first")


def stage(folder: Path, files: Mapping[str, str]) -> Path:
    """Writes the files into a hidden folder beside `folder`; `settle` gives it its name."""
    target = folder.resolve()
    part = target.with_name(f".{target.name}.part")
    if part.exists():
        shutil.rmtree(part)  # left by a release that was broken off
    part.mkdir()
    for name, text in files.items():
        write_whole(part / name, text)
    return part


def settle(part: Path, folder: Path) -> None:
    """Gives the staged folder its name in one step."""
    part.replace(folder.resolve())
    _settle(folder.resolve().parent)


def _settle(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _beside(ledger: Path, what: str) -> Path:
    return ledger.with_name(f"{ledger.name}.{what}")


def _check_private(path: Path) -> None:
    if path.stat().st_mode & 0o077:
        raise DisclosureError(f"{path}: others can read it; run chmod 600 on it, and ask who has read it")
