"""From a password or a code to keys: one slow hash, split in two, mixed with the pepper."""

from __future__ import annotations

import secrets
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from nacl.pwhash import argon2id

from klarsyn.base.vault.errors import Busy
from klarsyn.base.vault.keys import KEY_BYTES, Key

SALT_BYTES: Final = 16
_HASH: Final = SHA256()
_MIB: Final = 1024 * 1024
_AT_ONCE: Final = 2  # each takes its memory: more at once is a way to take the machine down
_WAIT: Final = 8.0  # seconds in the queue before somebody is asked to try again
_turn: Final = threading.BoundedSemaphore(_AT_ONCE)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess costs: passes over `memory` bytes (Argon2id, one lane)."""

    passes: int
    memory: int


STAFF: Final = Cost(3, 64 * _MIB)  # a member of staff, once a sign-in
CODE: Final = Cost(2, 19 * _MIB)  # an anonymous code: 60 random bits need less, and phones wait


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything but the secret and the pepper itself: stored beside what it opens."""

    passes: int
    memory: int
    salt: bytes
    pepper_generation: int

    @classmethod
    def new(cls, cost: Cost, pepper_generation: int) -> Recipe:
        return cls(cost.passes, cost.memory, secrets.token_bytes(SALT_BYTES), pepper_generation)

    def with_salt(self, salt: bytes) -> Recipe:
        return replace(self, salt=salt)


@dataclass(frozen=True, slots=True)
class Derived:
    """`verifier` proves the password (only its hash is stored); `kek` opens the person's own keys."""

    verifier: bytes = field(repr=False)
    kek: Key


def derive(secret: str, recipe: Recipe, pepper: bytes) -> Derived:
    """Argon2id once, then HKDF-SHA-256 with the pepper as salt, for two purposes (RFC 9106, RFC 5869).

    The secret is read in Unicode form NFKC, so that a keyboard's way of writing å does not matter. Raises
    Busy when two others are being derived and the queue does not move.
    """
    text = unicodedata.normalize("NFKC", secret).encode()
    with _in_turn():
        root = argon2id.kdf(KEY_BYTES, text, recipe.salt, opslimit=recipe.passes, memlimit=recipe.memory)
    return Derived(expand(root, pepper, b"klarsyn-1 auth"), Key(expand(root, pepper, b"klarsyn-1 kek")))


def expand(root: bytes, salt: bytes, info: bytes, length: int = KEY_BYTES) -> bytes:
    """HKDF-SHA-256 (RFC 5869)."""
    return HKDF(_HASH, length, salt, info).derive(root)


@contextmanager
def _in_turn() -> Iterator[None]:
    if not _turn.acquire(timeout=_WAIT):
        raise Busy("many people are signing in right now; try again in a moment")
    try:
        yield
    finally:
        _turn.release()
