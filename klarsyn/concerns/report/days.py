"""So many days of this and that, as data with the day each began to hold."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, Literal

FILE: Final = Path(__file__).with_name("days.toml")
What = Literal["draft_kept", "code_good", "kept_after_registered"]


@cache
def days(what: What, on: date) -> timedelta:
    """Of the rows that hold on a day the one that began last. Raises ValueError where none does."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["days"]
    held = [(row["valid_from"], int(row["value"])) for row in rows if row["what"] == what]
    held = [one for one in held if one[0] <= on]
    if not held:
        raise ValueError(f"{FILE.name}: no {what} holds on {on}; add a row")
    return timedelta(days=max(held)[1])
