"""The kinds of joint work and the rules with their days, read from `kinds.toml` and `rules.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import get_language

KINDS: Final = Path(__file__).with_name("kinds.toml")
RULES: Final = Path(__file__).with_name("rules.toml")


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of joint work, in both languages, and the days it may be chosen."""

    key: str
    sv: str
    en: str
    hint_sv: str
    hint_en: str
    valid_from: date
    valid_to: date | None = None

    def holds(self, first: date, last: date) -> bool:
        """On some day of a span."""
        return self.valid_from <= last and (self.valid_to is None or first <= self.valid_to)

    def __str__(self) -> str:
        return self.en if _is_english() else self.sv

    @property
    def hint(self) -> str:
        return self.hint_en if _is_english() else self.hint_sv


@dataclass(frozen=True, slots=True)
class Law:
    """What a provision asks, in brief; `confirmed_by` is empty until somebody has looked."""

    provision: str
    says: str
    valid_from: date
    source: str
    confirmed_by: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Everything that may be, or might once have been, chosen: by its key, in the order of the file."""
    return read_kinds(KINDS.read_text(encoding="utf-8"))


def read_kinds(text: str) -> Mapping[str, Kind]:
    """The list from its text. Raises ValueError that names one that stands twice or ends too soon."""
    found: dict[str, Kind] = {}
    for row in tomllib.loads(text)["kinds"]:
        one = Kind(**row)
        if one.key in found or (one.valid_to is not None and one.valid_to < one.valid_from):
            raise ValueError(f"kinds.toml: {one.key} stands twice, or its days are in the wrong order")
        found[one.key] = one
    return found


def warn_days(on: date) -> int:
    """How long before an agreement lapses it is said."""
    return int(_newest("warn", on)["days"])


def months_back(on: date) -> int:
    """How far back joint work may be entered, counted from this month."""
    return int(_newest("back", on)["months"])


def laws(on: date) -> tuple[Law, ...]:
    """The provisions on agreements that hold on the day."""
    english = _is_english()
    return tuple(
        Law(
            row["provision"], row["says_en" if english else "says_sv"], row["valid_from"], row["source"],
            row["confirmed_by"],
        )
        for row in _rows()["law"]
        if row["valid_from"] <= on <= row.get("valid_to", date.max)
    )  # fmt: skip


def _newest(name: str, on: date) -> Mapping[str, Any]:
    """Of the rows that hold on a day the one that began last; before the first row, that one."""
    rows: Iterable[Mapping[str, Any]] = _rows()[name]
    held = sorted(rows, key=lambda row: row["valid_from"])
    return [*held[:1], *(row for row in held if row["valid_from"] <= on)][-1]


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(RULES.read_text(encoding="utf-8"))
