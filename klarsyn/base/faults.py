"""How a fault of ours is written down: where in the code it was, and nothing of what somebody had written."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

_Fault = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Faults(logging.Formatter):
    """A line of the program's own log, with the way to a fault but without its message.

    A message may quote what was sent: a number that was no number, the row that broke a rule of the database.
    """

    def formatException(self, ei: _Fault) -> str:
        return "\n".join(_told(ei[1])) if ei[1] is not None else ""

    def format(self, record: logging.LogRecord) -> str:
        bare = logging.makeLogRecord(record.__dict__ | {"exc_text": None, "args": _bare(record.args)})
        return super().format(bare)


def _told(fault: BaseException | None) -> Iterator[str]:
    """Class and places of a fault, and of what it came from, the first one first."""
    if fault is None:
        return
    yield from _told(fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__))
    for frame in traceback.extract_tb(fault.__traceback__):
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield f"{type(fault).__module__}.{type(fault).__qualname__} (what it said is not written down)"


def _bare(args: Any) -> Any:
    """A fault given as an argument of a line counts as a message too."""
    return tuple(_name(a) for a in args) if isinstance(args, tuple) else args


def _name(value: object) -> object:
    return type(value).__qualname__ if isinstance(value, BaseException) else value
