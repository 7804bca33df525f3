"""A course in one language as the screens of a page that is its whole package."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from django.utils.safestring import SafeString, mark_safe

from klarsyn.training.reading.course import (
    Block,
    Choice,
    Course,
    Lesson,
    Node,
    Question,
    Questions,
    Scenario,
    Step,
)
from klarsyn.training.reading.markdown import html, plain

_RTL: Final = frozenset({"ar", "fa", "he", "ku", "ps", "ur", "ckb", "prs"})
Write = Callable[[str], SafeString]
Line = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Way:
    """A choice: what one does, where it leads, and what is told of it."""

    text: str
    to: str
    because: SafeString


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    is_right: bool
    because: SafeString


@dataclass(frozen=True, slots=True)
class Spot:
    """What is seen at once: a lesson's screen, a scenario's node, a question."""

    id: str
    title: str
    body: SafeString
    before: str = ""
    after: str = ""
    choices: tuple[Way, ...] = ()
    reflect: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def is_several(self) -> bool:
        return sum(answer.is_right for answer in self.answers) > 1


@dataclass(frozen=True, slots=True)
class PackedStep:
    id: str
    kind: str  # lesson, scenario or questions: the template's name
    title: str
    minutes: int
    start: str
    spots: tuple[Spot, ...]
    is_invented: bool = False

    @property
    def template(self) -> str:
        return f"training/packages/{self.kind}.html"


@dataclass(frozen=True, slots=True)
class Pack:
    """One course in one language. `made`: the day whose telephone numbers stand in it."""

    key: str
    version: str
    language: str
    direction: str
    title: str
    summary: str
    reviewed: date
    reviewer: str
    made: date
    steps: tuple[PackedStep, ...]
    sources: tuple[tuple[int, str, str], ...] = ()  # number, text, address

    @property
    def longest_place(self) -> int:
        """How many signs the place takes at most, with every step done: `player/place.js` writes it."""
        done = ",".join(step.id for step in self.steps)
        spot = max((f"{s.id}|{p.id}" for s in self.steps for p in s.spots), key=len)
        return len(f"1|{self.version}|{done}|{spot}")


def packed(course: Course, language: str, on: date) -> Pack:
    """The course in that language, with the telephone numbers of that day. Raises KeyError."""
    told, head = course.told[language], course.head
    notes = {key: number for number, key in enumerate(head.sources, start=1)}
    write: Write = partial(_written, language=language, on=on, notes=notes)
    line: Line = partial(plain, language=language, on=on)
    return Pack(
        key=course.key, version=head.version, language=language,
        direction="rtl" if language in _RTL else "ltr", title=told.title,
        summary=told.summary, reviewed=head.reviewed, reviewer=head.reviewer, made=on,
        steps=tuple(_step(id, step, write, line) for id, step in told.steps.items()),
        sources=tuple((at, head.sources[key].text, head.sources[key].url) for key, at in notes.items()),
    )  # fmt: skip


def _written(source: str, language: str, on: date, notes: Mapping[str, int]) -> SafeString:
    return mark_safe(html(source, language, on, notes))  # noqa: S308  its reader lets no HTML through


def _step(id: str, step: Step, write: Write, line: Line) -> PackedStep:
    if isinstance(step, Lesson):
        return PackedStep(id, "lesson", step.title, step.minutes, "1", tuple(_screens(step, write)))
    if isinstance(step, Scenario):
        spots = tuple(_node(node, write, line) for node in step.nodes.values())
        return PackedStep(id, "scenario", step.title, step.minutes, step.start, spots, is_invented=True)
    return PackedStep(
        id, "questions", step.title, step.minutes, step.questions[0].id, tuple(_questions(step, write, line))
    )


def _screens(lesson: Lesson, write: Write) -> Iterable[Spot]:
    last = len(lesson.screens)
    for number, screen in enumerate(lesson.screens, start=1):
        body = mark_safe("".join(_block(block, write) for block in screen.blocks))  # noqa: S308  of what `write` gave
        before, after = str(number - 1) if number > 1 else "", str(number + 1) if number < last else ""
        yield Spot(str(number), screen.title, body, before, after)


def _block(block: Block, write: Write) -> str:
    inner = write(block.source)
    return inner if block.kind == "text" else f'<div class="callout" data-kind="{block.kind}">{inner}</div>'


def _node(node: Node, write: Write, line: Line) -> Spot:
    ways = tuple(_way(choice, write, line) for choice in node.choices)
    return Spot(node.id, node.speaker, write(node.text), choices=ways, reflect=tuple(map(line, node.reflect)))


def _way(choice: Choice, write: Write, line: Line) -> Way:
    return Way(line(choice.text), choice.to, write(choice.because))


def _questions(step: Questions, write: Write, line: Line) -> Iterable[Spot]:
    ids = [question.id for question in step.questions]
    for at, question in enumerate(step.questions):
        before, after = ids[at - 1] if at else "", ids[at + 1] if at + 1 < len(ids) else ""
        yield Spot(
            question.id,
            line(question.text),
            mark_safe(""),
            before,
            after,
            answers=_answers(question, write, line),
        )


def _answers(question: Question, write: Write, line: Line) -> tuple[Answer, ...]:
    return tuple(Answer(line(a.text), a.is_right, write(a.because)) for a in question.answers)
