"""The points of the law, read from their file: those that hold on a day, in the language of the reader."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("law.toml")


@dataclass(frozen=True, slots=True)
class Point:
    """One thing the law asks, in our own words. `confirmed_by` "": no lawyer has read them."""

    key: str
    section: str
    asks: str
    missing: str
    responsible: str
    renew_months: int
    valid_from: date
    valid_to: date | None
    confirmed_by: str


@dataclass(frozen=True, slots=True)
class Law:
    title: str
    address: str
    remind_days: int
    points: tuple[Point, ...]


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def law(on: date, language: str) -> Law:
    """The points that hold on the day, in the order of the sections."""
    data, code = _data(), "en" if language.startswith("en") else "sv"
    rows = [r for r in data["point"] if r["valid_from"] <= on and r.get("valid_to", on) >= on]
    return Law(
        data["title"][code], data["address"], data["remind_days"], tuple(_point(r, code) for r in rows)
    )


def known_keys() -> tuple[str, ...]:
    """Of every point there has been."""
    return tuple(dict.fromkeys(row["key"] for row in _data()["point"]))


def _point(row: Mapping[str, Any], code: str) -> Point:
    return Point(
        key=row["key"],
        section=row["section"],
        asks=row["asks"][code],
        missing=row["missing"][code],
        responsible=row["responsible"][code],
        renew_months=row.get("renew_months", 0),
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        confirmed_by=row["confirmed_by"],
    )
