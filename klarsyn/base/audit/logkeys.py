"""The keys of the log: one signs its checkpoints, one belongs to the auditor and stays off the machine."""

from __future__ import annotations

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from klarsyn.base.vault import KeyPair, NotReady, SigningPair

SIGNING, AUDITOR = "log-signing.json", "auditor.json"


@dataclass(frozen=True, slots=True)
class LogKeys:
    """`auditor` is the public half: what is sealed to it only the auditor opens."""

    signer: SigningPair
    auditor: bytes


def folder() -> Path:
    return Path(settings.KEYS)


def ensure() -> LogKeys:
    """The log's keys, made the first time. The auditor's own key is then to be moved off the machine."""
    place = folder() / SIGNING
    if not place.exists():
        pair, signer = KeyPair.new(), SigningPair.new()
        _write(folder() / AUDITOR, {"seed": pair.seed})
        _write(place, {"seed": signer.seed, "auditor": pair.public})
    return read()


def read() -> LogKeys:
    """Raises NotReady when they are not there."""
    held = _read(folder() / SIGNING)
    return LogKeys(SigningPair(held["seed"]), held["auditor"])


def auditor(path: Path) -> KeyPair:
    """The auditor's pair, from the file the auditor keeps."""
    return KeyPair(_read(path)["seed"])


def _read(path: Path) -> dict[str, bytes]:
    try:
        return {name: base64.b64decode(text) for name, text in json.loads(path.read_text("ascii")).items()}
    except (OSError, ValueError) as error:
        raise NotReady(f"{path}: the log's key cannot be read ({type(error).__name__})") from None


def _write(path: Path, values: dict[str, bytes]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, json.dumps({k: base64.b64encode(v).decode() for k, v in values.items()}).encode())
        os.fsync(handle)
    finally:
        os.close(handle)
