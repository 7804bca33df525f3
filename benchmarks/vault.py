"""The speed that the vault promises, measured on this machine.

    python benchmarks/vault.py [--json] [--runs 7]

Each claim is a wall time or a rate with its bar; the fastest of the runs is compared, since what is asked is
what the work costs and not what else the machine was doing. Ends with status 1 when a bar is missed.
"""

import argparse
import json
import os
import sys
import timeit
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from klarsyn.base.vault import (
    CODE,
    STAFF,
    Context,
    Key,
    KeyPair,
    Recipe,
    derive,
    open_key,
    open_record,
    seal_key,
    seal_record,
)

PLACE = Context("bench", "mika-1", "cases_record", "body", uuid4(), uuid4(), 1, "note")
BODY = b"x" * 4095  # with its padding 4 KiB
KEY = Key.new()


@dataclass(frozen=True)
class Claim:
    """What was measured; `share` is how much of its bar it used (at most 1 = kept)."""

    name: str
    seconds: float
    bar_seconds: float
    share: float
    verdict: str


def best(work: Callable[[], object], runs: int, inner: int) -> float:
    return min(timeit.repeat(work, number=inner, repeat=runs)) / inner


def claim(name: str, seconds: float, bar: float) -> Claim:
    return Claim(name, seconds, bar, seconds / bar, "ok" if seconds <= bar else "missed")


def bare() -> None:
    """What any program must do for one record: a key by HKDF, a nonce, AES-256-GCM of 4 KiB."""
    own = HKDF(SHA256(), 32, os.urandom(32), b"record").derive(KEY.raw)
    AESGCM(own).encrypt(os.urandom(12), BODY + b"\x80", b"")


def envelope(runs: int) -> Iterator[Claim]:
    sealed, floor = seal_record(KEY, BODY, PLACE), best(bare, runs * 5, 300)
    for name, work in (
        ("seal 4 KiB, against bare HKDF + AES-GCM at 70 %", lambda: seal_record(KEY, BODY, PLACE)),
        ("open 4 KiB, against bare HKDF + AES-GCM at 70 %", lambda: open_record(KEY, sealed, PLACE)),
    ):
        yield claim(name, best(work, runs * 5, 300), floor / 0.7)


def wraps(runs: int) -> Iterator[Claim]:
    pair = KeyPair.new()
    sealed = seal_key(pair.public, KEY, PLACE)
    yield claim(
        "seal a key to a team (no bar set; 1 ms taken)",
        best(lambda: seal_key(pair.public, KEY, PLACE), runs, 50),
        1e-3,
    )
    yield claim(
        "open a key as a member (no bar set; 1 ms taken)",
        best(lambda: open_key(pair, sealed, PLACE), runs, 50),
        1e-3,
    )


def derivations(runs: int) -> Iterator[Claim]:
    pepper = os.urandom(32)
    yield claim(
        "a password, once a sign-in",
        best(lambda: derive("lösen", Recipe.new(STAFF, 1), pepper), runs, 1),
        0.8,
    )
    yield claim("an anonymous code", best(lambda: derive("1234", Recipe.new(CODE, 1), pepper), runs, 1), 0.3)


PARTS = (envelope, wraps, derivations)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--runs", type=int, default=7)
    asked = parser.parse_args()
    claims = [found for part in PARTS for found in part(asked.runs)]
    if asked.json:
        print(json.dumps([asdict(c) for c in claims], ensure_ascii=False))
    else:
        for c in claims:
            print(f"{c.name:<52} {c.seconds * 1e6:12.1f} µs  {c.share:5.2f} of the bar  {c.verdict}")
    return 0 if all(c.verdict == "ok" for c in claims) else 1


if __name__ == "__main__":
    raise SystemExit(main())
