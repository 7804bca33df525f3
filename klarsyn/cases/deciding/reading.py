"""walk.toml, read and checked: every fault with its line, not the first alone."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from klarsyn.base.toml_lines import lines_of_keys
from klarsyn.cases.deciding.walk import END, Answer, Question, Walk, Weighed
from klarsyn.cases.grounds import GROUNDS, Ground
from klarsyn.cases.grounds import load as load_grounds
from klarsyn.cases.words import Text

HERE: Final = Path(__file__).parent
FILE: Final = HERE / "walk.toml"
FORMAT: Final = 1
SECTIONS: Final[Mapping[str, Ground]] = MappingProxyType({**GROUNDS, **load_grounds(HERE / "sections.toml")})
SIDES: Final = ("speaks_for", "speaks_against", "lawyer", "unknown")
_TOP: Final = {"format", "reviewed", "review_months", "reviewed_by", "case", "outside", "always", "question"}
_QUESTION: Final = {"id", "text", "hint", "sections", "skip", "answer"}
_ANSWER: Final = {"key", "text", "hint", "to", "asker", "how", "sections", *SIDES}
_AT_LINE: Final = re.compile(r"at line (\d+)")


class WalkError(ValueError):
    """The file cannot be used; `faults` are pairs of line and sentence."""

    def __init__(self, name: str, faults: Iterable[tuple[int, str]]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(f"{name}, line {line}: {said}" for line, said in self.faults))


@dataclass(frozen=True, slots=True)
class _Table:
    """One table of the file: what stands in it, where, and the faults so far of the whole file."""

    raw: Mapping[str, Any]
    place: str
    lines: Mapping[str, int]
    faults: list[tuple[int, str]]

    def line(self, key: str = "") -> int:
        whole = ".".join(part for part in (self.place, key) if part)
        return self.lines.get(whole, self.lines.get(self.place, 1))

    def say(self, key: str, said: str) -> None:
        self.faults.append((self.line(key), said))

    def only(self, known: set[str]) -> None:
        for key in self.raw.keys() - known:
            self.say(key, f"nothing here is called {key}; take it away")

    def word(self, key: str, *, is_needed: bool = True) -> str:
        value = self.raw.get(key, "")
        if not isinstance(value, str) or (is_needed and not value):
            self.say(key, f"{key} is to be a text in quotation marks")
            return ""
        return value

    def text(self, key: str) -> Text:
        return self.as_text(key, self.raw.get(key))

    def as_text(self, key: str, value: Any) -> Text:
        told = value if isinstance(value, dict) else {}
        if set(told) != {"sv", "en"} or not all(isinstance(t, str) and t.strip() for t in told.values()):
            self.say(key, f"{key} is to have a text in each language: {{ sv = …, en = … }}")
            return Text("", "")
        return Text(told["sv"], told["en"])

    def texts(self, key: str) -> tuple[Text, ...]:
        return tuple(self.as_text(key, one) for one in self.raw.get(key, []))

    def hint(self) -> Text | None:
        return self.text("hint") if "hint" in self.raw else None

    def sections(self) -> tuple[str, ...]:
        held = tuple(self.raw.get("sections", ()))
        for key in held:
            if key not in SECTIONS:
                self.say("sections", f"no section is called {key}; write it in sections.toml first")
        return tuple(key for key in held if key in SECTIONS)

    def weighed(self) -> Weighed:
        return Weighed(self.sections(), *(self.texts(side) for side in SIDES))


def load(file: Path = FILE) -> Walk:
    """The walk of a file. Raises WalkError with the line of every fault."""
    return read(file.read_text(encoding="utf-8"), file.name)


def read(text: str, name: str) -> Walk:
    """As `load`, of what stands in the file."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        raise WalkError(name, [(int(at[1]) if at else 1, f"no valid TOML: {error}")]) from None
    faults: list[tuple[int, str]] = []
    top = _Table(raw, "", lines_of_keys(text), faults)
    top.only(_TOP)
    if raw.get("format") != FORMAT:
        top.say("format", f"format is to be {FORMAT}")
    if not isinstance(raw.get("reviewed"), date) or not isinstance(raw.get("review_months"), int):
        top.say("reviewed", "reviewed is to be a day and review_months a number")
    tables = [_Table(q, f"question.{n}", top.lines, faults) for n, q in enumerate(raw.get("question", []))]
    questions = [_question(table) for table in tables]
    starts = (top.word("case"), top.word("outside"))
    always = _Table(raw.get("always", {}), "always", top.lines, faults)
    always.only({"sections", *SIDES})
    weighed = always.weighed()
    _check_graph(top, tables, questions, starts)
    if faults:
        raise WalkError(name, faults)
    return Walk(
        MappingProxyType({q.id: q for q in questions}), SECTIONS, *starts, weighed, raw["reviewed"],
        raw["review_months"], top.word("reviewed_by", is_needed=False).strip(),
    )  # fmt: skip


def _question(table: _Table) -> Question:
    table.only(_QUESTION)
    answers = [
        _answer(_Table(one, f"{table.place}.answer.{n}", table.lines, table.faults))
        for n, one in enumerate(table.raw.get("answer", []))
    ]
    skip = table.raw.get("skip", {"when": [], "to": ""})
    if not isinstance(skip, dict) or set(skip) != {"when", "to"}:
        table.say("skip", "skip is to have when and to")
        skip = {"when": [], "to": ""}
    return Question(
        table.word("id"), table.text("text"), tuple(answers), table.hint(), table.sections(),
        frozenset(skip["when"]), skip["to"],
    )  # fmt: skip


def _answer(table: _Table) -> Answer:
    table.only(_ANSWER)
    asker, how = (table.word(key, is_needed=False) for key in ("asker", "how"))
    return Answer(
        table.word("key"), table.text("text"), table.word("to"), table.weighed(), table.hint(), asker, how
    )


def _check_graph(
    top: _Table, tables: list[_Table], questions: list[Question], starts: tuple[str, ...]
) -> None:
    """No missing question, no dead end, no circle, none that nobody comes to."""
    held = {q.id: q for q in reversed(questions)}  # of two with one name the first
    known = {*held, END}
    said = {f"{q.id}.{a.key}" for q in questions for a in q.answers}
    for start, key in zip(starts, ("case", "outside"), strict=True):
        if start not in held:
            top.say(key, f"no question is called {start}")
    for table, one in zip(tables, questions, strict=True):
        if held[one.id] is not one:
            table.say("id", f"two questions are called {one.id}")
        if not one.answers:
            table.say("id", f"{one.id} has no answer: a dead end")
        if len({a.key for a in one.answers}) != len(one.answers):
            table.say("id", f"two answers of {one.id} have the same key")
        for n, answer in enumerate(one.answers):
            if answer.to not in known:
                _Table({}, f"{table.place}.answer.{n}", top.lines, top.faults).say(
                    "to", f"no question is called {answer.to}"
                )
        for when in one.skip_when - said:
            table.say("skip", f"no question has the answer {when}")
        if one.skip_when and one.skip_to not in known:
            table.say("skip", f"no question is called {one.skip_to}")
        if one.id in _beyond(one.id, held):
            table.say("id", f"{one.id} leads back to itself: a circle")
    reached = set(starts).union(*(_beyond(start, held) for start in starts))
    for table, one in zip(tables, questions, strict=True):
        if one.id not in reached:
            table.say("id", f"nobody comes to {one.id}")


def _beyond(id: str, held: Mapping[str, Question]) -> set[str]:
    """Every question that some way from this one leads to, by an answer or past one that is skipped."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        one = held.get(waiting.pop())
        tos = {a.to for a in one.answers} | ({one.skip_to} if one.skip_when else set()) if one else set()
        new = (tos & held.keys()) - found
        found |= new
        waiting += new
    return found


WALK: Final = load()
