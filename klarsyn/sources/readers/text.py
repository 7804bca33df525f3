"""From bytes to text and JSON without guessing in silence."""

import codecs
import json
import re
from dataclasses import dataclass

from klarsyn.sources.readers.observed import CutError, ReadError

_KNOWN = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-8-sig": "utf-8",
    "us-ascii": "utf-8",
    "iso-8859-1": "iso-8859-1",
    "iso8859-1": "iso-8859-1",
    "latin-1": "iso-8859-1",
    "latin1": "iso-8859-1",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
    "iso-8859-15": "iso-8859-15",
    "ansi": "windows-1252",
}
_C1 = re.compile(r"[\x80-\x9f]")  # control signs nobody writes; in these files they are windows-1252 letters


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and whether that was declared or found by trying."""

    text: str
    encoding: str
    is_sniffed: bool


def decode(body: bytes, declared: str = "") -> Decoded:
    """The text of `body`. `declared` is the charset the sender stated, "" when it stated none.

    A byte order mark decides; then what was declared, and a body that breaks its own declaration is an
    error that names the byte. With nothing declared UTF-8 is tried, then windows-1252.
    """
    if body.startswith(codecs.BOM_UTF8):
        return Decoded(_strict(body[3:], "utf-8", "utf-8"), "utf-8-sig", False)
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_strict(body, "utf-16", "utf-16"), "utf-16", False)
    if declared:
        return _as_declared(body, declared)
    if (text := _try(body, "utf-8")) is not None:
        return Decoded(text, "utf-8", True)
    return Decoded(_strict(body, "windows-1252", "utf-8 eller windows-1252"), "windows-1252", True)


def _as_declared(body: bytes, declared: str) -> Decoded:
    encoding = _KNOWN.get(declared.strip().strip("\"'").lower())
    if encoding is None:
        raise ReadError(f"Teckenkodningen ”{declared}” stöds inte.", "Be om UTF-8.")
    if encoding != "utf-8" and not body.isascii() and _try(body, "utf-8") is not None:
        raise ReadError(
            f"Innehållet sägs vara {declared} men är UTF-8; å, ä och ö skulle bli fel.",
            "Ange UTF-8 som teckenkodning.",
        )
    text = _strict(body, encoding, declared)
    if encoding == "iso-8859-1" and _C1.search(text):
        return Decoded(_strict(body, "windows-1252", "windows-1252"), "windows-1252", True)
    return Decoded(text, encoding, False)


def _try(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(body: bytes, encoding: str, stated: str) -> str:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as problem:
        if problem.reason == "unexpected end of data":
            raise CutError(f"Innehållet slutar mitt i ett tecken, efter {len(body)} byte.") from None
        byte = body[problem.start]
        raise ReadError(
            f"Innehållet sägs vara {stated}, men byte {problem.start} (0x{byte:02X}) är inte det.",
            "Ange rätt teckenkodning eller hämta filen som UTF-8.",
        ) from None


def load_json(body: bytes, declared: str = "") -> object:
    """JSON as Python objects. A web page, a cut text, NaN and wrong encodings are errors that say so."""
    text = decode(body, declared or "utf-8").text
    stripped = text.strip()
    if stripped[:1] == "<":
        raise ReadError(
            "Källan svarade med en webbsida i stället för siffror (ofta underhåll).", "Försök igen senare."
        )
    if not stripped:
        raise CutError("Innehållet är tomt.")
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as problem:
        if problem.pos >= len(stripped) or stripped[-1] not in "}]":
            raise CutError(f"Innehållet är avklippt efter {len(body)} byte.") from None
        raise ReadError(f"Innehållet är inte giltig JSON (rad {problem.lineno}).") from None
    except (ValueError, RecursionError):
        raise ReadError("Innehållet är JSON som inte går att läsa (för djup eller för stora tal).") from None


def _no_constant(name: str) -> float:
    raise ReadError(f"Innehållet har {name} där ett tal ska stå.")
