"""Days as people write them."""

from __future__ import annotations

from datetime import date, datetime

_SV = [
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
]
_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def day(value: str | date | datetime, language: str) -> str:
    """2022-08-01 as "1 augusti 2022" or "1 August 2022"."""
    on = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{on.day}\u00a0{month(on.month, language)} {on.year}"


def month(number: int, language: str) -> str:
    return (_SV if language == "sv" else _EN)[number - 1]
