"""How few pairs are shown and how many answers are taken, as data with the day each began to hold."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Literal

FILE: Final = Path(__file__).with_name("limits.toml")
What = Literal["pairs", "answers", "days_open"]


@cache
def limit(what: What, on: date) -> int:
    """Of the rows that hold on a day the one that began last. Raises ValueError where none does."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["limits"]
    held = [(row["valid_from"], int(row["value"])) for row in rows if row["what"] == what]
    held = [one for one in held if one[0] <= on]
    if not held:
        raise ValueError(f"{FILE.name}: no {what} holds on {on}; add a row")
    return max(held)[1]
