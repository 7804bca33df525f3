"""Small files that are whole or not there, and on disk before anybody is told so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

_OWNER: Final = 0o600


def write_new(path: Path, body: bytes) -> None:
    """A file for its owner alone. Raises FileExistsError: one that is there is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = _beside(path, body)
    try:
        os.link(beside, path)
    finally:
        beside.unlink()
    settle(path.parent)


def write_over(path: Path, body: bytes) -> None:
    """The same in place of what is there: whoever reads finds the old or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = _beside(path, body)
    try:
        beside.replace(path)
    except OSError:
        beside.unlink()
        raise
    settle(path.parent)


def add_line(path: Path, line: bytes) -> None:
    """One line at the end, a line of its own also where an earlier one was cut off by a full disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, _OWNER)
    try:
        size = os.fstat(handle).st_size
        is_cut = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
        _write_all(handle, (b"\n" if is_cut else b"") + line + b"\n")
        os.fsync(handle)
    finally:
        os.close(handle)
    if is_new:
        settle(path.parent)


def _beside(path: Path, body: bytes) -> Path:
    """The body in a file of its own beside it, on disk. What a killed process left is written over."""
    beside = path.with_name(f".{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER)
    try:
        _write_all(handle, body)
        os.fsync(handle)
    except OSError:
        beside.unlink()
        raise
    finally:
        os.close(handle)
    return beside


def _write_all(handle: int, body: bytes) -> None:
    """A disk that fills up takes a part and says so only the next time."""
    left = memoryview(body)
    while left:
        left = left[os.write(handle, left) :]


def settle(folder: Path) -> None:
    """The name itself is on disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
