"""Whom a text may tell somebody to phone: numbers by name, with the days they hold."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

FILE: Final = Path(__file__).with_name("help_numbers.toml")
OWN: Final = "help_numbers.toml"  # in the data folder
NAMES: Final = (
    "emergency", "police", "child_emergency", "support_line", "coordinator", "social", "suicide", "child",
)  # fmt: skip
_DIGITS: Final = re.compile(r"[\d+ -]+")


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """A number as a text names it. `call`: what the phone dials; `source`: where it is known from.

    `number` stands alone on a button: empty where none is confirmed, and `said` tells how one gets there.
    `hours` are written as a reception's; empty = day and night, or not known.
    """

    name: str
    said: str
    call: str
    source: str
    number: str
    looked_at: date | None
    hours: str
    hours_are_sure: bool

    @property
    def address(self) -> str:
        return f"tel:{self.call}" if self.call else ""


def help_number(name: str, language: str, on: date) -> HelpNumber:
    """The number that holds on a day, in a language, else in Swedish. Raises KeyError for an unknown name."""
    held = [row for row in _rows() if row["name"] == name and _holds(row, on)]
    if not held:
        raise KeyError(name)
    row = max(held, key=lambda one: one["valid_from"])
    said = row["said"]
    return HelpNumber(
        name=name,
        said=said.get(language, said["sv"]),
        call=row["call"],
        source=row["source"],
        number=said["sv"] if _DIGITS.fullmatch(said["sv"]) else "",
        looked_at=row.get("looked_at"),
        hours=row.get("hours", ""),
        hours_are_sure=row.get("hours_are_sure", True),
    )


def help_numbers(on: date) -> Mapping[str, HelpNumber]:
    """Every number that holds on a day, by name."""
    names = {row["name"] for row in _rows() if _holds(row, on)}
    return {name: help_number(name, "sv", on) for name in NAMES if name in names}


def _rows() -> list[dict[str, Any]]:
    own = Path(settings.HOME) / OWN
    changed = own.stat().st_mtime_ns if own.is_file() else 0
    return [*_read(FILE, 0), *(_read(own, changed) if changed else [])]


@cache
def _read(path: Path, _changed: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8"))["number"]
    return rows


def _holds(row: dict[str, Any], on: date) -> bool:
    return bool(row["valid_from"] <= on <= row.get("valid_to", date.max))
