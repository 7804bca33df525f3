"""Where help is: facts from a file, with their sources."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from klarsyn.base.help_numbers import help_numbers

FILE = Path(__file__).with_name("contacts.toml")


@dataclass(frozen=True, slots=True)
class HelpContact:
    """One way to reach help. `number` is empty where none is confirmed."""

    name: str
    text: str
    number: str
    call: str
    source: str


def contacts(language: str, day: date) -> tuple[HelpContact, ...]:
    """The contacts in order as they are on a day, in the language asked for, else in Swedish."""
    held, made = help_numbers(day), []
    for row in _rows():
        known, said = held.get(row["key"]), row.get(language, row["sv"])
        made.append(
            HelpContact(
                name=said["name"],
                text=said["text"],
                number=known.number if known else "",
                call=known.address if known else "",
                source=known.source if known else row["source"],
            )
        )
    return tuple(made)


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(FILE.read_text(encoding="utf-8"))["contact"])
