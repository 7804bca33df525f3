"""The keys of the log: one signs its checkpoints, one belongs to the auditor and stays off the machine."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from klarsyn.base import durable
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
        theirs = folder() / AUDITOR
        if not theirs.exists():  # it is there when the power went between the two files
            _write(theirs, {"seed": KeyPair.new().seed})
        _write(place, {"seed": SigningPair.new().seed, "auditor": auditor(theirs).public})
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
    held = {name: base64.b64encode(value).decode() for name, value in values.items()}
    durable.write_new(path, json.dumps(held).encode())
