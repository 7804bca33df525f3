"""What is sealed today must open in ten years: golden values, tried at every start."""

from __future__ import annotations

import base64
import io
import json
from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any, Final
from uuid import UUID

from klarsyn.base.vault.context import Context
from klarsyn.base.vault.envelope import open_record, seal_record
from klarsyn.base.vault.errors import NotReady, Unopenable
from klarsyn.base.vault.files import open_file
from klarsyn.base.vault.kdf import Cost, Recipe, derive
from klarsyn.base.vault.keys import Key
from klarsyn.base.vault.suites import CURRENT, Suite
from klarsyn.base.vault.wraps import KeyPair, SigningPair, is_signed, open_with, seal_to

GOLDEN: Final = "golden.json"
CONTEXT: Final = Context("golden", "team", "table", "column", UUID(int=1), UUID(int=2), 3, "self-test")
ELSEWHERE: Final = replace(CONTEXT, column="other")
COST: Final = Cost(2, 8 * 1024 * 1024)  # small: the numbers are checked, not the strength


@dataclass(frozen=True, slots=True)
class Golden:
    """One release's sealed values with the secrets that open them (made for this, used for nothing else)."""

    key: str
    seed: str
    body: str
    records: dict[str, str]  # by suite
    wraps: dict[str, str]
    file: str  # base64, the others hexadecimal
    password: str
    salt: str
    verifier: str
    kek: str


def golden() -> list[Golden]:
    """Every release's values, oldest first; none is ever taken out."""
    rows: list[dict[str, Any]] = json.loads((files(__package__) / GOLDEN).read_text(encoding="utf-8"))
    return [Golden(**row) for row in rows]


def self_test() -> None:
    """Seal, open, refuse to open elsewhere, and open what every release has sealed. Raises NotReady."""
    try:
        _round_trip()
        for values in golden():
            _opens(values)
    except NotReady:
        raise
    except Exception as error:
        raise NotReady(
            f"the vault's self-test failed ({type(error).__name__}): the cryptography of this machine is not "
            "what the product was tested with. Nothing was opened. Install the locked requirements."
        ) from error


def _round_trip() -> None:
    key, pair, signer = Key.new(), KeyPair.new(), SigningPair.new()
    sealed = seal_record(key, b"klarsyn", CONTEXT)
    wrapped = seal_to(pair.public, key.raw, CONTEXT)
    _must(open_record(key, sealed, CONTEXT) == b"klarsyn", "a record did not open as it was sealed")
    _must(open_with(pair, wrapped, CONTEXT) == key.raw, "a key did not open as it was sealed")
    _must(wrapped[1] == CURRENT, "keys are not sealed with the current suite")
    _must(_is_refused(key, sealed), "a record opened in another place")
    _must(is_signed(signer.public, b"a", signer.sign(b"a")), "a signature was not recognised")
    _must(not is_signed(signer.public, b"b", signer.sign(b"a")), "a false signature was taken for a true one")


def _is_refused(key: Key, sealed: bytes) -> bool:
    try:
        open_record(key, sealed, ELSEWHERE)
    except Unopenable:
        return True
    return False


def _opens(g: Golden) -> None:
    key, pair, body = Key(bytes.fromhex(g.key)), KeyPair(bytes.fromhex(g.seed)), g.body.encode()
    for suite in (s.name for s in Suite):
        record, wrap = bytes.fromhex(g.records[suite]), bytes.fromhex(g.wraps[suite])
        _must(open_record(key, record, CONTEXT) == body, "an old record does not open")
        _must(open_with(pair, wrap, CONTEXT) == key.raw, "an old key does not open")
    _about, pieces = open_file(key, io.BytesIO(base64.b64decode(g.file)), CONTEXT)
    _must(b"".join(pieces) == body, "an old file does not open")
    recipe = Recipe(COST.passes, COST.memory, bytes.fromhex(g.salt), 1)
    made = derive(g.password, recipe, key.raw)
    _must((made.verifier.hex(), made.kek.raw.hex()) == (g.verifier, g.kek), "a password gives other keys")


def _must(holds: bool, what: str) -> None:
    if not holds:
        raise NotReady(f"the vault's self-test failed: {what}. Nothing was opened.")
