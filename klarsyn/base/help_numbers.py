"""Whom one may phone on a day: the country's numbers from one file, the municipality's own from its file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings

FILE: Final = Path(__file__).with_name("help_numbers.toml")


@dataclass(frozen=True, slots=True)
class HelpNumber:
    """One number. `number` is empty where none is confirmed; `hours` as a reception's are written."""

    key: str
    number: str
    call: str
    source: str
    valid_from: date
    valid_to: date | None
    looked_at: date
    hours: str
    hours_are_sure: bool
    hours_source: str

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def help_numbers(day: date) -> Mapping[str, HelpNumber]:
    """By key, what holds on the day: the municipality's own before the country's, a later row first."""
    rows = (*_read(FILE), *_read(Path(settings.MUNICIPALITY_FILE)))
    return {row.key: row for row in rows if row.holds_on(day)}


@cache
def _read(path: Path) -> tuple[HelpNumber, ...]:
    rows: Iterable[Mapping[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("help_number", ())
    made = (_row(row) for row in rows)
    return tuple(sorted(made, key=lambda one: one.valid_from))


def _row(row: Mapping[str, Any]) -> HelpNumber:
    number = row["number"]
    digits = number.replace(" ", "").replace("-", "")
    return HelpNumber(
        key=row["key"],
        number=number,
        call=row.get("call", f"tel:{digits}" if digits else ""),
        source=row["source"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        looked_at=row["looked_at"],
        hours=row.get("hours", ""),
        hours_are_sure=row.get("hours_are_sure", True),
        hours_source=row.get("hours_source", ""),
    )
