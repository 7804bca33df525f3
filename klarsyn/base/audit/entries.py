"""One line of the log: what is written down, how it is hashed, and how it hangs on the line before it."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from typing import Final

START: Final = bytes(32)  # the first line hangs on nothing
_LEAF: Final = b"\x00"
_CHAIN: Final = b"klarsyn-1 chain\0"
_STEP: Final = b"klarsyn-1 log key\0"
_NAMES: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*\Z")
OUTCOMES: Final = ("ok", "refused", "failed")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the log says of one act. No names of clients, no words of theirs, nothing finer than is needed.

    `at` is empty for what an anonymous client does: there the day must do. `actor` and `object` are
    pseudonyms and random ids as text. `detail` is the SHA-256 of a sealed text, or empty.
    """

    sequence: int
    day: str
    at: str
    actor: str
    action: str
    team: str
    object: str
    outcome: str
    detail: str

    def __post_init__(self) -> None:
        if self.sequence < 0 or self.outcome not in OUTCOMES or not _NAMES.match(self.action):
            raise ValueError(f"no line of a log: {self.action!r} {self.outcome!r}")

    def encode(self) -> bytes:
        """The one way of writing it down: JSON with sorted keys and nothing between."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def leaf_of(entry: bytes) -> bytes:
    """The leaf of RFC 6962: SHA-256 of 0x00 and the line."""
    return hashlib.sha256(_LEAF + entry).digest()


def chained(before: bytes, leaf: bytes) -> bytes:
    """A line's link: it holds everything before it."""
    return hashlib.sha256(_CHAIN + before + leaf).digest()


def mac_of(key: bytes, link: bytes) -> bytes:
    """Only who held the log's key at that moment can have written this."""
    return hmac.digest(key, link, "sha256")


def next_key(key: bytes) -> bytes:
    """The key of the next line. The old one is thrown away: nobody can write yesterday anew today."""
    return hashlib.sha256(_STEP + key).digest()
