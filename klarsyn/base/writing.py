"""What may stand in a message: how long, no signs that hide, what looks like a personal number; pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from klarsyn.base.codes import luhn

LONGEST: Final = 20_000
_NUMBER: Final = re.compile(r"(?<!\d)(?:19|20)?(\d{2})(\d{2})(\d{2})[-+ ]?(\d{4})(?!\d)")
_COORDINATION: Final = 60  # a coordination number's day is the day and sixty


def tidy(text: str) -> str:
    """The text as it is kept: one kind of line end, no sign that no keyboard writes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign >= " " or sign in "\n\t").strip()


def has_personal_number(text: str) -> bool:
    """Whether a Swedish personal or coordination number with a right check digit stands in the text."""
    return any(_is_number(*found.groups()) for found in _NUMBER.finditer(text))


def _is_number(year: str, month: str, day: str, rest: str) -> bool:
    number = int(day)
    try:
        date(2000 + int(year), int(month), number - _COORDINATION if number > _COORDINATION else number)
    except ValueError:
        return False
    return luhn(year + month + day + rest[:3]) == rest[3]
