"""A telephone number as somebody types it, in any script's digits; pure."""

from __future__ import annotations

import unicodedata
from typing import Final

SHORTEST, LONGEST = 6, 15  # digits; E.164 has at most fifteen
_TYPED: Final = 40
# Besides signs between groups: the marks that a phone set from right to left puts in unseen.
_BETWEEN: Final = frozenset(
    " -\u2013()./\t\r\n\u00a0\u202f\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)


class NoNumber(ValueError):
    """What was typed is no telephone number."""


def phone(typed: str) -> str:
    """In international form, `+46701234567`; a national number is Swedish. Raises NoNumber."""
    text = typed.strip("".join(_BETWEEN))
    if len(typed) > _TYPED:
        raise NoNumber
    has_plus, digits = text[:1] in ("+", "\uff0b"), ""
    for sign in text[1:] if has_plus else text:
        if sign in _BETWEEN:
            continue
        value = unicodedata.decimal(sign, None)
        if value is None:
            raise NoNumber
        digits += str(value)
    if not has_plus and digits.startswith("00"):
        has_plus, digits = True, digits[2:]
    if not has_plus and digits.startswith("0"):
        has_plus, digits = True, f"46{digits[1:]}"
    if not has_plus or not SHORTEST <= len(digits) <= LONGEST or digits.startswith("0"):
        raise NoNumber
    return f"+{digits}"
