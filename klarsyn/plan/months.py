"""Months added to a day: the same day of a later month, or its last one."""

from __future__ import annotations

from calendar import monthrange
from datetime import date


def add_months(on: date, months: int) -> date:
    """31 January and one month is 28 or 29 February."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))
