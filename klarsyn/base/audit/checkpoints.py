"""Signed tree heads in the form of C2SP tlog-checkpoint: origin, size, root, signature."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from klarsyn.base.vault import SigningPair, is_signed

_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log as it was at one moment. `text` is the signed note."""

    origin: str
    size: int
    root: bytes
    text: str


def signed(origin: str, size: int, root: bytes, signer: SigningPair) -> Checkpoint:
    """The note and its signature, as text."""
    body = f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n"
    signature = base64.b64encode(_key_hash(origin, signer.public) + signer.sign(body.encode())).decode()
    return Checkpoint(origin, size, root, f"{body}\n— {origin} {signature}\n")


def read(text: str, public: bytes) -> Checkpoint:
    """The checkpoint of a note. ValueError when it is none, or not signed with this key."""
    try:
        body, _, tail = text.partition("\n\n")
        origin, size, root = body.split("\n")
        dash, name, signature = tail.rstrip("\n").split(" ")
        raw = base64.b64decode(signature, validate=True)
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), text)
    except ValueError:
        raise ValueError("this is no checkpoint of a log") from None
    genuine = raw[:4] == _key_hash(origin, public) and is_signed(public, f"{body}\n".encode(), raw[4:])
    if not (dash == "—" and name == origin and genuine and len(found.root) == hashlib.sha256().digest_size):
        raise ValueError("the checkpoint is not signed with this log's key")
    return found


def _key_hash(origin: str, public: bytes) -> bytes:
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]
