"""A certificate's number: twelve signs that no one guesses, none of which is taken for another."""

from __future__ import annotations

import secrets
from typing import Final

SIGNS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0, 1, I, L and O
LENGTH: Final = 12  # 31 ** 12: some 59 bits


def new() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def shown(number: str) -> str:
    """In groups of four, as it stands on the paper."""
    return " ".join(number[at : at + 4] for at in range(0, LENGTH, 4))


def read(written: str) -> str:
    """What somebody typed as a number, "" when it cannot be one: case, spaces and dashes do not matter."""
    bare = "".join(sign for sign in written.upper() if not sign.isspace() and sign not in "-–—.·")
    return bare if len(bare) == LENGTH and set(bare) <= set(SIGNS) else ""
