"""What the words of the shell command share: one line for bad input, files read as text."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import NoReturn

from smallcounts.errors import InputError

BAD_INPUT = 2


class BadInput(InputError):
    """What was given cannot be read. The message is one line: where, what, and the mend."""


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"{self.prog}: {message}\n")


def read_text(name: str) -> tuple[str, str]:
    """The name to show and the text of a file, "-" for standard input; BadInput when it is no UTF-8 text."""
    shown = "<stdin>" if name == "-" else name
    return shown, _text(_bytes(name, shown), shown)


def _bytes(name: str, shown: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise BadInput(f"{shown}: the file cannot be read: {reason}") from None


def _text(data: bytes, shown: str) -> str:
    """The file as text. A UTF-8 byte order mark, which Excel writes, is dropped: it holds nothing."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"{shown}:1: the file is in UTF-16; save it as UTF-8")
    if b"\0" in data:
        at = data[: data.index(b"\0")].count(b"\n") + 1
        raise BadInput(f"{shown}:{at}: the line holds a NUL byte; this is no text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data[: error.start].count(b"\n") + 1
        raise BadInput(f"{shown}:{at}: the line is not UTF-8 (Latin-1?); save the file as UTF-8") from None
