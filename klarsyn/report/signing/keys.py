"""The publishing key: what the municipality signs its editions with, and every key before it."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from klarsyn.base import durable
from klarsyn.base.audit.words import words_of
from klarsyn.base.errors import Refused
from klarsyn.base.vault import SigningPair
from klarsyn.report.signing.manifest import vouch

FILE: Final = "publishing.json"


class PublishingKeyMissing(Refused):
    """The file of the key is there and cannot be read; without it nothing is signed."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One public key and its days. `signature` is the earlier key's word for this one; "" for a first key."""

    public: str
    valid_from: str
    valid_to: str = ""
    follows: str = ""
    signature: str = ""
    revoked_on: str = ""
    revoked_why: str = ""

    @property
    def words(self) -> str:
        return fingerprint(self.public)


@dataclass(frozen=True, slots=True)
class Ring:
    """The pair that signs now, and all public keys, oldest first; the last of them is the pair's."""

    pair: SigningPair
    keys: tuple[PublicKey, ...]

    def chain(self) -> list[dict[str, str]]:
        """The links that lead from earlier keys to the one that signs now."""
        names = ("follows", "public", "valid_from", "signature")
        return [{n: getattr(k, n) for n in names} for k in self.keys if k.follows]


def fingerprint(public: str) -> str:
    """The key in twelve words that can be read out on the phone."""
    return words_of(bytes.fromhex(public))


def path() -> Path:
    return Path(settings.HOME) / "keys" / FILE


def ensure(*, on: date) -> Ring:
    """The ring, with a first key made when there is none. Raises PublishingKeyMissing."""
    if not path().exists():
        pair = SigningPair.new()
        first = PublicKey(pair.public.hex(), on.isoformat())
        with suppress(FileExistsError):  # somebody else made it meanwhile
            durable.write_new(path(), _body(Ring(pair, (first,))))
    return read()


def read() -> Ring:
    """The ring as it lies on disk."""
    try:
        held: dict[str, Any] = json.loads(path().read_text("ascii"))
        ring = Ring(SigningPair(bytes.fromhex(held["seed"])), tuple(PublicKey(**k) for k in held["keys"]))
        is_whole = ring.keys[-1].public == ring.pair.public.hex()
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise _missing() from error
    if not is_whole:
        raise _missing()
    return ring


def published() -> tuple[PublicKey, ...]:
    """Every public key, oldest first; none before the first is made."""
    return read().keys if path().exists() else ()


def change(*, on: date) -> Ring:
    """A new key that the old one vouches for. What the old one signed stays good."""
    ring = ensure(on=on)
    pair, day = SigningPair.new(), on.isoformat()
    link = vouch(settings.MUNICIPALITY, pair.public, ring.pair, day)
    ended = replace(ring.keys[-1], valid_to=day)
    return _kept(Ring(pair, (*ring.keys[:-1], ended, PublicKey(**link))))


def revoke(*, on: date, why: str) -> Ring:
    """The key is no longer ours alone: it is said so, and a new one is made that nothing vouches for.

    Those who trusted the old key read the new one's words out with us and enter it anew.
    """
    if not why.strip():
        raise Refused(_("Skriv varför nyckeln spärras. Ingenting har ändrats. Texten publiceras."))
    ring = ensure(on=on)
    pair, day = SigningPair.new(), on.isoformat()
    ended = replace(ring.keys[-1], valid_to=day, revoked_on=day, revoked_why=why.strip()[:200])
    return _kept(Ring(pair, (*ring.keys[:-1], ended, PublicKey(pair.public.hex(), day))))


def _kept(ring: Ring) -> Ring:
    durable.write_over(path(), _body(ring))
    return ring


def _body(ring: Ring) -> bytes:
    held = {"seed": ring.pair.seed.hex(), "keys": [asdict(k) for k in ring.keys]}
    return json.dumps(held, indent=1).encode("ascii")


def _missing() -> PublishingKeyMissing:
    return PublishingKeyMissing(
        _(
            "Publiceringsnyckeln %(path)s kan inte läsas. Ingenting har signerats. Hämta filen ur det "
            "förseglade kuvertet, eller flytta undan den och gör en ny med `klarsyn federation key`; "
            "de som tar emot våra öppna data får då bekräfta den nya nyckeln."
        )
        % {"path": path()}
    )
