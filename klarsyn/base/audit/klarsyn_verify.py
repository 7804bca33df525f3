#!/usr/bin/env python3
"""Checks an export of Klarsyn's log with the standard library alone, on a machine that never met Klarsyn.

    python3 klarsyn_verify.py log.jsonl
    python3 klarsyn_verify.py log.jsonl --words "lusab … gutih" --size 1234   (the municipality's diary)
    python3 klarsyn_verify.py log.jsonl --first-key HEX                       (the auditor's: also the MACs)
    python3 klarsyn_verify.py log.jsonl --public-key HEX                      (noted at installation)

Says which line is broken, and ends with 1; a whole log ends with 0. It checks the order, the chain from
line to line, the tree head of RFC 6962 at every checkpoint, the signatures (Ed25519, RFC 8032), and that
nothing is missing at the end. Only the printed words can show that the export is the newest: ask for them.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Sequence

FIELDS = {"sequence", "day", "at", "actor", "action", "team", "object", "outcome", "detail"}
CHAIN, STEP, WORDS = b"klarsyn-1 chain\0", b"klarsyn-1 log key\0", b"klarsyn-1 words\0"
CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
Point = tuple[int, int, int, int]


class Broken(Exception):
    """The log is not whole; the message says where."""


# Ed25519, verification only (RFC 8032, section 5.1.7): slow, small, and it needs nobody.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def recover_x(y: int, sign: int) -> int | None:
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * ROOT % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    return P - x if x & 1 != sign else x


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(n: int, p: Point) -> Point:
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p, n = add(p, p), n >> 1
    return q


def point(raw: bytes) -> Point | None:
    number = int.from_bytes(raw, "little")
    y = number & (1 << 255) - 1
    x = recover_x(y, number >> 255)
    return None if x is None else (x, y, 1, x * y % P)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    a, r, base = (
        point(public),
        point(signature[:32]),
        point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")),
    )
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or r is None or base is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % L
    left, right = times(s, base), add(r, times(h, a))
    return not any((left[i] * right[2] - right[i] * left[2]) % P for i in (0, 1))


def beginning_of(words: str) -> bytes:
    """The first 22 bytes of the tree head that the diary's twelve words stand for (proquints, a check)."""
    alphabets, body = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS), b""
    for word in words.lower().split():
        number = 0
        if len(word) != 5 or any(s not in a for s, a in zip(word, alphabets, strict=True)):
            raise Broken(f"the word {word!r} is not one of the log's words")
        for sign, alphabet in zip(word, alphabets, strict=True):
            number = number * len(alphabet) + alphabet.index(sign)
        body += number.to_bytes(2, "big")
    if len(body) != 24 or hashlib.sha256(WORDS + body[:22]).digest()[:2] != body[22:]:
        raise Broken("the words do not fit together: one is wrong, missing or one too many")
    return body[:22]


class Log:
    """What has been read so far."""

    def __init__(self, first_key: bytes | None) -> None:
        self.size, self.link, self.key = 0, bytes(32), first_key
        self.roots: list[bytes] = []  # of the full subtrees on the right edge
        self.heads: dict[int, bytes] = {}
        self.signed = -1  # size at the last checkpoint

    def root(self) -> bytes:
        if not self.roots:
            return hashlib.sha256(b"").digest()
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found

    def take(self, row: dict[str, str]) -> None:
        """One entry."""
        raw = row["entry"].encode()
        entry = json.loads(raw)
        again = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        if set(entry) != FIELDS or again != raw:
            raise Broken("it is not written the way the log writes")
        if entry["sequence"] != self.size:
            raise Broken(f"it says number {entry['sequence']}, but number {self.size} belongs here")
        leaf = hashlib.sha256(b"\x00" + raw).digest()
        self.link = hashlib.sha256(CHAIN + self.link + leaf).digest()
        if row["link"] != self.link.hex():
            raise Broken("the chain is broken: this line or the one before it was changed")
        self.check_mac(row["mac"])
        self.grow(leaf)

    def check_mac(self, mac: str) -> None:
        if self.key is None:
            if len(mac) != 64 or mac != mac.lower() or not bytes.fromhex(mac):
                raise Broken("the MAC is missing")
            return
        if mac != hmac.digest(self.key, self.link, "sha256").hex():
            raise Broken("the MAC is not the log's: it was written by someone who did not hold the key")
        self.key = hashlib.sha256(STEP + self.key).digest()

    def grow(self, leaf: bytes) -> None:
        self.roots.append(leaf)
        size = self.size
        while size & 1:
            right = self.roots.pop()
            self.roots[-1] = hashlib.sha256(b"\x01" + self.roots[-1] + right).digest()
            size >>= 1
        self.size += 1

    def check(self, text: str, origin: str, public: bytes) -> None:
        """One checkpoint."""
        body, _, tail = text.partition("\n\n")
        parts, signature = body.split("\n"), tail.removesuffix("\n").split(" ")
        if len(parts) != 3 or len(signature) != 3 or signature[:2] != ["—", origin] or parts[0] != origin:
            raise Broken("the checkpoint is not one of this log")
        raw = base64.b64decode(signature[2], validate=True)
        name = hashlib.sha256(origin.encode() + b"\n\x01" + public).digest()[:4]
        if raw[:4] != name or not is_signed(public, f"{body}\n".encode(), raw[4:]):
            raise Broken("the checkpoint's signature is false")
        if int(parts[1]) != self.size:
            raise Broken(f"the checkpoint is of {parts[1]} lines, but {self.size} stand before it")
        if self.signed == self.size:
            raise Broken("the checkpoint stands twice")
        if base64.b64decode(parts[2], validate=True) != self.root():
            raise Broken("the tree head of the checkpoint is not that of the lines before it")
        self.signed = self.size


class Reader:
    """Takes an export line by line."""

    def __init__(self, first_key: bytes | None, public_key: bytes | None) -> None:
        self.log, self.noted = Log(first_key), public_key
        self.name, self.size, self.public = "", -1, b""

    def take(self, line: str) -> None:
        if not line.endswith("\n"):
            raise Broken("it is cut off")
        row = json.loads(line)
        if json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":")) != line[:-1]:
            raise Broken("it is not written the way the log writes")
        if self.size < 0:
            self.begin(row)
        elif set(row) == {"checkpoint"}:
            self.log.check(row["checkpoint"], self.name, self.public)
        elif set(row) == {"entry", "link", "mac"}:
            self.log.take(row)
        else:
            raise Broken("it is neither an entry nor a checkpoint")

    def begin(self, row: dict[str, object]) -> None:
        if set(row) != {"log", "format", "public_key", "size"} or row["format"] != 1:
            raise Broken("the export is of another format")
        self.name, self.size = str(row["log"]), int(str(row["size"]))
        self.public = bytes.fromhex(str(row["public_key"]))
        if self.noted not in (None, self.public):
            raise Broken("the export names another key than the one noted at installation")


def read(
    lines: Iterable[str], first_key: bytes | None, public_key: bytes | None, wanted: int | None
) -> tuple[str, Log]:
    """(the log's name, the log) of an export; Broken with the number of the line."""
    reader, number = Reader(first_key, public_key), 0
    log = reader.log
    for number, line in enumerate(lines, 1):
        try:
            reader.take(line)
        except Broken as error:
            raise Broken(f"line {number}: {error}") from None
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise Broken(f"line {number}: it cannot be read ({type(error).__name__})") from None
        if log.size == wanted:
            log.heads[log.size] = log.root()
    if log.size != reader.size or log.signed != log.size:
        raise Broken(f"line {number + 1}: the end is missing, {log.size} entries stand of {reader.size}")
    return reader.name, log


def verify(asked: argparse.Namespace) -> str:
    """What is to be said of a whole log; Broken otherwise."""
    if (asked.words is None) != (asked.size is None):
        raise Broken("--words and --size belong together")
    first, public = (bytes.fromhex(text) if text else None for text in (asked.first_key, asked.public_key))
    with open(asked.export, encoding="utf-8", newline="\n") as lines:  # noqa: PTH123  as short as it can be
        name, log = read(lines, first, public, asked.size)
    if asked.words:
        if asked.size not in log.heads:
            raise Broken(f"line {log.size + 1}: {log.size} entries, but the diary tells of {asked.size}")
        if not log.heads[asked.size].startswith(beginning_of(asked.words)):
            raise Broken(f"the first {asked.size} entries are not those whose words stand in the diary")
    macs = "checked with the auditor's key" if first else "not checked (no --first-key)"
    diary = "fits" if asked.words else "not asked (no --words)"
    return f"whole: {log.size} entries of {name}, tree head {log.root().hex()}; MACs {macs}; diary {diary}"


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("export")
    parser.add_argument("--words", help="twelve words from the diary")
    parser.add_argument("--size", type=int, help="the number of entries that the words stand for")
    parser.add_argument("--first-key", help="the auditor's first key, hexadecimal")
    parser.add_argument("--public-key", help="the log's public key as noted at installation, hexadecimal")
    try:
        print(verify(parser.parse_args(argv)))
    except (Broken, OSError, ValueError) as error:
        print(f"BROKEN {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
