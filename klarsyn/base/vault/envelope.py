"""A sealed record: its own key by HKDF, a commitment to that key, AES-256-GCM, one of a few sizes."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from klarsyn.base.vault.context import Context
from klarsyn.base.vault.errors import Unopenable
from klarsyn.base.vault.kdf import expand
from klarsyn.base.vault.keys import KEY_BYTES, Key
from klarsyn.base.vault.padding import pad, unpad
from klarsyn.base.vault.suites import CURRENT, VERSION, Suite

SALT: Final = 32
COMMITMENT: Final = 32
NONCE: Final = 12
TAG: Final = 16
_ID: Final = 16
_SALT_AT: Final = 2 + _ID
_COMMIT_AT: Final = _SALT_AT + SALT
_NONCE_AT: Final = _COMMIT_AT + COMMITMENT
HEAD: Final = _NONCE_AT + NONCE
OVERHEAD: Final = HEAD + TAG  # 110 bytes besides the padding
_PURPOSE: Final = b"klarsyn-1 record\0"
_SUITES: Final = frozenset(map(int, Suite))


def seal_record(key: Key, body: bytes, context: Context, *, suite: Suite = CURRENT) -> bytes:
    """`body` sealed under `key` for one place in the database.

    version 1 | suite 1 | key id 16 | salt 32 | commitment 32 | nonce 12 | padded body, AES-256-GCM | tag 16.
    The record's key and the commitment are HKDF-SHA-256(key, salt, context), 32 bytes each: with the
    commitment a sealed record opens under one key only, which AES-GCM alone does not promise.
    """
    fresh = secrets.token_bytes(SALT + NONCE)
    return _seal(key, body, context, suite, fresh[:SALT], fresh[SALT:])


def _seal(key: Key, body: bytes, context: Context, suite: Suite, salt: bytes, nonce: bytes) -> bytes:
    place = context.encode(suite)
    own, commitment = derive_own(key, salt, _PURPOSE + place)
    head = bytes((VERSION, suite)) + context.key.bytes + salt + commitment + nonce
    return head + AESGCM(own).encrypt(nonce, pad(body), head + place)


def open_record(key: Key, sealed: bytes, context: Context) -> bytes:
    """What `seal_record` sealed with this key for this place. Raises Unopenable for anything else."""
    of_key = context.key.bytes
    return _open(key, sealed, context.encode(_suite(sealed, of_key)))


def opener(key: Key, context: Context) -> Callable[[bytes, bytes], bytes]:
    """`open_record` for many rows of one column: what is the same for all of them is done once.

    The function takes a row's id, 16 bytes, and what is sealed there; the row in `context` is not read.
    """
    of_key, before = context.key.bytes, {suite: context.before_row(suite) for suite in _SUITES}

    def open_row(row: bytes, sealed: bytes) -> bytes:
        return _open(key, sealed, before[_suite(sealed, of_key)] + row + of_key)

    return open_row


def _suite(sealed: bytes, of_key: bytes) -> int:
    """The suite a sealed record names, when it is whole and says to be sealed with the key of this id."""
    if len(sealed) < OVERHEAD or sealed[0] != VERSION or sealed[2:_SALT_AT] != of_key:
        raise Unopenable
    if sealed[1] not in _SUITES:
        raise Unopenable
    return sealed[1]


def _open(key: Key, sealed: bytes, place: bytes) -> bytes:
    head = sealed[:HEAD]
    own, commitment = derive_own(key, head[_SALT_AT:_COMMIT_AT], _PURPOSE + place)
    if not hmac.compare_digest(commitment, head[_COMMIT_AT:_NONCE_AT]):
        raise Unopenable
    try:
        padded = AESGCM(own).decrypt(head[_NONCE_AT:], sealed[HEAD:], head + place)
    except InvalidTag:
        raise Unopenable from None
    return unpad(padded)


def key_id(sealed: bytes) -> UUID:
    """The id of the key a record is sealed with, as it says itself; believed only once it opens."""
    if len(sealed) < OVERHEAD:
        raise Unopenable
    return UUID(bytes=sealed[2:_SALT_AT])


def derive_own(key: Key, salt: bytes, info: bytes) -> tuple[bytes, bytes]:
    """(key of this value alone, commitment to it)."""
    both = expand(key.raw, salt, info, KEY_BYTES + COMMITMENT)
    return both[:KEY_BYTES], both[KEY_BYTES:]
