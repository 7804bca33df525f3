"""What is signed of an edition: every file with its hash, and what its figures mean; pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from klarsyn.base.vault import SigningPair, is_signed

FORMAT: Final = "klarsyn-edition/1"
MANIFEST, SIGNATURE = "manifest.json", "signature.json"
_EDITION: Final = b"klarsyn-1 edition\n"
_FOLLOWS: Final = b"klarsyn-1 key follows\n"


def canonical(payload: Any) -> bytes:
    """The one way to write it: sorted keys, no spaces, UTF-8, no NaN, a line feed at the end."""
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8") + b"\n"


def listed(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Each file with its size and SHA-256."""
    return {
        name: {"bytes": len(body), "sha256": hashlib.sha256(body).hexdigest()} for name, body in files.items()
    }


def signature(manifest: bytes, pair: SigningPair, chain: list[dict[str, str]]) -> bytes:
    """signature.json: the key, the signature over the manifest, and how this key follows on earlier ones."""
    return canonical(
        {
            "format": FORMAT,
            "algorithm": "Ed25519",
            "public": pair.public.hex(),
            "signature": pair.sign(_EDITION + manifest).hex(),
            "chain": chain,
        }
    )


def is_sound(manifest: bytes, public: bytes, signed: bytes) -> bool:
    """Whether this key signed exactly these bytes."""
    return is_signed(public, _EDITION + manifest, signed)


def vouch(municipality: str, new: bytes, old: SigningPair, valid_from: str) -> dict[str, str]:
    """The link by which the old key says which one comes after it."""
    link = {"follows": old.public.hex(), "public": new.hex(), "valid_from": valid_from}
    return {**link, "signature": old.sign(_FOLLOWS + canonical({**link, "municipality": municipality})).hex()}


def is_vouched(municipality: str, link: Mapping[str, str]) -> bool:
    """Whether the old key of the link really named the new one, for this municipality."""
    said = {name: link[name] for name in ("follows", "public", "valid_from")} | {"municipality": municipality}
    try:
        old, signed = bytes.fromhex(link["follows"]), bytes.fromhex(link["signature"])
    except ValueError:
        return False
    return is_signed(old, _FOLLOWS + canonical(said), signed)
