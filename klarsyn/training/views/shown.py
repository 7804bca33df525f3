"""What a step's page shows: the thought, the way here, the choices, the time left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from klarsyn.training import policy
from klarsyn.training.policy import Place
from klarsyn.training.queries import Standing
from klarsyn.training.reading.course import Block, Lesson, Question, Questions, Scenario, Source
from klarsyn.training.reading.markdown import notes_in
from klarsyn.training.seats import Seat
from klarsyn.training.templatetags.training import Telling


@dataclass(frozen=True, slots=True)
class Shown:
    """A step's page at a place."""

    seat: Seat
    at: Standing
    name: str
    place: Place

    def lesson(self, found: Lesson, *, back_from: bool) -> dict[str, Any]:
        number = policy.screen(found, self.place)
        screen = found.screens[number]
        back = self.seat.to("screen", self.at.course.key, self.name, number) if number else ""
        forward = self.seat.to("screen", self.at.course.key, self.name, number + 2) if back_from else ""
        return {
            **self._frame([block.source for block in screen.blocks]),
            "screen": screen,
            "number": number,
            "count": len(found.screens),
            "back": back,
            "forward": forward,
            "is_last": number + 1 == len(found.screens),
        }

    def scenario(self, found: Scenario) -> dict[str, Any]:
        scene = policy.scene(found, self.place)
        choices = [(f"{scene.now.id}.{n}", choice) for n, choice in enumerate(scene.now.choices)]
        texts = [scene.now.text, *(turn.node.text for turn in scene.turns)]
        return {
            **self._frame(texts),
            "scene": scene,
            "last": scene.turns[-1] if scene.turns else None,
            "before": scene.turns[:-1],
            "choices": choices,
            "is_done": self.name in self.at.done,
        }

    def questions(self, found: Questions, asked: Question | None, *, is_empty: bool) -> dict[str, Any]:
        """The question to answer; after an answer what is to be said of it."""
        given = self.seat.request.GET
        answered = next((one for one in found.questions if one.id == given.get("q")), None)
        ticked = _ticked(given.get("a", ""), answered)
        is_right = answered is not None and policy.is_right(answered, ticked)
        left = policy.question(found, self.place) or (
            None if self.name in self.at.done else found.questions[0]
        )
        now = asked or answered or left or found.questions[0]
        says = [now.answers[n] for n in ticked] if now is answered else []
        return {
            **self._frame([]),
            "question": now,
            "number": found.questions.index(now) + 1,
            "count": len(found.questions),
            "ticked": ticked if now is answered else (),
            "says": says,
            "is_right": is_right and now is answered,
            "is_told": bool(says),
            "is_empty": is_empty,
            "is_over": self.name in self.at.done or policy.question(found, self.place) is None,
        }

    def _frame(self, texts: Sequence[str]) -> dict[str, Any]:
        at, key = self.at, self.at.course.key
        keys = notes_in(*texts)
        sources = [at.course.head.sources[one] for one in keys if one in at.course.head.sources]
        steps = at.course.head.steps
        return {
            "at": at,
            "step": at.told.steps[self.name],
            "to_course": self.seat.to("course", key),
            "here": self.seat.to("step", key, self.name),
            "place_of": {"number": steps.index(self.name) + 1, "count": len(steps)},
            "after": _after_of(self.seat, at, self.name),
            "telling": Telling(at.told.language, self.seat.today, _numbered(sources)),
            "sources": sources,
        }


def _after_of(seat: Seat, at: Standing, name: str) -> str:
    steps = at.course.head.steps
    left = [one for one in steps[steps.index(name) + 1 :] if one not in at.done]
    return seat.to("step", at.course.key, left[0]) if left else seat.to("course", at.course.key)


def _numbered(sources: Sequence[Source]) -> dict[str, int]:
    return {source.key: number for number, source in enumerate(sources, start=1)}


def _ticked(text: str, asked: Question | None) -> tuple[int, ...]:
    """The answers named in an address; none that the question does not have."""
    if asked is None:
        return ()
    found = [int(part) for part in text[:40].split(".") if part.isascii() and part.isdecimal()]
    return tuple(sorted({n for n in found if n < len(asked.answers)}))


__all__ = ["Block", "Shown"]
