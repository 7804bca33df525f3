"""HPKE written again from RFC 9180, base mode, so that the library is not its own witness."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KDF_ID, AES_256_GCM = 1, 2
X25519_ID, XWING_ID = 0x0020, 0x647A


def _extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt, ikm, "sha256")


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    out, block = b"", b""
    for i in range(1, 255):
        block = hmac.digest(key, block + info + bytes((i,)), "sha256")
        out += block
        if len(out) >= length:
            return out[:length]
    raise ValueError


def _labelled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return _extract(salt, b"HPKE-v1" + suite + label + ikm)


def _labelled_expand(suite: bytes, key: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return _expand(key, length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info, length)


@dataclass(frozen=True)
class Schedule:
    key: bytes
    nonce: bytes


def key_schedule(kem: int, aead: int, shared: bytes, info: bytes) -> Schedule:
    """RFC 9180, section 5.1, mode_base."""
    suite = b"HPKE" + b"".join(n.to_bytes(2, "big") for n in (kem, KDF_ID, aead))
    psk_hash = _labelled_extract(suite, b"", b"psk_id_hash", b"")
    info_hash = _labelled_extract(suite, b"", b"info_hash", info)
    context = b"\0" + psk_hash + info_hash
    secret = _labelled_extract(suite, shared, b"secret", b"")
    size = 16 if aead == 1 else 32
    return Schedule(
        _labelled_expand(suite, secret, b"key", context, size),
        _labelled_expand(suite, secret, b"base_nonce", context, 12),
    )


def dh_shared(enc: bytes, private: X25519PrivateKey) -> bytes:
    """DHKEM(X25519, HKDF-SHA256): Decap of RFC 9180, section 4.1."""
    suite = b"KEM" + X25519_ID.to_bytes(2, "big")
    dh = private.exchange(X25519PublicKey.from_public_bytes(enc))
    prk = _labelled_extract(suite, b"", b"eae_prk", dh)
    context = enc + private.public_key().public_bytes_raw()
    return _labelled_expand(suite, prk, b"shared_secret", context, 32)


def xwing_shared(enc: bytes, mlkem: MLKEM768PrivateKey, x25519: X25519PrivateKey) -> bytes:
    """X-Wing's combiner: SHA3-256(ss_M || ss_X || ct_X || pk_X || label)."""
    ct_m, ct_x = enc[:1088], enc[1088:]
    ss_m = mlkem.decapsulate(ct_m)
    ss_x = x25519.exchange(X25519PublicKey.from_public_bytes(ct_x))
    label = b"\\.//^\\"
    return hashlib.sha3_256(ss_m + ss_x + ct_x + x25519.public_key().public_bytes_raw() + label).digest()


def open_(schedule: Schedule, sealed: bytes, aad: bytes = b"") -> bytes:
    return AESGCM(schedule.key).decrypt(schedule.nonce, sealed, aad)
