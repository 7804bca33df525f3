"""The default wheel, read from its file: how long before or after the evening each stage is."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel.policy import Span, shifted

FILE: Final = Path(__file__).with_name("wheel.toml")


@dataclass(frozen=True, slots=True)
class Usual:
    """The day that days are counted from while a year has no evening, and which mapping is shown."""

    on: date
    mapping_year: int


@cache
def _rows() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _holding(rows: Sequence[Mapping[str, Any]], on: date) -> Mapping[str, Any]:
    """Of the rows that hold on a day the one that began last; before the first row, that one."""
    ordered = sorted(rows, key=lambda row: row["valid_from"])
    held = [r for r in ordered if r["valid_from"] <= on and r.get("valid_to", on) >= on]
    return (held or ordered[:1])[-1]


def usual(year: int) -> Usual:
    row = _holding(_rows()["usual"], date(year, 1, 1))
    return Usual(date(year, row["month"], row["day"]), year - int(row["years_back"]))


def spans(year: int, evening: date, language: str) -> dict[Stage, Span]:
    """Every stage of the year with its days, counted from the evening."""
    return {stage: _span(stage, year, evening, language) for stage in Stage}


def remind_days(stage: Stage, year: int) -> int:
    """Days before a stage is due that the desk begins to say so."""
    return int(_row(stage, year)["remind"])


def roles(stage: Stage, year: int) -> tuple[str, ...]:
    """On whose desk the stage stands, besides the keeper's."""
    return tuple(_row(stage, year)["roles"])


def _row(stage: Stage, year: int) -> Mapping[str, Any]:
    return _holding([row for row in _rows()["stage"] if row["key"] == stage], date(year, 1, 1))


def _span(stage: Stage, year: int, evening: date, language: str) -> Span:
    row = _row(stage, year)
    due = shifted(evening, int(row["due"]))
    return Span(
        stage=stage,
        starts_on=shifted(evening, int(row["starts"])),
        due_on=due,
        remind_on=shifted(due, -int(row["remind"])),
        responsible=row["responsible"]["en" if language.startswith("en") else "sv"],
        roles=tuple(row["roles"]),
    )
