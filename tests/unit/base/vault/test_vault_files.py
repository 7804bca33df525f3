"""A sealed file is whole or it is nothing."""

from __future__ import annotations

import io
from dataclasses import replace
from uuid import uuid4

import pytest

from klarsyn.base.vault import About, Context, Key, Unopenable, open_file, seal_file
from klarsyn.base.vault.files import PIECE, SEALED_PIECE

PLACE, KEY = Context("jkpg", "mika-1", "cases_file", "body", uuid4(), uuid4(), 1, "file"), Key.new()


def _sealed(size: int, name: str = "bild.jpg") -> tuple[bytes, bytes]:
    body = bytes(i * 7 % 251 for i in range(size))
    parts = [body[i : i + 5000] for i in range(0, size, 5000)]
    return body, b"".join(seal_file(KEY, About(name, "image/jpeg", size), parts, PLACE))


def _refused(sealed: bytes, key: Key = KEY, place: Context = PLACE) -> bool:
    try:
        open_file(key, io.BytesIO(sealed), place)
    except Unopenable:
        return True
    return False


@pytest.mark.parametrize("size", [0, 1, PIECE - 40, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_a_file_opens_as_it_was_sealed(size: int) -> None:
    body, sealed = _sealed(size)
    about, pieces = open_file(KEY, io.BytesIO(sealed), PLACE)
    assert about == About("bild.jpg", "image/jpeg", size) and b"".join(pieces) == body
    assert b"bild" not in sealed and b"jpeg" not in sealed


def test_of_the_size_only_the_number_of_pieces_shows() -> None:
    assert len(_sealed(10)[1]) == len(_sealed(60_000, "en mycket längre fil.jpg")[1])


def test_every_missing_piece_is_noticed_also_at_a_boundary() -> None:
    _body, sealed = _sealed(3 * PIECE)
    start = len(sealed) % SEALED_PIECE
    assert len(sealed) == start + 4 * SEALED_PIECE
    assert all(_refused(sealed[: start + i * SEALED_PIECE]) for i in range(4))
    assert all(_refused(sealed[:cut]) for cut in range(0, len(sealed), 997))
    assert _refused(sealed + b"\0") and _refused(sealed + sealed[-SEALED_PIECE:])


def test_pieces_cannot_be_swapped_doubled_or_taken_from_another_file() -> None:
    (_b, one), (_c, two) = _sealed(3 * PIECE), _sealed(3 * PIECE)
    start = len(one) % SEALED_PIECE
    cut = [one[start + i * SEALED_PIECE : start + (i + 1) * SEALED_PIECE] for i in range(4)]
    other = two[start : start + SEALED_PIECE]
    for order in ([1, 0, 2, 3], [0, 0, 1, 2, 3], [0, 2, 1, 3], [0, 1, 3]):
        assert _refused(one[:start] + b"".join(cut[i] for i in order))
    assert _refused(one[:start] + other + b"".join(cut[1:]))
    assert _refused(two[:start] + one[start:])


def test_every_changed_byte_is_noticed() -> None:
    _body, sealed = _sealed(100)
    for at in [*range(200), *range(200, len(sealed), 331), len(sealed) - 1]:
        changed = bytearray(sealed)
        changed[at] ^= 0x20
        assert _refused(bytes(changed)), at


def test_a_file_opens_with_its_key_in_its_place_only() -> None:
    _body, sealed = _sealed(100)
    assert _refused(sealed, Key.new()) and _refused(sealed, place=replace(PLACE, row=uuid4()))
    assert _refused(sealed, place=replace(PLACE, team="kast-1")) and _refused(b"")


def test_a_file_that_changes_while_it_is_read_is_not_sealed() -> None:
    with pytest.raises(ValueError, match="changed while it was read"):
        list(seal_file(KEY, About("a", "b", 10), [b"only this"], PLACE))
    with pytest.raises(ValueError, match="name is too long"):
        list(seal_file(KEY, About("a" * 5000, "b", 0), [], PLACE))
