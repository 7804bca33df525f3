"""A sealed record opens whole, in its place, with its key, or not at all."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.base.vault import (
    Context,
    Key,
    KeyPair,
    Unopenable,
    key_id,
    open_key,
    open_record,
    opener,
    seal_key,
    seal_record,
)
from klarsyn.base.vault.envelope import COMMITMENT, OVERHEAD, SALT, derive_own
from klarsyn.base.vault.padding import BUCKETS, bucket, pad, unpad
from klarsyn.base.vault.suites import Suite

PLACE = Context("jkpg", "mika-1", "cases_record", "body", uuid4(), uuid4(), 1, "note")
KEY, BODY = Key.new(), "Hon sa att hon vill prata på torsdag.".encode()
OTHERS = [
    replace(PLACE, **{f.name: {str: "other", UUID: uuid4(), int: 2}[type(getattr(PLACE, f.name))]})
    for f in fields(PLACE)
]


def _refused(key: Key, sealed: bytes, place: Context = PLACE) -> bool:
    try:
        open_record(key, sealed, place)
    except Unopenable:
        return True
    return False


def test_a_record_opens_as_it_was_sealed_and_says_its_key() -> None:
    sealed = seal_record(KEY, BODY, PLACE)
    assert open_record(KEY, sealed, PLACE) == BODY
    assert key_id(sealed) == PLACE.key and len(sealed) == 256 + OVERHEAD == 366
    assert BODY not in sealed and seal_record(KEY, BODY, PLACE) != sealed


def test_every_flipped_bit_of_every_byte_is_refused() -> None:
    sealed = seal_record(KEY, BODY, PLACE)
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1 << at % 8
        assert _refused(KEY, bytes(changed)), at


def test_every_cut_and_every_addition_is_refused() -> None:
    sealed = seal_record(KEY, BODY, PLACE)
    assert all(_refused(KEY, sealed[:length]) for length in range(len(sealed)))
    assert _refused(KEY, sealed + b"\0") and _refused(KEY, b"")


@pytest.mark.parametrize("place", OTHERS, ids=[f.name for f in fields(PLACE)])
def test_a_record_opens_in_no_other_place(place: Context) -> None:
    """Another instance, team, table, column, row, key id, epoch or purpose."""
    assert _refused(KEY, seal_record(KEY, BODY, PLACE), place)
    assert _refused(KEY, seal_record(KEY, BODY, place))


def test_many_rows_of_a_column_open_by_one_opener_each_in_its_own_row_alone() -> None:
    opened, rows = opener(KEY, PLACE), [uuid4() for _ in range(3)]
    sealed = [seal_record(KEY, row.bytes, replace(PLACE, row=row), suite=suite) for row, suite in zip(rows, (*Suite, Suite.HYBRID), strict=True)]  # fmt: skip
    assert [opened(row.bytes, one) for row, one in zip(rows, sealed, strict=True)] == [r.bytes for r in rows]
    wrong = [
        (rows[1].bytes, sealed[0]),
        (PLACE.row.bytes, sealed[0]),
        (rows[0].bytes, sealed[0][:-1]),
        (b"", sealed[0]),
    ]
    for other in (
        opener(Key.new(), PLACE),
        *(opener(KEY, place) for place in OTHERS if place.row == PLACE.row),
    ):
        with pytest.raises(Unopenable):
            other(rows[0].bytes, sealed[0])
    for row, one in (
        *wrong,
        (rows[0].bytes, bytes((2, *sealed[0][1:]))),
        (rows[0].bytes, bytes((1, 9, *sealed[0][2:]))),
    ):
        with pytest.raises(Unopenable):
            opened(row, one)


def test_another_key_and_another_suite_are_refused() -> None:
    sealed = seal_record(KEY, BODY, PLACE)
    assert _refused(Key.new(), sealed)
    downgraded = bytes((1, Suite.X25519)) + sealed[2:]
    assert _refused(KEY, downgraded)
    assert open_record(KEY, seal_record(KEY, BODY, PLACE, suite=Suite.X25519), PLACE) == BODY


def test_a_record_that_commits_to_another_key_is_refused_though_its_tag_is_right() -> None:
    """AES-GCM alone lets one ciphertext open under two keys; here everything is right but the commitment."""
    place, salt, nonce = PLACE.encode(Suite.HYBRID), b"s" * SALT, b"n" * 12
    own, commitment = derive_own(KEY, salt, b"klarsyn-1 record\0" + place)
    for claimed, opens in ((commitment, True), (b"c" * COMMITMENT, False)):
        head = bytes((1, Suite.HYBRID)) + PLACE.key.bytes + salt + claimed + nonce
        sealed = head + AESGCM(own).encrypt(nonce, pad(BODY), head + place)
        assert _refused(KEY, sealed) is not opens


def test_the_parts_of_two_records_never_fit_together() -> None:
    """Heads, commitments and bodies of two records under one key are swapped in every way."""
    a, b = seal_record(KEY, b"a", PLACE), seal_record(KEY, b"b", PLACE)
    cuts = (0, 2, 18, 18 + SALT, 18 + SALT + COMMITMENT, 110 - 16, len(a))
    for first, last in pairwise(cuts):
        mixed = a[:first] + b[first:last] + a[last:]
        assert mixed == a or _refused(KEY, mixed)


def test_a_key_sealed_for_one_place_opens_in_no_other_and_for_nobody_else() -> None:
    pair, key = KeyPair.new(), Key.new()
    sealed = seal_key(pair.public, key, PLACE)
    assert open_key(pair, sealed, PLACE) == key and len(sealed) == 1170
    tried = [(pair, sealed, place) for place in OTHERS] + [(KeyPair.new(), sealed, PLACE)]
    tried += [(pair, sealed[:length], PLACE) for length in range(len(sealed))]
    for at in range(len(sealed)):
        changed = bytearray(sealed)
        changed[at] ^= 1
        tried.append((pair, bytes(changed), PLACE))
    for who, what, where in tried:
        with pytest.raises(Unopenable):
            open_key(who, what, where)


def test_secrets_do_not_show_themselves() -> None:
    secret, pair = Key.new(), KeyPair.new()
    assert repr(secret) == "Key()" and repr(pair) == "KeyPair()"
    assert secret.raw.hex() not in f"{secret!s}{secret!r}{pair!s}"


@given(st.binary(max_size=9000))
def test_padding_comes_off_as_it_went_on(body: bytes) -> None:
    padded = pad(body)
    assert unpad(padded) == body and len(padded) in BUCKETS


def test_padding_is_the_same_in_ten_years_and_right_at_every_edge_of_a_bucket() -> None:
    assert pad(b"abc") == b"abc\x80" + bytes(252)
    for length in (0, 1, *(size + more for size in BUCKETS for more in (-2, -1, 0, 1))):
        padded = pad(b"x" * length)
        assert unpad(padded) == b"x" * length and len(padded) == bucket(length) > length
        for wrong in (padded + bytes(1), padded[:-1], padded[:-1] + b"\x81", bytes(len(padded))):
            with pytest.raises(Unopenable):
                unpad(wrong)


def test_sizes_are_few_and_bodies_of_one_bucket_look_alike() -> None:
    assert [bucket(n) for n in (0, 255, 256, 1023, 1024, 65_535, 65_536, 131_071)] == [
        256, 256, 1024, 1024, 4096, 65_536, 131_072, 131_072,
    ]  # fmt: skip
    assert len({len(seal_record(KEY, b"x" * n, PLACE)) for n in range(256)}) == 1
    for wrong in (b"", b"\x80" + b"\0" * 254, b"\0" * 256, b"x" * 256, pad(b"a") + b"\0" * 256):
        with pytest.raises(Unopenable):
            unpad(wrong)


@given(
    st.lists(st.text(max_size=5), min_size=5, max_size=5),
    st.lists(st.text(max_size=5), min_size=5, max_size=5),
)
def test_two_places_never_share_an_encoding(a: list[str], b: list[str]) -> None:
    def place(texts: list[str]) -> Context:
        return Context(texts[0], texts[1], texts[2], texts[3], UUID(int=1), UUID(int=2), 3, texts[4])

    assert (place(a).encode(2) == place(b).encode(2)) == (a == b)
