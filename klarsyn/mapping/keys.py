"""The release key: the secret that makes the same people round the same way in every table and year."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

BYTES: Final = 32


class KeyMissing(Refused):
    """The release key is gone or is no key; what was published could not be kept consistent without it."""


def release_key(*, is_published: bool) -> bytes:
    """The key in HOME/keys/release.key, made once. `is_published`: something was protected with it already.

    Raises KeyMissing when the file is no key, or is gone although figures were published with it.
    """
    path = _place()
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        if is_published:
            raise _missing(path, _("den finns inte")) from None
        key = _made(path)
    if len(key) != BYTES:
        raise _missing(path, _("den har inte %(bytes)d byte") % {"bytes": BYTES})
    return key


def has_key() -> bool:
    """Whether a key has been made."""
    return _place().exists()


def forget_key(key: bytes) -> None:
    """Take away a key that was just made and that nothing was protected with; another one is left alone."""
    path = _place()
    if path.exists() and path.read_bytes() == key:
        path.unlink()


def _place() -> Path:
    return Path(settings.HOME) / "keys" / "release.key"


def fingerprint(key: bytes) -> str:
    """What may be written down of a key: enough to know it again, nothing to find it by."""
    return hashlib.sha256(b"klarsyn release key\n" + key).hexdigest()[:16]


def _made(path: Path) -> bytes:
    """A new key, whole or not at all; when somebody else made one meanwhile, theirs."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".release-{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(BYTES))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink(missing_ok=True)
    return path.read_bytes()


def _missing(path: Path, why: str) -> KeyMissing:
    return KeyMissing(
        _(
            "Nyckeln %(path)s kan inte användas: %(why)s. Ingenting har ändrats. "
            "Hämta den ur säkerhetskopian; med en ny nyckel skulle samma människor avrundas på ett annat "
            "sätt och kunna räknas fram."
        )
        % {"path": path, "why": why}
    )
