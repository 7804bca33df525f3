"""How somebody stands to a course that is asked of them: by days alone, never by how well they answered."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Final, Literal

FILE: Final = Path(__file__).with_name("days.toml")
What = Literal["expires_soon", "newcomer", "due_soon"]


class DueState(StrEnum):
    """Ordered as a head wants to see them: what needs doing comes first."""

    EXPIRED = "expired"
    OVERDUE = "overdue"
    EXPIRING = "expiring"
    DUE = "due"
    DONE = "done"


LATE: Final = frozenset({DueState.EXPIRED, DueState.OVERDUE})
ORDER: Final = tuple(DueState)


def standing(*, valid_until: date | None, due: date, today: date) -> DueState:
    """`valid_until`: the last day that the latest completion counts, None without one."""
    if valid_until is None:
        return DueState.OVERDUE if due < today else DueState.DUE
    if valid_until < today:
        return DueState.EXPIRED
    return DueState.EXPIRING if valid_until - today <= days("expires_soon", today) else DueState.DONE


def due_for(*, due_on: date, assigned_on: date, came_on: date | None) -> date:
    """Whoever came after the course was asked of the others has some weeks from the day they came."""
    if came_on is None or came_on <= assigned_on:
        return due_on
    return max(due_on, came_on + days("newcomer", came_on))


@cache
def days(what: What, on: date) -> timedelta:
    """Of the rows that hold on a day the one that began last; before the first row, that one."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["days"]
    held = sorted((row["valid_from"], int(row["value"])) for row in rows if row["what"] == what)
    began = [one for one in held if one[0] <= on] or held[:1]
    return timedelta(days=began[-1][1])
