"""How far somebody has come: in one course, and in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klarsyn.training import codes
from klarsyn.training.models import Completion, Learner, Progress, Unit
from klarsyn.training.policy import Place, minutes_left
from klarsyn.training.reading.course import Course, Told


class State(StrEnum):
    """Of a course, for one who learns."""

    NOT_BEGUN = "not_begun"
    GOING_ON = "going_on"
    DONE = "done"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Standing:
    """A course and how far it has come. `next_step` is "" when all are done."""

    course: Course
    told: Told
    state: State
    done: frozenset[str]
    places: dict[str, Place]
    minutes_left: int
    next_step: str
    completion: Completion | None

    @property
    def done_count(self) -> int:
        return len(self.done)


def learner_by_code(code: str) -> Learner | None:
    """Who holds a code; None for a code that nobody has. One query."""
    if not code:
        return None
    return Learner.objects.filter(code_hash__in=codes.hashes(codes.LEARNER, code), user=None).first()


def unit_by_link(link: str) -> Unit | None:
    """The unit that a link opens, unless it has ended."""
    return (
        Unit.objects.filter(link_hash__in=codes.hashes(codes.LINK, link), ended_on=None).first()
        if link
        else None
    )


def standings(
    learner: Learner | None, courses: Iterable[Course], language: str, today: date
) -> tuple[Standing, ...]:
    """Every course with its standing; two queries however many there are, none for nobody."""
    steps, completions = list[Progress](), list[Completion]()
    if learner is not None:
        steps = list(Progress.objects.filter(learner=learner))
        completions = list(Completion.objects.filter(learner=learner))
    return tuple(
        _standing(
            course,
            course.in_language(language),
            [row for row in steps if row.course == course.key],
            next((one for one in completions if one.course == course.key), None),
            today,
        )
        for course in courses
    )


def standing(learner: Learner | None, course: Course, language: str, today: date) -> Standing:
    """One course; two queries."""
    rows, completion = list[Progress](), None
    if learner is not None:
        rows = list(Progress.objects.filter(learner=learner, course=course.key))
        completion = Completion.objects.filter(learner=learner, course=course.key).first()
    return _standing(course, course.in_language(language), rows, completion, today)


def _standing(
    course: Course, told: Told, rows: list[Progress], completion: Completion | None, today: date
) -> Standing:
    done = frozenset(row.step for row in rows if row.done_at and row.step in course.head.steps)
    places = {row.step: tuple(row.place) for row in rows}
    next_step = next((step for step in course.head.steps if step not in done), "")
    return Standing(
        course,
        told,
        _state(rows, completion, next_step, today),
        done,
        places,
        minutes_left(told, set(done), places),
        next_step,
        completion,
    )


def _state(rows: list[Progress], completion: Completion | None, next_step: str, today: date) -> State:
    if completion is not None and completion.valid_until >= today:
        return State.DONE
    if rows and next_step:
        return State.GOING_ON
    return State.EXPIRED if completion is not None else State.NOT_BEGUN
