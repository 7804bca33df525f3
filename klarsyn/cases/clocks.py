"""Tasks that make themselves, from what stands in a case: which clocks run, and by when. Pure."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from klarsyn.cases.card import Card, Task, Track
from klarsyn.cases.following import months_after
from klarsyn.cases.sharing import DUTY_KINDS, Standing, is_child, standing
from klarsyn.cases.values import RecordShown
from klarsyn.cases.words import Text, text_of

FILE: Final = Path(__file__).parent / "data" / "clocks.toml"
OF_CASE: Final = "case"  # what starts a clock when no entry does
NUMBER: Final = 12  # characters of an entry's id in the id of a task
# The answer that a form is told apart by: "step:inquiry" is the form `step` with this answer to it.
ASKED: Final = {"step": "step", "follow_up": "time"}


@dataclass(frozen=True, slots=True)
class Clock:
    """One rule of the file, which says what each part means."""

    key: str
    text: Text
    law: str
    confirmed_by: str
    valid_from: date
    valid_to: date | None  # the last day
    starts: str
    done_by: tuple[str, ...]
    tracks: frozenset[str]
    of_child: bool
    days: int
    months: int
    due_on: str
    unless: str
    same: tuple[str, ...]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def due(self, started_on: date) -> date:
        """So many months and days later. No holiday moves it, nor does the end of summer time."""
        return months_after(started_on, self.months) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class Told:
    """A task in words. `law`: where the day comes from; empty for what no law asks."""

    id: str
    text: str
    due: date
    law: str = ""
    is_confirmed: bool = True


def _clock(row: dict[str, Any]) -> Clock:
    tracks = frozenset(Track(name).value for name in row["tracks"])
    lengths = row.get("days", 0), row.get("months", 0), row.get("due_on", "")
    if sum(name in row for name in ("days", "months", "due_on")) != 1:
        raise ValueError(f"the clock {row['key']} needs one of days, months and due_on")
    return Clock(
        row["key"], text_of(row, "text"), row["law"], row["confirmed_by"].strip(), row["from"], row.get("to"),
        row["starts"], tuple(row["done_by"]), tracks, row.get("child", False), *lengths,
        row.get("unless", ""), tuple(row.get("same", ())),
    )  # fmt: skip


def load(file: Path = FILE) -> tuple[Clock, ...]:
    """The clocks in the file's order. Raises ValueError for two that hold at once under one key."""
    found = tuple(_clock(row) for row in tomllib.loads(file.read_text(encoding="utf-8"))["clock"])
    for one in found:
        twins = [o for o in found if o.key == one.key and o is not one]
        if any(other.holds_on(one.valid_from) for other in twins):
            raise ValueError(f"{file}: two clocks called {one.key} hold on {one.valid_from}")
    return found


CLOCKS: Final = load()


def matters(kind: str, clocks: Sequence[Clock] = CLOCKS) -> bool:
    """Whether an entry of the form can start or stop a clock, or say that somebody is a child."""
    named = {name.partition(":")[0] for one in clocks for name in (one.starts, *one.done_by)}
    return kind in named or kind in DUTY_KINDS


def wound(
    card: Card, records: Sequence[RecordShown], opened_on: date, clocks: Sequence[Clock] = CLOCKS
) -> Card:
    """The card with the tasks of the clocks that run by these records, and its own of before by hand.

    What was ticked off by hand does not come back, unless the entry that started it is corrected.
    """
    is_young = is_child(records)
    running = [task for one in clocks for task in _running(one, card, records, opened_on, is_young=is_young)]
    made = [task for task in running if task.id not in card.done]
    return card.with_tasks([*(task for task in card.tasks if not task.clock), *made])


def told(tasks: Iterable[Task], clocks: Sequence[Clock] = CLOCKS) -> list[Told]:
    """Tasks in the reader's language, with the law that each day comes from."""
    known = {one.key: one for one in clocks}
    return [_told(task, known.get(task.clock)) for task in tasks]


def _told(task: Task, by: Clock | None) -> Told:
    if by is None:
        return Told(task.id, task.text, task.due)
    return Told(task.id, str(by.text), task.due, by.law, bool(by.confirmed_by) or not by.law)


def _running(
    clock: Clock, card: Card, records: Sequence[RecordShown], opened_on: date, *, is_young: bool
) -> Iterable[Task]:
    if (clock.tracks and card.track not in clock.tracks) or (clock.of_child and not is_young):
        return
    ends = [one for name in clock.done_by for one in _named(records, name)]
    if clock.starts == OF_CASE:
        began = card.began or opened_on
        if clock.holds_on(began) and not ends:
            yield Task(f"{clock.key}.{OF_CASE}", clock.text.sv, clock.due(began), clock.key)
        return
    for start in _named(records, clock.starts):
        due = start.data.get(clock.due_on) if clock.due_on else clock.due(start.entry.event_day)
        is_off = due is None or clock.unless in start.data or not clock.holds_on(start.entry.event_day)
        if not is_off and not any(_ends(one, start, clock) for one in ends):
            yield Task(f"{clock.key}.{start.id.hex[:NUMBER]}", clock.text.sv, due, clock.key)


def _named(records: Sequence[RecordShown], name: str) -> list[Standing]:
    kind, _colon, answer = name.partition(":")
    found = standing(records, kind)
    return [one for one in found if not answer or one.data.get(ASKED[kind]) == answer]


def _ends(one: Standing, start: Standing, clock: Clock) -> bool:
    """Whether the entry stops what the other started: of the very same form only a later one does."""
    if any(one.data.get(name) != start.data.get(name) for name in clock.same):
        return False
    if clock.starts in clock.done_by:
        return (one.entry.event_day, one.entry.written_at) > (start.entry.event_day, start.entry.written_at)
    return one.entry.event_day >= start.entry.event_day
