"""Whether a line with office hours answers at a moment, by the clock and the holidays of Sweden. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from klarsyn.receptions.policy import Hours

FILE: Final = Path(__file__).with_name("days_off.toml")
STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")
AHEAD: Final = 60  # days looked ahead for the next time it opens


@dataclass(frozen=True, slots=True)
class Status:
    """`until`: when it shuts, or when it opens next, in Stockholm's time."""

    is_open: bool
    until: datetime


def status(hours: Sequence[Hours], now: datetime) -> Status | None:
    """Whether it answers at `now` (an aware time). None where no hour is known."""
    here = now.astimezone(STOCKHOLM)
    for ahead in range(AHEAD):
        day = here.date() + timedelta(days=ahead)
        if is_day_off(day):
            continue
        for one in hours:
            if one.weekday != day.weekday():
                continue
            opens = datetime.combine(day, one.opens, STOCKHOLM)
            closes = datetime.combine(day, one.closes, STOCKHOLM)
            if opens <= here < closes:
                return Status(True, closes)
            if here < opens:
                return Status(False, opens)
    return None


def is_day_off(day: date) -> bool:
    """A public holiday, or an eve on which offices are shut."""
    return any(row["valid_from"] <= day and _when(row, day.year) == day for row in _rows())


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["day_off"])


def _when(row: Mapping[str, Any], year: int) -> date:
    if "easter" in row:
        return easter(year) + timedelta(days=row["easter"])
    day = date(year, row["month"], row["day"])
    wanted: int = row.get("weekday", day.weekday())
    return day + timedelta(days=(wanted - day.weekday()) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the method of Butcher and Meeus."""
    century, rest = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (year % 19 + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
