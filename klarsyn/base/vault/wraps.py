"""Keys sealed to a person or a team (HPKE, RFC 9180), and signatures on who let whom in (Ed25519)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from klarsyn.base.vault.context import Context
from klarsyn.base.vault.errors import Unopenable
from klarsyn.base.vault.keys import Key
from klarsyn.base.vault.suites import CURRENT, VERSION, Suite, hpke_of

MLKEM_SEED: Final = 64
X25519_SEED: Final = 32
SEED_BYTES: Final = MLKEM_SEED + X25519_SEED
MLKEM_PUBLIC: Final = 1184
_HEAD: Final = 2
_PURPOSE: Final = b"klarsyn-1 wrap\0"

Public = X25519PublicKey | hpke.MLKEM768X25519PublicKey
Private = X25519PrivateKey | hpke.MLKEM768X25519PrivateKey


@dataclass(frozen=True, slots=True)
class KeyPair:
    """The pair of a person, a team's epoch, an officer or a client's code; 96 secret bytes are all of it."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.seed) != SEED_BYTES:
            raise ValueError(f"a seed has {SEED_BYTES} bytes")

    @classmethod
    def new(cls) -> KeyPair:
        return cls(secrets.token_bytes(SEED_BYTES))

    @property
    def public(self) -> bytes:
        """1,216 bytes: the ML-KEM-768 key, then the X25519 key."""
        mlkem, x25519 = self._both()
        return mlkem.public_key().public_bytes_raw() + x25519.public_key().public_bytes_raw()

    def private(self, suite: Suite) -> Private:
        mlkem, x25519 = self._both()
        return x25519 if suite is Suite.X25519 else hpke.MLKEM768X25519PrivateKey(mlkem, x25519)

    def _both(self) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
        mlkem, x25519 = self.seed[:MLKEM_SEED], self.seed[MLKEM_SEED:]
        return MLKEM768PrivateKey.from_seed_bytes(mlkem), X25519PrivateKey.from_private_bytes(x25519)


def _public(raw: bytes, suite: Suite) -> Public:
    x25519 = X25519PublicKey.from_public_bytes(raw[MLKEM_PUBLIC:])
    if suite is Suite.X25519:
        return x25519
    return hpke.MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(raw[:MLKEM_PUBLIC]), x25519)


class Sealer:
    """Seals to one public key again and again: reading the key once halves what a seal costs."""

    __slots__ = ("_public", "_suite")

    def __init__(self, public: bytes, suite: Suite = CURRENT) -> None:
        self._suite, self._public = suite, _public(public, suite)

    def seal(self, body: bytes, context: Context) -> bytes:
        sealed: bytes = hpke_of(self._suite).encrypt(body, self._public, info=_info(context, self._suite))
        return bytes((VERSION, self._suite)) + sealed


class Opener:
    """Opens what is sealed to one pair, again and again. Lives no longer than the work it is made for."""

    __slots__ = ("_pair", "_private")

    def __init__(self, pair: KeyPair) -> None:
        self._pair, self._private = pair, dict[Suite, Private]()

    def open(self, sealed: bytes, context: Context) -> bytes:
        """Raises Unopenable for anything that was not sealed to this pair for this place."""
        if len(sealed) < _HEAD or sealed[0] != VERSION or sealed[1] not in (Suite.X25519, Suite.HYBRID):
            raise Unopenable
        suite = Suite(sealed[1])
        if suite not in self._private:
            self._private[suite] = self._pair.private(suite)
        try:
            body: bytes = hpke_of(suite).decrypt(
                sealed[_HEAD:], self._private[suite], info=_info(context, suite)
            )
        except Exception:
            raise Unopenable from None
        return body


def seal_to(public: bytes, body: bytes, context: Context, *, suite: Suite = CURRENT) -> bytes:
    """`body` (a key, or a seed) sealed to a public key for one place: version, suite, then HPKE.

    Whoever has only public keys can seal and cannot open: so the public side writes.
    """
    return Sealer(public, suite).seal(body, context)


def open_with(pair: KeyPair, sealed: bytes, context: Context) -> bytes:
    """What `seal_to` sealed to this pair for this place. Raises Unopenable for anything else."""
    return Opener(pair).open(sealed, context)


def seal_key(public: bytes, key: Key, context: Context) -> bytes:
    return seal_to(public, key.raw, context)


def open_key(pair: KeyPair, sealed: bytes, context: Context) -> Key:
    return Key(open_with(pair, sealed, context))


def _info(context: Context, suite: Suite) -> bytes:
    return _PURPOSE + bytes((VERSION,)) + context.encode(suite)


@dataclass(frozen=True, slots=True)
class SigningPair:
    """Who vouches: membership rows and checkpoints are signed with it."""

    seed: bytes = field(repr=False)

    @classmethod
    def new(cls) -> SigningPair:
        return cls(secrets.token_bytes(X25519_SEED))

    @property
    def public(self) -> bytes:
        return self._private().public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        return self._private().sign(message)

    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
