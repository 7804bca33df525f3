"""The vault at its edges: exact sizes, exact numbers, and each single thing that its self-test must notice."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

import pytest
from nacl import bindings as sodium

from klarsyn.base.vault import (
    CODE,
    STAFF,
    About,
    Context,
    Key,
    KeyPair,
    NotReady,
    Recipe,
    SigningPair,
    Unopenable,
    files,
    is_signed,
    kdf,
    key_id,
    open_file,
    pepper,
    seal_file,
    selftest,
)
from klarsyn.base.vault.envelope import OVERHEAD, derive_own
from klarsyn.base.vault.kdf import Derived

PLACE = Context("i", "t", "a", "b", UUID(int=7), UUID(int=8), 2, "p")
KEY = Key(bytes(range(32)))


def test_what_a_guess_costs_is_what_the_papers_say() -> None:
    assert (STAFF.passes, STAFF.memory) == (3, 67_108_864) and (CODE.passes, CODE.memory) == (2, 19_922_944)
    assert (kdf.SALT_BYTES, kdf._AT_ONCE, kdf._WAIT) == (16, 2, 8.0)


def test_a_recipe_is_new_each_time_and_keeps_what_it_is_given() -> None:
    one, two = Recipe.new(CODE, 5), Recipe.new(CODE, 5)
    assert (one.passes, one.memory, one.pepper_generation, len(one.salt)) == (2, CODE.memory, 5, 16)
    assert one.salt != two.salt and one.with_salt(two.salt) == two


def test_secrets_of_a_wrong_length_are_no_secrets_and_none_shows_itself() -> None:
    for wrong in (b"", bytes(31), bytes(33)):
        with pytest.raises(ValueError, match="32 bytes"):
            Key(wrong)
    for size in (0, 95, 97):
        with pytest.raises(ValueError, match="96 bytes"):
            KeyPair(bytes(size))
    assert repr(SigningPair(bytes(32))) == "SigningPair()"
    assert repr(Derived(b"v", KEY)) == "Derived(kek=Key())"
    assert str(Unopenable()) == "the sealed bytes cannot be opened here with this key"


def test_a_signature_is_recognised_or_not_and_never_something_else() -> None:
    pair = SigningPair.new()
    for public, message, signature in (
        (pair.public, b"b", pair.sign(b"a")),
        (b"short", b"a", pair.sign(b"a")),
    ):
        assert is_signed(public, message, signature) is False
    assert is_signed(pair.public, b"a", pair.sign(b"a")) is True


def test_the_name_of_a_key_is_read_from_the_shortest_record_and_from_nothing_shorter() -> None:
    assert OVERHEAD == 110
    assert key_id(bytes(2) + UUID(int=9).bytes + bytes(92)) == UUID(int=9)
    with pytest.raises(Unopenable):
        key_id(bytes(109))


def _file(about: About, body: bytes, *, claimed: bytes | None = None, named: UUID = PLACE.key) -> bytes:
    """A file of one piece made by hand, right but for what is asked for."""
    salt, place = b"s" * 32, PLACE.encode(2)
    own, commitment = derive_own(KEY, salt, b"klarsyn-1 file\0" + place)
    head = bytes((1, 2)) + named.bytes + salt + (claimed or commitment)
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    inner = json.dumps([about.name, about.media_type, about.size]).encode()
    piece = sodium.sodium_pad(len(inner).to_bytes(2, "big") + inner + body, files.PIECE)
    stream = sodium.crypto_secretstream_xchacha20poly1305_init_push(state, own)
    last = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
    return head + stream + sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, head + place, last)


def test_a_file_that_lies_about_its_length_its_key_or_its_commitment_is_refused() -> None:
    about = About("a", "b", 3)
    assert b"".join(open_file(KEY, io.BytesIO(_file(about, b"abc")), PLACE)[1]) == b"abc"
    for sealed in (
        _file(About("a", "b", 70_000), b"abc"), _file(about, b"abc", claimed=b"c" * 32), _file(about, b"abc", named=UUID(int=9)),
    ):  # fmt: skip
        with pytest.raises(Unopenable):
            open_file(KEY, io.BytesIO(sealed), PLACE)


def test_a_file_cut_anywhere_in_its_head_is_refused() -> None:
    sealed = _file(About("a", "b", 3), b"abc")
    for length in range(120):
        with pytest.raises(Unopenable):
            open_file(KEY, io.BytesIO(sealed[:length]), PLACE)


@pytest.mark.parametrize("over", [-1, 0, 1])
def test_a_body_that_fills_its_piece_exactly_comes_back_without_an_empty_piece(over: int) -> None:
    size = files.PIECE - 2 - len(json.dumps(["a", "b", 65_000])) + over
    sealed = b"".join(seal_file(KEY, About("a", "b", size), [bytes(size)], PLACE))
    about, pieces = open_file(KEY, _at(5, sealed), PLACE)
    found = list(pieces)
    assert about.size == size == sum(map(len, found)) and all(found)
    assert len(sealed) == 82 + 24 + (1 if over < 0 else 2) * files.SEALED_PIECE


def _at(start: int, sealed: bytes) -> io.BytesIO:
    """The file as it lies behind other bytes: it is read from where it stands."""
    source = io.BytesIO(b"x" * start + sealed)
    source.seek(start)
    return source


def test_a_name_may_be_as_long_as_a_page_and_no_longer() -> None:
    spare = 4096 - len(json.dumps(["", "b", 0]))
    assert list(seal_file(KEY, About("a" * spare, "b", 0), [], PLACE))
    with pytest.raises(ValueError, match="too long"):
        list(seal_file(KEY, About("a" * (spare + 1), "b", 0), [], PLACE))


def test_the_papers_copy_of_a_pepper_is_the_same_in_ten_years() -> None:
    made = pepper.Peppers(1, MappingProxyType({1: bytes(range(32))}))
    assert made.paper() == "AAAQ EAYE AUDA OCAJ BIFQ YDIO B4IB CEQT CQKR MFYY DENB WHA5 DYPW GDON"
    assert made.fingerprints() == {1: "972262204cb4a5e267039e6d2a6f0fce"}
    assert pepper.from_paper(made.paper()) == made.of(1) and len(pepper.from_paper(made.paper())) == 32


def test_a_pepper_file_with_a_short_or_a_missing_generation_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "pepper.json"
    assert len(pepper.create(path).of(1)) == 32
    held = json.loads(path.read_text())
    for wrong in ({**held, "current": 2}, {**held, "generations": {**held["generations"], "2": "AAAA"}}):
        path.write_text(json.dumps(wrong))
        with pytest.raises(NotReady, match="not whole"):
            pepper.read(path)
    path.write_text(json.dumps({**held, "generations": {"1": "*" + held["generations"]["1"]}}))
    with pytest.raises(NotReady, match="cannot be read"):
        pepper.read(path)
    path.write_text(json.dumps(held))
    for mode in (0o640, 0o604, 0o620, 0o610, 0o601):
        path.chmod(mode)
        with pytest.raises(NotReady, match="chmod 600"):
            pepper.read(path)
    path.chmod(0o400)
    assert pepper.read(path).current == 1


Broken = tuple[str, Callable[..., object], str]


@pytest.mark.parametrize(
    ("name", "instead", "told"),
    [
        ("open_record", lambda *_: b"other", "record did not open"),
        ("open_with", lambda *_: b"other", "key did not open"),
        ("_is_refused", lambda *_: False, "opened in another place"),
        ("is_signed", lambda *_: False, "not recognised"),
        ("is_signed", lambda *_: True, "false signature"),
        ("derive", lambda *_: Derived(b"v", KEY), "password gives other keys"),
        ("open_file", lambda *_: (None, [b"other"]), "old file does not open"),
    ],
)
def test_the_self_test_notices_each_single_fault(
    monkeypatch, name: str, instead: Callable[..., object], told: str
) -> None:
    monkeypatch.setattr(selftest, name, instead)
    with pytest.raises(NotReady, match=told):
        selftest.self_test()


def test_the_self_test_opens_every_old_record_and_key_and_refuses_another_place(monkeypatch) -> None:
    old = selftest.golden()[0]
    with pytest.raises(NotReady, match="old record"):
        selftest._opens(replace(old, body="another"))
    monkeypatch.setattr(selftest, "open_with", lambda *_: b"other")
    with pytest.raises(NotReady, match="old key"):
        selftest._opens(old)
    assert selftest._is_refused(KEY, b"no record at all") is True
    sealed = selftest.seal_record(KEY, b"x", selftest.ELSEWHERE)
    assert selftest._is_refused(KEY, sealed) is False
