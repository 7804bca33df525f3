"""What must not stand in a case without names: anything that looks like a personal number. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

_NUMBER: Final = re.compile(r"(?<!\d)(?:19|20)?(\d\d)[ -]?(\d\d)[ -]?(\d\d)\s?[-+–]?\s?(\d{4})(?!\d)")
_PHONE: Final = re.compile(r"(?<![\d:.,-])(?:\+|00|0)\d(?:[ -]?\d){6,12}(?!\d)")
_COORDINATION: Final = 60  # added to the day in a coordination number


def check_nameless(*texts: str) -> None:
    """Raises Refused for a text with a personal number in it; the text itself is nowhere in the answer."""
    if any(has_personal_number(text) for text in texts):
        raise Refused(
            _(
                "Texten har något som ser ut som ett personnummer, och ärendet förs utan namn. "
                "Inget är sparat. Ta bort det."
            )
        )


def has_personal_number(text: str) -> bool:
    """Ten or twelve digits with a date and the right last digit, however they are written."""
    return any(_is_one(*found.groups()) for found in _NUMBER.finditer(text))


def has_number_of_somebody(text: str) -> bool:
    """A personal number, or digits like a telephone number: what a form warns of where names may stand."""
    return has_personal_number(text) or _PHONE.search(text) is not None


def _is_one(year: str, month: str, day: str, last: str) -> bool:
    number = int(day)
    try:
        # The century does not matter: 2000 has every day that any year has.
        date(2000, int(month), number - _COORDINATION if number > _COORDINATION else number)
    except ValueError:
        return False
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(year + month + day + last))
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0
