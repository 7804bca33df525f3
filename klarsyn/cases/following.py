"""Change in follow-up answers since the start, with those who did not answer stated; pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

TIMES: Final[Mapping[str, int]] = {"3": 3, "12": 12}  # months after the start
SAME: Final = 0.25  # of a step: a smaller change of the mean is no change


@dataclass(frozen=True, slots=True)
class Asked:
    """One person's scores by time ("start", "3", "12"); a time without a score was not answered."""

    started_on: date
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Changed:
    """How a group stands at one time. The parts add up to `started`.

    `not_due`: started too lately to be asked; `lost`: should have answered and has not. What those who are
    lost would have said is not known: `better` is never a share of those who answered alone.
    """

    time: str
    started: int
    not_due: int
    lost: int
    better: int
    same: int
    worse: int

    @property
    def due(self) -> int:
        return self.started - self.not_due


def change_since_start(group: Iterable[Asked], time: str, today: date) -> Changed:
    """The group at "3" or "12" months against its own start. Who has no score at the start is not in it."""
    counts = dict.fromkeys(("not_due", "lost", "better", "same", "worse"), 0)
    for one in group:
        if "start" in one.scores:
            counts[_part(one, time, today)] += 1
    return Changed(time, sum(counts.values()), **counts)


def due_on(started_on: date, time: str) -> date:
    """The day the questions are to be asked again."""
    return months_after(started_on, TIMES[time])


def months_after(day: date, months: int) -> date:
    """So many months later; the last of the month where the month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _part(one: Asked, time: str, today: date) -> str:
    if time not in one.scores:
        return "lost" if today >= due_on(one.started_on, time) else "not_due"
    moved = one.scores[time] - one.scores["start"]
    if abs(moved) < SAME:
        return "same"
    return "better" if moved > 0 else "worse"
