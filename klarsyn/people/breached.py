"""Looks a password up in a sorted file of leaked ones, by halving: forty reads in a file of any size."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO


def sha1_of(password: str) -> bytes:
    """The form in which such files are published. No secret is kept this way."""
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()


def stands_in(path: Path, wanted: bytes) -> bool:
    """Whether `wanted` begins a line of the sorted file. Raises OSError when the file cannot be read."""
    with path.open("rb") as file:
        low, high = 0, file.seek(0, 2)
        while low < high:  # invariant: the first line not below `wanted` begins in low … high
            middle = (low + high) // 2
            if _line_from(file, middle)[: len(wanted)].upper() < wanted:
                low = middle + 1
            else:
                high = middle
        return _line_from(file, low)[: len(wanted)].upper() == wanted


def _line_from(file: BinaryIO, position: int) -> bytes:
    """The first line that begins at or after `position`; a line beyond the end sorts last."""
    if position:
        file.seek(position - 1)
        file.readline()
    else:
        file.seek(0)
    return file.readline() or b"\xff"
