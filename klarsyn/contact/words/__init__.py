"""The words of times, cards and calls, one file a language; every file has the same keys, a test compares."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent
LANGUAGES: Final = ("sv", "latt", "en", "ar", "es", "pl", "ro", "th", "uk")


@dataclass(frozen=True, slots=True)
class Words:
    """One language."""

    is_reviewed: bool
    booking: Mapping[str, str]
    card: Mapping[str, str]
    call: Mapping[str, str]
    print: Mapping[str, str]


@cache
def words(code: str) -> Words:
    """The words of a language of `LANGUAGES`; KeyError for any other."""
    if code not in LANGUAGES:
        raise KeyError(code)
    held = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    return Words(bool(held["reviewed_by"]), held["booking"], held["card"], held["call"], held["print"])


def day_in(days: list[str], day: date) -> str:
    """ "onsdag 2/12": the weekday in the language's own words, and the day as numbers."""
    return f"{days[day.weekday()]} {day.day}/{day.month}"
