"""What somebody without an account learns with: a code, and a unit's link. Kept as keyed hashes alone."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import Final

from klarsyn.people.keys import pepper_file

SIGNS: Final = "23456789abcdefghjkmnpqrstuvwxyz"  # none that is taken for another
LENGTH: Final = (
    12  # 59.4 bits: guessed at a million a second, one of a thousand codes after ten million years
)
GROUP: Final = 4
LINK_LENGTH: Final = 16
_LONGEST: Final = 60
LEARNER, LINK = "learner", "unit link"  # what a hash is for


def new_code() -> str:
    """A learner's code, without its spaces."""
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def new_link() -> str:
    """What a unit's address ends in."""
    return "".join(secrets.choice(SIGNS) for _ in range(LINK_LENGTH))


def shown(code: str) -> str:
    """In groups, as it is written down."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(typed: str) -> str:
    """The code somebody typed, "" when it cannot be one: large letters, spaces and hyphens are no matter."""
    if len(typed) > _LONGEST:
        return ""
    plain = "".join(sign for sign in typed.lower() if sign.isalnum())
    return plain if len(plain) == LENGTH and set(plain) <= set(SIGNS) else ""


def read_link(typed: str) -> str:
    """What a unit's address ends in, "" when it cannot be a link of ours."""
    return typed if len(typed) == LINK_LENGTH and set(typed) <= set(SIGNS) else ""


def hashes(purpose: str, text: str) -> tuple[str, ...]:
    """The keyed hash of a code or link under each pepper in use, the current first."""
    peppers = pepper_file.peppers()
    order = sorted(peppers.generations, key=lambda generation: generation != peppers.current)
    return tuple(_keyed(peppers.of(generation), purpose, text) for generation in order)


def _keyed(pepper: bytes, purpose: str, text: str) -> str:
    return hmac.new(pepper, f"klarsyn-1 {purpose}\0{text}".encode(), hashlib.sha256).hexdigest()
