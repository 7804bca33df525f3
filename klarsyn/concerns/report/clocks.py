"""Which clocks run for a report, until when, and which have run out; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from klarsyn.concerns.models.concern_report import Act
from klarsyn.concerns.report.inbox import Listed

FILE: Final = Path(__file__).with_name("clocks.toml")
HERE: Final = ZoneInfo("Europe/Stockholm")  # the law's day, wherever the server stands


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule of the file, which says what each part means."""

    key: str
    text: dict[str, str]
    law: str
    confirmed_by: str
    valid_from: date
    valid_to: date | None  # the last day
    hours: int
    days: int
    done_by: Act
    if_asked: bool

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def due(self, received_on: date, received_at: datetime | None) -> datetime:
        """The moment at which it has run out, in Swedish time.

        Hours pass as hours, so that a night with 23 or 25 of them moves the time of day. Where the time of
        receipt is not kept, the day's beginning counts: too early rather than too late.
        """
        if self.hours:
            began = received_at or datetime.combine(received_on, time(), HERE)
            return (began.astimezone(UTC) + timedelta(hours=self.hours)).astimezone(HERE)
        return datetime.combine(received_on + timedelta(days=self.days + 1), time(), HERE)

    def last(self, received_on: date) -> date:
        """The last day of a clock of days."""
        return received_on + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Running:
    """A clock of one report. `done_at`: None while it runs."""

    clock: Clock
    due: datetime
    last: date | None  # of a clock of days
    done_at: datetime | None
    is_late: bool

    def told(self, language: str) -> str:
        return self.clock.text["en" if language.startswith("en") else "sv"]


def _clock(row: dict[str, Any]) -> Clock:
    if ("hours" in row) == ("days" in row):
        raise ValueError(f"the clock {row['key']} needs one of hours and days")
    return Clock(
        row["key"], row["text"], row["law"], row["confirmed_by"].strip(), row["from"], row.get("to"),
        row.get("hours", 0), row.get("days", 0), Act(row["done_by"]), row.get("if_asked", False),
    )  # fmt: skip


def load(file: Path = FILE) -> tuple[Clock, ...]:
    """The clocks in the file's order. Raises ValueError for two that hold at once under one key."""
    found = tuple(_clock(row) for row in tomllib.loads(file.read_text(encoding="utf-8"))["clock"])
    for one in found:
        twins = [other for other in found if other.key == one.key and other is not one]
        if any(other.holds_on(one.valid_from) for other in twins):
            raise ValueError(f"{file}: two clocks called {one.key} hold on {one.valid_from}")
    return found


CLOCKS: Final = load()


def of(line: Listed, now: datetime, clocks: Sequence[Clock] = CLOCKS) -> tuple[Running, ...]:
    """The clocks of a report in the file's order. One that was stopped late is late still."""
    found = []
    for clock in clocks:
        if clock.holds_on(line.received_on) and (line.wants_feedback or not clock.if_asked):
            due, done_at = clock.due(line.received_on, line.received_at), line.acts.get(clock.done_by)
            is_known = line.received_at is not None or not clock.hours or done_at is None
            late = is_known and (done_at or now) >= due
            last = clock.last(line.received_on) if clock.days else None
            found.append(Running(clock, due, last, done_at, late))
    return tuple(found)
