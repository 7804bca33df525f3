"""How long a contact lives, as data with its days, and the end of those whose day has come."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("life.toml")


def end_of(day: date) -> date:
    """The last day of a contact that was last written in on `day`."""
    months = _months(day)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@cache
def _months(day: date) -> int:
    """Of the rows that hold on a day the one that began last. Raises ValueError where none does."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["life"]
    held = [(row["valid_from"], int(row["months"])) for row in rows if row["valid_from"] <= day]
    if not held:
        raise ValueError(f"{FILE.name}: no life of a contact holds on {day}; add a row")
    return max(held)[1]
