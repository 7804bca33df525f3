"""The pepper: a secret outside the database and its backups, without which no password opens anything."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Final

from klarsyn.base import durable
from klarsyn.base.vault.errors import NotReady

PEPPER_BYTES: Final = 32
_GROUP: Final = 4
_OTHERS: Final = 0o077


@dataclass(frozen=True, slots=True)
class Peppers:
    """Every generation still in use, by number; new passwords take the current one."""

    current: int
    generations: Mapping[int, bytes] = field(repr=False)

    def of(self, generation: int) -> bytes:
        """The pepper of a generation. Raises NotReady when it has been retired."""
        if generation not in self.generations:
            raise NotReady(f"pepper generation {generation} is not in the pepper file")
        return self.generations[generation]

    def fingerprints(self) -> dict[int, str]:
        """What may be kept beside the database to notice a wrong pepper; gives nothing away about it."""
        return {
            n: hashlib.sha256(b"klarsyn pepper " + raw).hexdigest()[:32]
            for n, raw in self.generations.items()
        }

    def check(self, kept: Mapping[int, str]) -> None:
        """Raises NotReady when a generation the database relies on is missing or another."""
        mine = self.fingerprints()
        wrong = [n for n, fingerprint in kept.items() if mine.get(n) != fingerprint]
        if wrong:
            raise NotReady(
                f"the pepper file does not hold generation {wrong[0]} that this database was made with; "
                "bring back the right file, or type in the sealed paper copy. Nothing has been changed."
            )

    def paper(self) -> str:
        """The current pepper for the sealed envelope: base32 in groups of four, the last a check group."""
        raw = self.generations[self.current]
        text = base64.b32encode(raw + hashlib.sha256(raw).digest()[:3]).decode()  # 56 signs
        return " ".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def from_paper(text: str) -> bytes:
    """The pepper typed in from paper. Raises NotReady when a sign is wrong or missing."""
    plain = "".join(text.split()).upper()
    try:
        raw = base64.b32decode(plain)
    except ValueError:
        raw = b""
    body, check = raw[:PEPPER_BYTES], raw[PEPPER_BYTES:]
    if len(body) != PEPPER_BYTES or hashlib.sha256(body).digest()[:3] != check:
        raise NotReady("the words from the paper do not fit together: a sign is wrong or missing")
    return body


def read(path: Path) -> Peppers:
    """The pepper file. Raises NotReady when it is not there, not ours, or readable by others."""
    try:
        mode = path.stat().st_mode
        held = json.loads(path.read_text(encoding="ascii"))
        found = {int(n): base64.b64decode(text, validate=True) for n, text in held["generations"].items()}
        peppers = Peppers(int(held["current"]), MappingProxyType(found))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NotReady(f"{path}: the pepper file cannot be read ({type(error).__name__})") from None
    if mode & _OTHERS:
        raise NotReady(f"{path}: the pepper file may be read by others; run chmod 600 on it")
    if peppers.current not in found or any(len(raw) != PEPPER_BYTES for raw in found.values()):
        raise NotReady(f"{path}: the pepper file is not whole")
    return peppers


def create(path: Path) -> Peppers:
    """A new pepper file. Raises FileExistsError: an old one is never written over."""
    made = Peppers(1, MappingProxyType({1: secrets.token_bytes(PEPPER_BYTES)}))
    durable.write_new(path, _written(made))
    return made


def rotate(path: Path) -> Peppers:
    """Add a generation and make it current. Staff move to it at their next sign-in."""
    old = read(path)
    number = max(old.generations) + 1
    both = {**old.generations, number: secrets.token_bytes(PEPPER_BYTES)}
    return _replaced(path, Peppers(number, MappingProxyType(both)))


def retire(path: Path, generation: int) -> Peppers:
    """Take a generation away, once nothing is wrapped with it any more. Never the current one."""
    old = read(path)
    if generation == old.current:
        raise NotReady("the current generation cannot be retired; rotate first")
    left = {n: raw for n, raw in old.generations.items() if n != generation}
    return _replaced(path, Peppers(old.current, MappingProxyType(left)))


def _replaced(path: Path, peppers: Peppers) -> Peppers:
    durable.write_over(path, _written(peppers))
    return peppers


def _written(peppers: Peppers) -> bytes:
    text = {str(n): base64.b64encode(raw).decode() for n, raw in peppers.generations.items()}
    return json.dumps({"current": peppers.current, "generations": text}).encode()
