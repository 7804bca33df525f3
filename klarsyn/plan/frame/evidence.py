"""What the system itself shows of a point of the law: a part of the room registers what it sees.

Once, in `AppConfig.ready`: register_evidence("agreements", "klarsyn.plan.police.evidence.agreements")
The function takes the day and gives what there is on it; nothing, and the point is told by a person's note.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.module_loading import import_string

from klarsyn.plan.frame.law import known_keys


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something there is: in words of the reader's language, since when, and where it is read."""

    words: str
    since: date
    address: str = ""
    is_invented: bool = False


Look = Callable[[date], tuple[Evidence, ...]]
_looks: Final[dict[str, list[str]]] = {}


def register_evidence(point: str, name: str) -> None:
    """`name`: dotted path of the function. Raises KeyError for a point the law's file does not have."""
    if point not in known_keys():
        raise KeyError(point)
    held = _looks.setdefault(point, [])
    if name not in held:
        held.append(name)


def evidence(point: str, today: date) -> tuple[Evidence, ...]:
    """Everything the system shows of the point, newest first."""
    looks: list[Look] = [import_string(name) for name in _looks.get(point, ())]
    found = [one for look in looks for one in look(today)]
    return tuple(sorted(found, key=lambda one: one.since, reverse=True))


def is_seen(point: str) -> bool:
    """Whether the system looks for it at all; else only a person's note can tell."""
    return point in _looks
