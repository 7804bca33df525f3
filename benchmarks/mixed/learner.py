"""Somebody without an account takes a course: what they ask, page by page, and what was acknowledged."""

from __future__ import annotations

import tomllib
from collections.abc import Generator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.mixed.browser import Ask, Browser, Got

COURSES = Path(__file__).resolve().parents[2] / "klarsyn" / "training" / "courses"
KEY = "social-services"
COOKIE = "__Host-learner"
DONE = (302,)
Journey = Generator[Ask, Got, None]  # it is sent the answer to each question


@dataclass(slots=True)
class Learner:
    """One browser. `acts`: for each step how many moves were acknowledged; `code` once there is one."""

    link: str
    browser: Browser
    chance: Random
    code: str = ""
    acts: dict[str, int] = field(default_factory=dict)

    def journey(self) -> Journey:
        """The link, a code, the course and its steps to the end."""
        door = f"/kurs/enhet/{self.link}/"
        yield Ask("opens the link", door, must="Utbildning")
        yield Ask("begins", door, {"begin": "1"}, ok=DONE)
        yield Ask("sees the code", "/kurs/kod/", must="l-code")
        self.code = self.browser.cookie(COOKIE)
        yield Ask("sees the courses", "/kurs/alla/", must=KEY)
        yield Ask("opens the course", f"/kurs/las/{KEY}/", must="k-steps")
        for step, kind in steps():
            yield from getattr(self, f"_{kind}")(step, f"/kurs/las/{KEY}/{step}/")

    def _lesson(self, step: str, page: str) -> Journey:
        got = yield Ask("reads", page, must="l-screen")
        for _screen in range(int(got.one(r"/(\d+)</p>\s*<h1>"))):
            got = yield from self._moved(
                "reads on", step, page, {"screen": got.one(r'name="screen" value="(\d+)"')}
            )
            if 'name="screen"' not in got.text:
                return

    def _scenario(self, step: str, page: str) -> Journey:
        got = yield Ask("opens a scenario", page, must="l-talk")
        for _turn in range(12):
            choices = got.every(r'name="choice" value="([^"]+)"')
            if not choices:
                break
            got = yield from self._moved("chooses", step, page, {"choice": self.chance.choice(choices)})
        if 'name="done"' in got.text:
            yield from self._moved("ends a scenario", step, page, {"done": "1"})

    def _questions(self, step: str, page: str) -> Journey:
        for number, right in enumerate(answers(step)):
            got = yield Ask("reads a question", page, must="l-answers")
            if self.chance.random() < 0.3:
                wrong = {"question": got.one(r'name="question" value="([^"]+)"'), "answer": _other(right)}
                yield Ask("answers wrongly", page, wrong, ok=DONE)
            given = {"question": got.one(r'name="question" value="([^"]+)"'), "answer": right}
            yield from self._moved("answers", step, page, given, follow=number < len(answers(step)) - 1)

    def _moved(
        self, kind: str, step: str, page: str, form: Any, *, follow: bool = True
    ) -> Generator[Ask, Got, Got]:
        """A form that moves on, counted once it is acknowledged; then the page it leads to."""
        got = yield Ask(kind, page, form, ok=DONE)
        self.acts[step] = self.acts.get(step, 0) + 1
        if follow:
            return (yield Ask("goes on", got.location.partition("#")[0]))
        return got


def steps() -> list[tuple[str, str]]:
    """The course's steps by name and kind."""
    folder = COURSES / KEY
    names = tomllib.loads((folder / "course.toml").read_text(encoding="utf-8"))["steps"]
    return [(name, _kind(folder / "sv" / f"{name}.toml")) for name in names]


def answers(step: str) -> list[list[str]]:
    """What is right, question by question, as a form sends it."""
    text = (COURSES / KEY / "sv" / f"{step}.toml").read_text(encoding="utf-8")
    asked = tomllib.loads(text)["question"]
    return [[str(n) for n, one in enumerate(q["answer"]) if one["right"]] for q in asked]


def _kind(path: Path) -> str:
    return str(tomllib.loads(path.read_text(encoding="utf-8"))["kind"]) if path.exists() else "lesson"


def _other(right: list[str]) -> str:
    return "1" if right == ["0"] else "0"
