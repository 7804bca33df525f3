"""A visitor's code: six digits that find, eighteen that are secret, one that catches a slip; pure."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass, field
from typing import Final

LOCATOR: Final = 6
SECRET: Final = 18  # 59.8 bits
DIGITS: Final = LOCATOR + SECRET + 1
GROUP: Final = 5
LAST: Final = 4
_LONGEST: Final = 200  # what somebody may paste with spaces and signs; more is no code
# Signs that stand between the groups of a code, or that a phone puts in unseen.
_BETWEEN: Final = frozenset(
    " -\u2013\u2014.\u00a0\u2009\u202f\t\r\n\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)


class Mistyped(Exception):
    """What was typed is no code: a digit is wrong, missing or too many. Nothing was asked of anything."""


@dataclass(frozen=True, slots=True)
class Code:
    """A whole code. Printing it tells nothing; `shown` is for the one page that shows it."""

    digits: str = field(repr=False)

    @classmethod
    def new(cls) -> Code:
        body = "".join(secrets.choice("0123456789") for _ in range(DIGITS - 1))
        return cls(body + luhn(body))

    @property
    def locator(self) -> str:
        """Finds the row; not secret."""
        return self.digits[:LOCATOR]

    @property
    def shown(self) -> str:
        """In groups of five, as it is written down and said on the phone."""
        return " ".join(self.digits[i : i + GROUP] for i in range(0, DIGITS, GROUP))

    @property
    def last(self) -> str:
        """What is asked back before the visitor goes on."""
        return self.digits[-LAST:]


def read(typed: str) -> Code:
    """The code somebody typed, in any grouping and any script's digits. Raises Mistyped, before slow work."""
    if len(typed) > _LONGEST:
        raise Mistyped
    digits = _plain(typed)
    if len(digits) != DIGITS or luhn(digits[:-1]) != digits[-1]:
        raise Mistyped
    return Code(digits)


def is_last(code_last: str, typed: str) -> bool:
    """Whether the last digits asked back are right."""
    try:
        return len(typed) <= _LONGEST and secrets.compare_digest(_plain(typed), code_last)
    except Mistyped:
        return False


def keyed(pepper: bytes, purpose: str, text: str) -> str:
    """HMAC-SHA-256 under a pepper, in hexadecimal; another one for every purpose."""
    return hmac.new(pepper, f"klarsyn-1 {purpose}\0{text}".encode(), hashlib.sha256).hexdigest()


def luhn(digits: str) -> str:
    """The check digit of a row of digits (ISO/IEC 7812-1): one wrong digit or two swapped neighbours show.

    Of the swaps only 09 with 90 goes unseen.
    """
    total = 0
    for place, sign in enumerate(reversed(digits)):
        value = int(sign) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def _plain(typed: str) -> str:
    """The digits alone: Arabic and Thai digits count as ours. Raises Mistyped for any other sign."""
    found = []
    for sign in typed:
        if sign in _BETWEEN:
            continue
        value = unicodedata.decimal(sign, None)
        if value is None:
            raise Mistyped
        found.append(str(value))
    return "".join(found)
