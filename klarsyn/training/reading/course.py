"""A course as it is read: nothing here knows of files, pages or people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Audience(StrEnum):
    """For whom a course, or of which kind a unit, is."""

    SOCIAL_SERVICES = "social_services"
    FIELD = "field"
    SCHOOL = "school"
    VENUE = "venue"
    HEALTH = "health"
    MANAGERS = "managers"
    COUNCILLORS = "councillors"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Source:
    """What a text rests on. `checked`: the day the claims were compared with it."""

    key: str
    text: str
    url: str
    checked: date | None


@dataclass(frozen=True, slots=True)
class HandoutHead:
    """A printable, as course.toml names it."""

    id: str
    kind: str  # sheet | poster | lesson | guide | card
    paper: str  # A3 | A4 | A5
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """Markdown of one kind: "text", or a callout "think", "do", "caution"."""

    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class Screen:
    """One thought."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    title: str
    minutes: int
    screens: tuple[Screen, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What one does or says, where that leads, and what came of it."""

    text: str
    to: str
    because: str


@dataclass(frozen=True, slots=True)
class Node:
    """A moment of a scenario; `end` is an ending's tone, never a score."""

    id: str
    speaker: str
    text: str
    choices: tuple[Choice, ...] = ()
    end: str = ""  # good | mixed | hard
    reflect: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """A graph of choices about somebody invented."""

    title: str
    minutes: int
    start: str
    nodes: Mapping[str, Node]


@dataclass(frozen=True, slots=True)
class Answer:
    text: str
    is_right: bool
    because: str


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    answers: tuple[Answer, ...]

    @property
    def has_several(self) -> bool:
        return sum(answer.is_right for answer in self.answers) > 1


@dataclass(frozen=True, slots=True)
class Questions:
    title: str
    minutes: int
    questions: tuple[Question, ...]


Step = Lesson | Scenario | Questions


@dataclass(frozen=True, slots=True)
class Handout:
    """A printable in one language."""

    id: str
    kind: str
    paper: str
    language: str
    title: str
    lead: str
    source: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A course in one language. `steps` in the course's order."""

    language: str
    title: str
    summary: str
    goals: tuple[str, ...]
    for_whom: str
    steps: Mapping[str, Step]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps.values())


@dataclass(frozen=True, slots=True)
class Head:
    """course.toml."""

    key: str
    version: str
    audience: Audience
    reviewed: date
    next_review: date
    valid_months: int
    author: str
    reviewer: str
    languages: tuple[str, ...]
    steps: tuple[str, ...]
    sources: Mapping[str, Source]
    handouts: tuple[HandoutHead, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A whole course. `told` by language; `printables` by id and language."""

    head: Head
    told: Mapping[str, Told]
    printables: Mapping[tuple[str, str], Handout]
    is_own: bool = False  # the municipality's, from its data folder

    @property
    def key(self) -> str:
        return self.head.key

    @property
    def version(self) -> str:
        return self.head.version

    def in_language(self, language: str) -> Told:
        """In that language, else in Swedish, else in the first it has."""
        for code in (language, language.partition("-")[0], "sv", self.head.languages[0]):
            if code in self.told:
                return self.told[code]
        raise KeyError(language)
