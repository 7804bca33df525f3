"""Periods: a year, a month, or two of them with a slash; never a day."""

import re
from calendar import monthrange
from datetime import date

PERIOD = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?(?:/([0-9]{4})(?:-(0[1-9]|1[0-2]))?)?")


def is_period(text: str) -> bool:
    """Whether `text` is a period that a count may stand in ("2019", "2020-01/2020-08")."""
    match = PERIOD.fullmatch(text)
    return match is not None and (match[3] is None or first_day(text) <= last_day(text))


def first_day(period: str | date) -> date:
    """The first day of a period. A date is its own first day. ValueError when it is no period."""
    if isinstance(period, date):
        return period
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not a year, a month, or two of them with a slash")
    return date(int(match[1]), int(match[2] or 1), 1)


def last_day(period: str | date) -> date:
    """The last day of a period. A date is its own last day. ValueError when it is no period."""
    if isinstance(period, date):
        return period
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError(f"{period!r} is not a year, a month, or two of them with a slash")
    year, month = (match[3], match[4]) if match[3] else (match[1], match[2])
    last = int(month or 12)
    return date(int(year), last, monthrange(int(year), last)[1])


def whole_year(period: str) -> int | None:
    """The year, when the period is exactly one calendar year; else None."""
    return int(period) if len(period) == 4 and is_period(period) else None
