"""The steps of the route with their deadlines; pure."""

from __future__ import annotations

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final

from klarsyn.cases.words import Text, text_of

RECOVERY_DAYS: Final = 30  # Aliens Act 5:15
_FILE: Final = tomllib.loads(Path(__file__).with_name("steps.toml").read_text(encoding="utf-8"))
SOURCE: Final = str(_FILE["source"])


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look to. `key`: the step's key and its own, as an entry names it."""

    key: str
    text: Text


@dataclass(frozen=True, slots=True)
class Step:
    key: str
    name: Text
    time: Text
    days: int | None
    points: tuple[Point, ...]


class Timing(StrEnum):
    DONE = "done"
    LATE = "late"
    TODAY = "today"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step as it stands: its last day, if the manual gives one, and what is done of it."""

    step: Step
    number: int
    last_day: date | None
    timing: Timing
    points: tuple[tuple[Point, bool], ...]


STEPS: Final = tuple(
    Step(
        row["key"], text_of(row, "name"), text_of(row, "time"), row.get("days"),
        tuple(Point(f"{row['key']}.{p['key']}", Text(p["sv"], p["en"])) for p in row["points"]),
    )
    for row in _FILE["step"]
)  # fmt: skip
POINTS: Final = {point.key: point for step in STEPS for point in step.points}


def route(noticed_on: date, done: Collection[str], today: date) -> tuple[StepShown, ...]:
    """The six steps as they stand. `done`: keys of points that somebody has noted as done."""
    return tuple(_shown(step, i, noticed_on, done, today) for i, step in enumerate(STEPS, start=1))


def recovery_ends(granted_on: date) -> date:
    """The last day of the recovery period: thirty days, the first one counted."""
    return granted_on + timedelta(days=RECOVERY_DAYS - 1)


def _shown(step: Step, number: int, noticed_on: date, done: Collection[str], today: date) -> StepShown:
    last = None if step.days is None else noticed_on + timedelta(days=step.days)
    points = tuple((point, point.key in done) for point in step.points)
    timing = Timing.DONE if all(is_done for _, is_done in points) else _timing(last, today)
    return StepShown(step, number, last, timing, points)


def _timing(last: date | None, today: date) -> Timing:
    if last is None or today < last:
        return Timing.OPEN
    return Timing.TODAY if today == last else Timing.LATE
