"""A walk of questions through sections of law, and what the answers leave to weigh. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from klarsyn.cases.grounds import Ground
from klarsyn.cases.words import Text

END: Final = "end"


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an answer brings: sections that may bear, and what is to be weighed. Never an answer."""

    sections: tuple[str, ...] = ()
    speaks_for: tuple[Text, ...] = ()
    speaks_against: tuple[Text, ...] = ()
    lawyer: tuple[Text, ...] = ()
    unknown: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`to`: the next question, or END. `asker`, `how`: what the ledger's line begins with, where it says."""

    key: str
    text: Text
    to: str
    weighed: Weighed
    hint: Text | None = None
    asker: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """`skip_when`: answers given before ("question.answer") that make it needless; then on to `skip_to`."""

    id: str
    text: Text
    answers: tuple[Answer, ...]
    hint: Text | None = None
    sections: tuple[str, ...] = ()
    skip_when: frozenset[str] = frozenset()
    skip_to: str = ""

    def answer(self, key: str) -> Answer | None:
        return next((one for one in self.answers if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Step:
    question: Question
    answer: Answer


@dataclass(frozen=True, slots=True)
class Walk:
    """The whole file. `case`, `outside`: where each walk begins; `always`: what every end has."""

    questions: Mapping[str, Question]
    sections: Mapping[str, Ground]
    case: str
    outside: str
    always: Weighed
    reviewed: date
    review_months: int
    reviewed_by: str

    def is_stale(self, today: date) -> bool:
        """Whether nobody has gone through it for longer than `review_months`."""
        months = self.reviewed.year * 12 + self.reviewed.month - 1 + self.review_months
        due = date(months // 12, months % 12 + 1, min(self.reviewed.day, 28))
        return today > due


@dataclass(frozen=True, slots=True)
class Way:
    """How far somebody has come: the steps taken, and the next question; None at the end."""

    steps: tuple[Step, ...]
    question: Question | None

    def has(self, said: str) -> bool:
        """Whether "question.answer" was answered."""
        return said in {f"{s.question.id}.{s.answer.key}" for s in self.steps}

    @property
    def asker(self) -> str:
        return next((s.answer.asker for s in reversed(self.steps) if s.answer.asker), "")

    @property
    def how(self) -> str:
        return next((s.answer.how for s in reversed(self.steps) if s.answer.how), "")


def follow(walk: Walk, start: str, path: Sequence[str]) -> Way:
    """The way that these answers make from `start`. Raises ValueError for an answer that is none there."""
    steps: tuple[Step, ...] = ()
    question = _at(walk, start, steps)
    for key in path:
        answer = question.answer(key) if question else None
        if question is None or answer is None:
            raise ValueError(f"{key!r} is no answer here")
        steps += (Step(question, answer),)
        question = _at(walk, answer.to, steps)
    return Way(steps, question)


def ways(walk: Walk, start: str) -> Iterator[tuple[str, ...]]:
    """Every path from `start` to an end."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        path = waiting.pop()
        question = follow(walk, start, path).question
        if question is None:
            yield path
        else:
            waiting += [(*path, answer.key) for answer in question.answers]


def weigh(walk: Walk, way: Way) -> Weighed:
    """What the way leaves to weigh, each thing once, in the order it was met; what always holds is first."""
    parts = [walk.always, *(step.answer.weighed for step in way.steps)]
    return Weighed(
        tuple(dict.fromkeys(key for part in parts for key in part.sections)),
        *(
            tuple(dict.fromkeys(text for part in parts for text in getattr(part, name)))
            for name in ("speaks_for", "speaks_against", "lawyer", "unknown")
        ),
    )


def _at(walk: Walk, id: str, steps: tuple[Step, ...]) -> Question | None:
    said = {f"{s.question.id}.{s.answer.key}" for s in steps}
    while id != END and walk.questions[id].skip_when & said:
        id = walk.questions[id].skip_to
    return None if id == END else walk.questions[id]
