"""A security key in software (WebAuthn level 2, ES256, no attestation), as far as the tests need one.

The package `soft-webauthn` does this too, but does not import beside fido2 2 (it wants names of fido2 1).
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor

PRESENT, ATTESTED = 0x01, 0x40


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


class Device:
    """Holds one key for one site. `create` and `get` answer the options as a browser would, for an origin."""

    def __init__(self, *, counts: bool = True) -> None:
        self.counts = counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.uses = 0

    def create(self, options: dict[str, Any], origin: str) -> str:
        key, point = options["publicKey"], self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        data = self._data(key["rp"]["id"], PRESENT | ATTESTED)
        data += bytes(16) + struct.pack(">H", len(self.id)) + self.id + cbor.encode(cose)
        about = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        client = _client("webauthn.create", key["challenge"], origin)
        return self._answer(clientDataJSON=client, attestationObject=about)

    def get(self, options: dict[str, Any], origin: str) -> str:
        key = options["publicKey"]
        client, data = _client("webauthn.get", key["challenge"], origin), self._data(key["rpId"], PRESENT)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, site: str, flags: int) -> bytes:
        self.uses += self.counts
        return hashlib.sha256(site.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _answer(self, **parts: bytes) -> str:
        response = {name: text(raw) for name, raw in parts.items()}
        mine = text(self.id)
        shown = {"id": mine, "rawId": mine, "type": "public-key", "response": response}
        return json.dumps({**shown, "clientExtensionResults": {}})


def _client(kind: str, challenge: str, origin: str) -> bytes:
    return json.dumps({"type": kind, "challenge": challenge, "origin": origin}).encode()
