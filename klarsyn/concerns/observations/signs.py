"""The list of signs and places, read from `signs.toml`: what may be chosen on a day, in whose words."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

FILE: Final = Path(__file__).with_name("signs.toml")


@dataclass(frozen=True, slots=True)
class Choice:
    """One sign, or one kind of place. `group`: what a sign is counted under; empty for a place."""

    key: str
    sv: str
    en: str
    valid_from: date
    valid_to: date | None = None
    group: str = ""
    source: str = ""

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def __str__(self) -> str:
        return self.en if (get_language() or "").startswith("en") else self.sv


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that may be, or might once have been, chosen: by its key, in the order of the file."""

    signs: dict[str, Choice]
    places: dict[str, Choice]


@cache
def catalogue() -> Catalogue:
    """The list of this installation."""
    return read(FILE.read_text(encoding="utf-8"))


def read(text: str) -> Catalogue:
    """The list from its text. Raises ValueError that names the entry: a key twice, a sign without a group."""
    data = tomllib.loads(text)
    return Catalogue(_keyed(data["signs"], grouped=True), _keyed(data["places"], grouped=False))


def _keyed(rows: list[dict[str, Any]], *, grouped: bool) -> dict[str, Choice]:
    found: dict[str, Choice] = {}
    for row in rows:
        one = Choice(**row)
        if one.key in found or bool(one.group) != grouped:
            raise ValueError(f"signs.toml: {one.key} stands twice, or its group is not as it should be")
        found[one.key] = one
    return found


def open_on(choices: dict[str, Choice], day: date) -> list[Choice]:
    """Those that may be chosen on the day."""
    return [one for one in choices.values() if one.holds(day)]
