"""A course in one language as the screens of a page that is its whole package."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString


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

    @property
    def longest_place(self) -> int:
        """How many signs the place takes at most, with every step done: `player/place.js` writes it."""
        done = ",".join(step.id for step in self.steps)
        spot = max((f"{s.id}|{p.id}" for s in self.steps for p in s.spots), key=len)
        return len(f"1|{self.version}|{done}|{spot}")
