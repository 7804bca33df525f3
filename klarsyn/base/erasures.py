"""What must stay gone: bare ids in a file outside every backup, played again after a restore.

A line is first an intent, on disk before the erasing transaction ends; once that has ended it is done. An
intent that a crash left behind is settled when the site starts: the database says whether the thing is gone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import transaction

from klarsyn.base import durable

KINDS = ("case", "member", "contact", "call", "statistics", "concern")
_INTENT, _DONE, _WITHDRAWN = "intent", "done", "withdrawn"
_IS: Final = "is"  # an older ledger's line has none: it is done

Thing = tuple[str, str]  # kind, id


def path() -> Path:
    return Path(settings.KEYS) / "erasures.jsonl"


def note(kind: str, id: str) -> None:
    """An intent, on disk before this returns; done when the transaction that this is called in has ended.

    Nobody is told that something is gone before it is noted as done; what is not noted as done was not told.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    _add(kind, id, _INTENT)
    transaction.on_commit(lambda: _add(kind, id, _DONE))


def noted() -> Iterator[Thing]:
    """(kind, id) of everything that must stay gone, in the order in which it went."""
    return (thing for thing, state in _last().items() if state == _DONE)


def unsettled() -> list[Thing]:
    """What was to go when something broke off: gone or not, the database knows."""
    return [thing for thing, state in _last().items() if state == _INTENT]


def settle(is_gone: Callable[[str, str], bool]) -> tuple[int, int]:
    """(how many intents are done, how many withdrawn): each as the database says now."""
    done = withdrawn = 0
    for kind, id in unsettled():
        gone = is_gone(kind, id)
        _add(kind, id, _DONE if gone else _WITHDRAWN)
        done, withdrawn = done + gone, withdrawn + (not gone)
    return done, withdrawn


def _add(kind: str, id: str, state: str) -> None:
    durable.add_line(path(), json.dumps({"kind": kind, "id": id, _IS: state}).encode())


def _last() -> dict[Thing, str]:
    """What each thing's lines say together; what is done stays so. A line that was cut is passed over."""
    found: dict[Thing, str] = {}
    if not path().exists():
        return found
    for line in path().read_text("ascii").splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        thing = (row["kind"], row["id"])
        if found.get(thing) != _DONE:
            found[thing] = row.get(_IS, _DONE)
    return found
