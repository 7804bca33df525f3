"""What the guide says: facts without words from one file, words one file a language, more in two of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

_HERE: Final = Path(__file__).parent
LANGUAGES: Final = ("sv", "latt", "en", "ar", "es", "pl", "ro", "th", "uk")
NOWS: Final = ("fara", "barn", "vuxen")
ASKS_ON: Final = ("barn", "vuxen")  # in danger nothing more is asked


@dataclass(frozen=True, slots=True)
class Role:
    """Who asks. `works`: in paid work; `must_report`: the law obliges the staff to report about a child."""

    key: str
    works: bool
    must_report: bool
    sights: tuple[str, ...]
    laws: tuple[str, ...]

    def steps(self, now: str) -> str:
        """The key of the steps for one in this role."""
        if now == "barn":
            return "barn_must" if self.must_report else "barn_may"
        return self._calls(now) if now == "vuxen" else now

    def calls(self, now: str) -> tuple[str, ...]:
        """Whom to phone, in order; `now` is "role" before anything else is known."""
        told = _facts()["calls"]
        return tuple(told[now if now in told else self._calls(now)])

    def _calls(self, now: str) -> str:
        return f"{now}_{'work' if self.works else 'own'}"


@dataclass(frozen=True, slots=True)
class Law:
    """A provision. `valid_from`: from when we know that it reads so."""

    key: str
    where: str
    valid_from: date
    valid_to: date | None
    source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Words:
    """One language. `more` is None in a language that has the short steps alone."""

    code: str
    is_reviewed: bool
    text: Mapping[str, Any]
    more: Mapping[str, Any] | None


def roles() -> tuple[Role, ...]:
    """Everybody who may ask, in order."""
    return tuple(_roles().values())


def role(key: str) -> Role:
    """Raises KeyError."""
    return _roles()[key]


def laws(keys: tuple[str, ...], day: date) -> tuple[Law, ...]:
    """Those of the provisions that hold on the day, in the order asked for."""
    held = {one.key: one for one in _laws() if one.holds_on(day)}
    return tuple(held[key] for key in keys if key in held)


def sources(sight: str) -> tuple[str, ...]:
    """Where the signs of a kind are named. Raises KeyError."""
    return {row["key"]: tuple(row["sources"]) for row in _facts()["sight"]}[sight]


@cache
def words(code: str) -> Words:
    """The guide in a language of `LANGUAGES`; KeyError for any other."""
    if code not in LANGUAGES:
        raise KeyError(code)
    text = _read(_HERE / "words" / f"{code}.toml")
    more = _HERE / "more" / f"{code}.toml"
    return Words(code, bool(text["reviewed_by"]), text, _read(more) if more.exists() else None)


@cache
def _facts() -> Mapping[str, Any]:
    return _read(_HERE / "facts.toml")


@cache
def _roles() -> Mapping[str, Role]:
    made = (
        Role(row["key"], row["works"], row["must_report"], tuple(row["sights"]), tuple(row["laws"]))
        for row in _facts()["role"]
    )
    return {one.key: one for one in made}


@cache
def _laws() -> tuple[Law, ...]:
    rows = _facts()["law"]
    made = (Law(r["key"], r["where"], r["valid_from"], r.get("valid_to"), r["source"]) for r in rows)
    return tuple(sorted(made, key=lambda one: one.valid_from))


def _read(path: Path) -> Mapping[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
