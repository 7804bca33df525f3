"""Random texts, every way in which one may be written down, and a search for all of them at once."""

from __future__ import annotations

import base64
import html
import json
import secrets
import string
import struct
import zlib
from collections.abc import Iterable, Iterator
from math import ceil, log2
from typing import Final
from urllib.parse import quote

import numpy as np
import numpy.typing as npt

WINDOW: Final = 8  # the sieve looks at eight bytes, at either end of a text: a cut text is found as well
# How much must be there before it is called found. Eight digits of a code stand somewhere in a hundred megabytes of
# digits by chance, and eight of sixteen in a log full of hexadecimal rows; 56 bits do not.
ENOUGH_BITS: Final = 56
_WIDE: Final = {
    "hex": 2,
    "HEX": 2,
    "utf-16 little": 2,
    "utf-16 big": 2,
    "percent all": 3,
    "percent all small": 3,
}
_SIGNS: Final = string.ascii_letters + string.digits
_MIX: Final = np.uint64(0x9E3779B97F4A7C15)
_BITS: Final = 24
_DEEP: Final = 3
_MOST: Final = 1 << 26
_SMALL: Final = 1 << 12  # so short a file is tried at each byte for a stream without any head


def signs_needed(plain: str) -> int:
    """So many signs, from either end, that chance does not write them."""
    letters = set(plain) - set(" å")
    for alphabet in (
        string.digits,
        "0123456789abcdef",
        string.ascii_lowercase,
        string.ascii_lowercase + string.digits,
    ):
        if letters <= set(alphabet):
            break
    else:
        alphabet = _SIGNS
    return max(WINDOW, ceil(ENOUGH_BITS / log2(len(alphabet))))


def canary() -> str:
    """96 random bits and a letter that each encoding writes in its own way."""
    one, two = ("".join(secrets.choice(_SIGNS) for _ in range(9)) for _ in range(2))
    return f"{one}å{two}"


def written(text: str) -> dict[str, bytes]:
    """The text in each way of writing it, by the way's name."""
    plain = text.encode()
    found = {
        "utf-8": plain,
        "utf-16 little": text.encode("utf-16-le"),
        "utf-16 big": text.encode("utf-16-be"),
        "latin-1": text.encode("latin-1"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "percent": quote(text, safe="").encode(),
        "percent all": "".join(f"%{b:02X}" for b in plain).encode(),
        "percent all small": "".join(f"%{b:02x}" for b in plain).encode(),
        "json": json.dumps(text)[1:-1].encode(),
        "html": html.escape(text).encode("ascii", "xmlcharrefreplace"),
        "octal": "".join(chr(b) if b < 128 else f"\\{b:03o}" for b in plain).encode(),
        "small": text.lower().encode(),
    }
    for offset in range(3):
        found |= {f"{name} at {offset}": body for name, body in _base64(plain, offset)}
    for phase in range(8):  # PostgreSQL's own compression writes a byte of flags before every eight
        body = bytearray(plain)
        for at in range(phase, len(body), WINDOW + 1):
            body.insert(at, 0)
        found[f"pglz {phase}"] = bytes(body)
    return found


def _base64(plain: bytes, offset: int) -> Iterator[tuple[str, bytes]]:
    """Without the signs that what stands before or after has a part in."""
    body = base64.b64encode(bytes(offset) + plain + bytes(3))
    inner = body[(offset * 8 + 5) // 6 : (offset + len(plain)) * 8 // 6]
    yield "base64", inner
    yield "base64 for addresses", inner.replace(b"+", b"-").replace(b"/", b"_")


class Search:
    """Finds any of many texts in any of their ways of being written, also inside compressed streams."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.names: dict[int, list[tuple[str, str, int, bytes]]] = {}
        for text in texts:
            for way, body in written(text).items():
                least = signs_needed(text.lower() if way == "small" else text)
                long = min(len(body), least * _WIDE.get(way, 1))
                for before, part, kept in (
                    (0, body[:WINDOW], body[:long]),
                    (long - WINDOW, body[-WINDOW:], body[-long:]),
                ):
                    word = struct.unpack("<Q", part)[0]
                    self.names.setdefault(word, []).append((text, way, before, kept))
        self.known = np.array(sorted(self.names), dtype=np.uint64)
        self.filter = np.zeros(1 << _BITS, dtype=bool)
        self.filter[self._mixed(self.known)] = True

    @staticmethod
    def _mixed(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
        return (words * _MIX) >> np.uint64(64 - _BITS)

    def found(self, data: bytes, depth: int = 0) -> dict[str, set[str]]:
        """By text, the ways in which it is written there."""
        hits: dict[str, set[str]] = {}
        for word, at in self._words(data):
            for text, way, before, kept in self.names[word]:
                if data[max(0, at - before) : at - before + len(kept)] == kept:
                    hits.setdefault(text, set()).add(way if depth == 0 else f"compressed {way}")
        if depth < _DEEP:
            for inner in inflated(data, is_whole=depth == 0):
                for text, ways in self.found(inner, depth + 1).items():
                    hits.setdefault(text, set()).update(ways)
        return hits

    def _words(self, data: bytes) -> Iterator[tuple[int, int]]:
        """(eight bytes that begin or end something, where they stand)."""
        whole = np.frombuffer(data, dtype=np.uint8)
        for shift in range(min(WINDOW, max(0, len(data) - WINDOW + 1))):
            count = (len(data) - shift) // WINDOW
            words = whole[shift : shift + count * WINDOW].view("<u8")
            places = np.flatnonzero(self.filter[self._mixed(words)])
            likely = words[places]
            near = self.known[np.minimum(np.searchsorted(self.known, likely), len(self.known) - 1)]
            for place, word in zip(places[near == likely], likely[near == likely], strict=True):
                yield int(word), shift + int(place) * WINDOW


def inflated(data: bytes, *, is_whole: bool) -> Iterator[bytes]:
    """What every zlib, gzip and deflate stream in the bytes holds; `is_whole`: of a file, not of a stream in one."""
    view = memoryview(data)
    for start, bits in _heads(data, is_whole and len(data) < _SMALL):
        try:
            body = zlib.decompressobj(bits).decompress(view[start : start + _MOST], _MOST)
        except zlib.error:
            continue
        if len(body) >= WINDOW:
            yield body


def _heads(data: bytes, also_bare: bool) -> Iterator[tuple[int, int]]:
    for second in (b"\x01", b"\x5e", b"\x9c", b"\xda"):
        yield from ((at, 15) for at in _all(data, b"\x78" + second))
    yield from ((at, 31) for at in _all(data, b"\x1f\x8b\x08"))
    for at in _all(data, b"PK\x03\x04"):
        name, extra = struct.unpack("<HH", data[at + 26 : at + 30].ljust(4, b"\0"))
        yield at + 30 + name + extra, -15
    if also_bare:
        yield from ((at, -15) for at in range(len(data)))


def _all(data: bytes, mark: bytes) -> Iterator[int]:
    at = data.find(mark)
    while at >= 0:
        yield at
        at = data.find(mark, at + 1)
