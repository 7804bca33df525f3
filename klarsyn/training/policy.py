"""Where somebody is in a step, read from the place alone: what is next, chosen and left; pure."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from klarsyn.training.reading.course import Choice, Lesson, Node, Question, Questions, Scenario, Step, Told

Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """A moment that is past, and what was chosen there."""

    node: Node
    choice: Choice


@dataclass(frozen=True, slots=True)
class Scene:
    """A scenario as far as it has come."""

    turns: tuple[Turn, ...]
    now: Node


def scene(scenario: Scenario, place: Place) -> Scene:
    """The turns of a place ("node.choice"), and the node they lead to.

    A place that a change of the course has made impossible counts as far as it can be walked.
    """
    turns, now = list[Turn](), scenario.nodes[scenario.start]
    for said in place:
        name, _, number = said.rpartition(".")
        if name != now.id or not number.isdecimal() or int(number) >= len(now.choices):
            break
        choice = now.choices[int(number)]
        turns.append(Turn(now, choice))
        now = scenario.nodes[choice.to]
    return Scene(tuple(turns), now)


def chosen(scenario: Scenario, place: Place, node: str, number: int) -> Place | None:
    """The place after a choice; None where the choice is not one of the moment's (an old page sent twice)."""
    here = scene(scenario, place)
    if here.now.id != node or not 0 <= number < len(here.now.choices):
        return None
    return (*place[: len(here.turns)], f"{node}.{number}")


def screen(lesson: Lesson, place: Place) -> int:
    """The screen to read next, from 0."""
    return min(sum(said.isdecimal() for said in place), len(lesson.screens) - 1)


def question(questions: Questions, place: Place) -> Question | None:
    """The first that is not answered rightly; None when all are."""
    return next((one for one in questions.questions if one.id not in place), None)


def is_right(asked: Question, answers: Sequence[int]) -> bool:
    """Whether exactly the right ones were ticked."""
    return set(answers) == {n for n, answer in enumerate(asked.answers) if answer.is_right}


def minutes_left(told: Told, done: set[str], places: dict[str, Place]) -> int:
    """Of the steps not done, each by how much of it is left; rounded up."""
    return ceil(
        sum(_left(step, places.get(name, ())) for name, step in told.steps.items() if name not in done)
    )


def _left(step: Step, place: Place) -> float:
    if isinstance(step, Lesson):
        return step.minutes * (1 - screen(step, place) / len(step.screens))
    if isinstance(step, Questions):
        return step.minutes * (1 - len(set(place)) / max(len(step.questions), len(set(place)), 1))
    return step.minutes * (0.5 if place else 1.0)


def valid_until(done_on: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(done_on.year * 12 + done_on.month - 1 + months, 12)
    return date(year, month + 1, min(done_on.day, calendar.monthrange(year, month + 1)[1]))
