"""A pause after wrong codes of this room, and what the whole site takes in an hour."""

from __future__ import annotations

from typing import Final

from klarsyn.base import pauses
from klarsyn.base.pauses import FIRST, FORGOTTEN, FREE, LONGEST, Full, Paused, pause
from klarsyn.contact.models import Tries
from klarsyn.contact.receivers import keyed, peppers

__all__ = [
    "FIRST", "FORGOTTEN", "FREE", "LIMITS", "LONGEST", "Full", "Paused", "Tries", "begin", "count_for_all",
    "forget", "pause",
]  # fmt: skip
# Of all together, an hour; the machine has two cores, and a reception's waiting room is one address.
LIMITS: Final = {"wrong": 500, "new": 200}


def begin(locator: str) -> str:
    """Count a try before it is made. Raises Paused.

    Returns the name under which a right code takes its count back.
    """
    name = keyed(peppers().of(peppers().current), "tries", locator)
    pauses.begin(Tries, name)
    return name


def forget(name: str) -> None:
    """After a right code."""
    pauses.forget(Tries, name)


def count_for_all(what: str) -> None:
    """One more of a kind of `LIMITS` for the whole site. Raises Full."""
    pauses.count_for_all(Tries, what, LIMITS[what])
