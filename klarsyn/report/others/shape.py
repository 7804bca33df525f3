"""What the manifest and the signature must look like, name by name; pure."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, NoReturn

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.report.signing.manifest import FORMAT, canonical

_WORDS: Final = {"sv": str, "en": str}
_FIGURE: Final[Mapping[str, Any]] = {
    "indicator": str,
    "definition": str,
    "measures": [str],
    "kind": str,
    "file": str,
    "per": int,
    "level": float,
    "rounded_by": int,
    "variables": [str],
    "title": _WORDS,
    "says_not": _WORDS,
    "numerator": _WORDS,
    "sources": [str],
    "breaks": [{"on": str, **_WORDS}],
    "is_invented": bool,
}
_MANIFEST: Final[Mapping[str, Any]] = {
    "format": str,
    "municipality": str,
    "name": str,
    "year": int,
    "edition": int,
    "slug": str,
    "address": str,
    "is_invented": bool,
    "released_on": str,
    "signed_on": str,
    "what_changed": str,
    "content_hash": str,
    "licence": str,
    "population_file": str,
    "figures": [_FIGURE],
    "files": dict,
}
_LINK: Final = dict.fromkeys(("follows", "public", "valid_from", "signature"), str)
_SIGNATURE: Final[Mapping[str, Any]] = {
    "format": str,
    "algorithm": str,
    "public": str,
    "signature": str,
    "chain": [_LINK],
}
_LONGEST: Final = 4000
_MOST: Final = 500
_BIDI: Final = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def manifest(body: bytes) -> dict[str, Any]:
    """The manifest, of the right form in every part. Raises Refused."""
    return _read("manifest.json", body, _MANIFEST)


def signature(body: bytes) -> dict[str, Any]:
    """The signature, its keys and marks whole. Raises Refused."""
    found = _read("signature.json", body, _SIGNATURE)
    hexes = [(found["public"], 64), (found["signature"], 128)]
    hexes += [
        (link[n], size)
        for link in found["chain"]
        for n, size in (("follows", 64), ("public", 64), ("signature", 128))
    ]
    if found["algorithm"] != "Ed25519" or not all(
        re.fullmatch(rf"[0-9a-f]{{{n}}}", text) for text, n in hexes
    ):
        _refuse("signature.json", _("nyckeln eller signaturen är inte hel"))
    return found


def day(text: str) -> date:
    """A date of the manifest. Raises Refused."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        _refuse("manifest.json", _("ett datum går inte att läsa"))


def is_plain(text: str) -> bool:
    """Whether a text holds nothing that hides or turns what is read."""
    return not any(c in _BIDI or (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") for c in text)


def _read(name: str, body: bytes, shape: Mapping[str, Any]) -> dict[str, Any]:
    try:
        found = json.loads(body.decode("utf-8"), parse_constant=_no_number)
        is_canonical = canonical(found) == body
    except (ValueError, RecursionError):
        _refuse(name, _("den går inte att läsa"))
    if not is_canonical:
        _refuse(name, _("den är skriven på ett annat sätt än Klarsyn skriver den"))
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        _refuse(
            name, _("den har ett annat format än det här programmet läser (%(format)s)") % {"format": FORMAT}
        )
    where = _fault(found, shape)
    if where:
        _refuse(
            name,
            _("%(where)s saknas, är för mycket eller har fel slag")
            % {"where": ascii(where.strip("."))[1:-1]},
        )
    return found


def _fault(value: Any, shape: Any, where: str = "") -> str:
    """The first place that is not as it should be; "" when all is."""
    if isinstance(shape, Mapping):
        if not isinstance(value, dict):
            return where or "."
        odd = sorted(set(shape) ^ set(value))
        if odd:
            return f"{where}.{str(odd[0])[:40]}"
        return next((f for n in shape if (f := _fault(value[n], shape[n], f"{where}.{n}"))), "")
    if isinstance(shape, list):
        if not isinstance(value, list) or len(value) > _MOST:
            return where
        return next((f for i, v in enumerate(value, 1) if (f := _fault(v, shape[0], f"{where}.{i}"))), "")
    if shape is str:
        return "" if isinstance(value, str) and len(value) <= _LONGEST and is_plain(value) else where
    return "" if type(value) is shape else where  # True is no number here


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _refuse(name: str, why: str) -> NoReturn:
    raise Refused(
        _("%(name)s i paketet kan inte användas: %(why)s. Ingenting har ändrats. Be kommunen om rätt paket.")
        % {"name": name, "why": why}
    )
