"""The vault's primitives against published numbers and a second implementation."""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from klarsyn.base.vault import Context, Key, KeyPair, Recipe, derive, seal_to
from klarsyn.base.vault.kdf import expand
from klarsyn.base.vault.suites import Suite
from klarsyn.base.vault.wraps import MLKEM_SEED, open_with
from tests.unit.base.vault import hpke9180

VECTORS = files("cryptography_vectors")
PLACE = Context("i", "t", "a", "b", UUID(int=7), UUID(int=8), 2, "p")


def _hpke(name: str) -> list[dict]:
    return json.loads((VECTORS / "HPKE" / name).read_text())


def test_hkdf_gives_the_numbers_of_rfc_5869() -> None:
    """RFC 5869, appendix A.1 to A.3."""
    a1 = expand(b"\x0b" * 22, bytes(range(13)), bytes(range(0xF0, 0xFA)), 42)
    assert a1.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    a2 = expand(bytes(range(0x50)), bytes(range(0x60, 0xB0)), bytes(range(0xB0, 0x100)), 82)
    assert a2.hex().startswith("b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c")
    a3 = expand(b"\x0b" * 22, b"", b"", 42)
    assert a3.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"


@pytest.mark.parametrize("passes", [1, 3])
def test_argon2id_is_the_same_by_another_library(passes: int) -> None:
    """libsodium's and OpenSSL's Argon2id agree, HKDF on top."""
    recipe, pepper = Recipe(passes, 8 * 1024 * 1024, bytes(range(16)), 1), b"p" * 32
    other = Argon2id(salt=recipe.salt, length=32, iterations=passes, lanes=1, memory_cost=8 * 1024)
    root = other.derive("å lösenord".encode())
    made = derive("a\u030a lösenord", recipe, pepper)  # decomposed: read in form NFKC
    assert made.verifier == expand(root, pepper, b"klarsyn-1 auth")
    assert made.kek.raw == expand(root, pepper, b"klarsyn-1 kek")
    assert made.verifier != made.kek.raw


def test_the_second_hpke_gives_the_numbers_of_rfc_9180() -> None:
    """Vectors of RFC 9180, base mode, X25519 with HKDF-SHA-256 and AES-256-GCM."""
    rows = [
        v
        for v in _hpke("test-vectors.json")
        if (v["mode"], v["kem_id"], v["kdf_id"], v["aead_id"]) == (0, 32, 1, 2)
    ]
    assert rows
    for v in rows:
        private = X25519PrivateKey.from_private_bytes(bytes.fromhex(v["skRm"]))
        shared = hpke9180.dh_shared(bytes.fromhex(v["enc"]), private)
        assert shared.hex() == v["shared_secret"]
        made = hpke9180.key_schedule(32, 2, shared, bytes.fromhex(v["info"]))
        assert (made.key.hex(), made.nonce.hex()) == (v["key"], v["base_nonce"])
        first = v["encryptions"][0]
        assert (
            hpke9180.open_(made, bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"])).hex() == first["pt"]
        )


def test_the_second_hpke_gives_the_published_numbers_of_the_hybrid() -> None:
    """X-Wing (KEM 0x647A): the shared secret and the key schedule of the draft's vectors."""
    v = next(v for v in _hpke("hpke-pq-test-vectors.json") if (v["kem_id"], v["kdf_id"]) == (0x647A, 1))
    seed = hashlib.shake_256(bytes.fromhex(v["skRm"])).digest(96)  # the draft keeps 32 bytes and expands them
    pair = KeyPair(seed)
    assert pair.public.hex() == v["pkRm"]
    shared = hpke9180.xwing_shared(bytes.fromhex(v["enc"]), *_both(pair))
    assert shared.hex() == v["shared_secret"]
    made = hpke9180.key_schedule(0x647A, v["aead_id"], shared, bytes.fromhex(v["info"]))
    first = v["encryptions"][0]
    opened = ChaCha20Poly1305(made.key).decrypt(
        made.nonce, bytes.fromhex(first["ct"]), bytes.fromhex(first["aad"])
    )
    assert opened.hex() == first["pt"]


@pytest.mark.parametrize("suite", list(Suite))
def test_the_second_hpke_opens_what_the_vault_seals(suite: Suite) -> None:
    pair, key = KeyPair.new(), Key.new()
    sealed = seal_to(pair.public, key.raw, PLACE, suite=suite)
    assert sealed[:2] == bytes((1, suite)) and open_with(pair, sealed, PLACE) == key.raw
    mlkem, x25519 = _both(pair)
    size, kem = (32, 32) if suite is Suite.X25519 else (1120, 0x647A)
    enc, body = sealed[2 : 2 + size], sealed[2 + size :]
    shared = hpke9180.dh_shared(enc, x25519) if kem == 32 else hpke9180.xwing_shared(enc, mlkem, x25519)
    info = b"klarsyn-1 wrap\0" + bytes((1,)) + PLACE.encode(suite)
    assert hpke9180.open_(hpke9180.key_schedule(kem, 2, shared, info), body) == key.raw


def _both(pair: KeyPair) -> tuple[MLKEM768PrivateKey, X25519PrivateKey]:
    return (
        MLKEM768PrivateKey.from_seed_bytes(pair.seed[:MLKEM_SEED]),
        X25519PrivateKey.from_private_bytes(pair.seed[MLKEM_SEED:]),
    )
