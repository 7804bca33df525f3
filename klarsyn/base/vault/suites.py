"""Which primitives: one byte in every sealed value, bound into what it derives."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from cryptography.hazmat.primitives import hpke

VERSION: Final = 1


class Suite(IntEnum):
    """The same AEAD and KDF in both; what differs is how a key is sealed to a person or a team."""

    X25519 = 1  # for a machine whose library knows no ML-KEM; never chosen where the other works
    HYBRID = 2  # X25519 with ML-KEM-768 (X-Wing): safe while either of them is


CURRENT: Final = Suite.HYBRID
_KEM: Final = {Suite.X25519: hpke.KEM.X25519, Suite.HYBRID: hpke.KEM.MLKEM768_X25519}


def hpke_of(suite: Suite) -> hpke.Suite:
    return hpke.Suite(_KEM[suite], hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
