"""Where help is: facts from a file, with their sources."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("contacts.toml")


@dataclass(frozen=True, slots=True)
class HelpContact:
    """One way to reach help. `number` is empty where none is confirmed."""

    name: str
    text: str
    number: str
    call: str
    source: str


@cache
def contacts(language: str) -> tuple[HelpContact, ...]:
    """The contacts in order, in the language asked for, else in Swedish."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["contact"]
    return tuple(
        HelpContact(
            name=row.get(language, row["sv"])["name"],
            text=row.get(language, row["sv"])["text"],
            number=row["number"],
            call=row["call"],
            source=row["source"],
        )
        for row in rows
    )
