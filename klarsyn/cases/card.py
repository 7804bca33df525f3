"""The card of a case: what the team's list shows. Sealed with the list's key, opened by hundreds. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Final

MARK: Final = "klarsyn-card-1\n"  # a summary without it is a bare title
SHORT: Final = 120  # characters of a title, or of a task


class Track(StrEnum):
    """Spår: how the Social Services Act (2025:400) lets the case be carried."""

    NAMELESS = "nameless"  # without individual needs test, and by the board's decision without names (14:5)
    OPEN = "open"  # without individual needs test (11:5)
    ASSESSED = "assessed"  # with individual needs test


class Level(StrEnum):
    """How the person's data are protected in the population register; none = not at all."""

    NONE = ""
    MARKING = "marking"
    REGISTRATION = "registration"
    FICTITIOUS = "fictitious"


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do, by a day. `id` is unique in its case. `clock`: the rule that made it, if one did."""

    id: str
    text: str = field(repr=False)
    due: date
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`title` names nobody. `responsible`: a colleague's pseudonym, empty for nobody yet.

    `began`: the day the case is about, which clocks count from. `done`: tasks of clocks ticked off by hand.
    """

    title: str = field(repr=False)
    track: Track = Track.OPEN
    responsible: str = ""
    level: Level = Level.NONE
    tasks: tuple[Task, ...] = ()
    contact: str = field(
        default="", repr=False
    )  # the id of the contact it was taken over from; sealed here alone
    began: date | None = None
    done: tuple[str, ...] = ()

    def next_due(self) -> date | None:
        """The day of the task that comes first; None without tasks."""
        return min((task.due for task in self.tasks), default=None)

    def with_task(self, task: Task) -> Card:
        return self.with_tasks((*self.tasks, task))

    def with_tasks(self, tasks: Iterable[Task]) -> Card:
        return replace(self, tasks=tuple(sorted(tasks, key=lambda one: (one.due, one.id))))

    def without_task(self, id: str) -> Card:
        """The task is done. One that a clock made does not come back."""
        gone = tuple(task.id for task in self.tasks if task.id == id and task.clock)
        left = tuple(task for task in self.tasks if task.id != id)
        return replace(self, tasks=left, done=(*self.done, *gone))


def encode(card: Card) -> str:
    body = {
        "title": card.title, "track": card.track, "responsible": card.responsible, "level": card.level,
        "tasks": [[task.id, task.text, task.due.isoformat(), task.clock] for task in card.tasks],
        "contact": card.contact, "began": card.began.isoformat() if card.began else "", "done": card.done,
    }  # fmt: skip
    return MARK + json.dumps(body, ensure_ascii=False, separators=(",", ":"))


def decode(summary: str) -> Card:
    """The card of a summary; a bare title is a card of its own."""
    if not summary.startswith(MARK):
        return Card(summary)
    held = json.loads(summary.removeprefix(MARK))
    tasks = tuple(Task(id, text, date.fromisoformat(due), *by) for id, text, due, *by in held["tasks"])
    level, contact = Level(held["level"]), held.get("contact", "")  # older cards have no contact, nor clocks
    began = date.fromisoformat(held["began"]) if held.get("began") else None
    done = tuple(held.get("done", ()))
    return Card(held["title"], Track(held["track"]), held["responsible"], level, tasks, contact, began, done)
