"""A sealed file: a stream of equal pieces that is whole only with its last one (libsodium's secretstream)."""

from __future__ import annotations

import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import BinaryIO, Final

from nacl import bindings as sodium
from nacl.exceptions import CryptoError

from klarsyn.base.vault.context import Context
from klarsyn.base.vault.envelope import COMMITMENT, SALT, derive_own
from klarsyn.base.vault.errors import Unopenable
from klarsyn.base.vault.keys import Key
from klarsyn.base.vault.suites import CURRENT, VERSION, Suite

PIECE: Final = 64 * 1024
SEALED_PIECE: Final = PIECE + sodium.crypto_secretstream_xchacha20poly1305_ABYTES
_STREAM_HEAD: Final = sodium.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_HEAD: Final = 2 + 16 + SALT + COMMITMENT
_MORE: Final = sodium.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_LAST: Final = sodium.crypto_secretstream_xchacha20poly1305_TAG_FINAL
_PURPOSE: Final = b"klarsyn-1 file\0"
_WIDTH: Final = 2
_LONGEST: Final = 4096


@dataclass(frozen=True, slots=True)
class About:
    """What stands inside, sealed with the rest: the file's name, its type and its length in bytes."""

    name: str
    media_type: str
    size: int


def seal_file(key: Key, about: About, body: Iterable[bytes], context: Context) -> Iterator[bytes]:
    """The sealed pieces of a file, made as it is read: never whole in memory, never in the clear on disk.

    `about` stands before the body; pieces are of 64 KiB, the last one padded, so that of the size only the
    number of pieces shows. ValueError when the body is not `about.size` long.
    """
    salt = secrets.token_bytes(SALT)
    place = context.encode(CURRENT)
    own, commitment = derive_own(key, salt, _PURPOSE + place)
    head = bytes((VERSION, CURRENT)) + context.key.bytes + salt + commitment
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    yield head + sodium.crypto_secretstream_xchacha20poly1305_init_push(state, own)
    pieces = _pieces(about, body)
    piece = next(pieces)
    for following in pieces:
        yield sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, head + place, _MORE)
        piece = following
    yield sodium.crypto_secretstream_xchacha20poly1305_push(state, piece, head + place, _LAST)


def _pieces(about: About, body: Iterable[bytes]) -> Iterator[bytes]:
    head = json.dumps([about.name, about.media_type, about.size]).encode()
    if len(head) > _LONGEST:
        raise ValueError("the file's name is too long")
    kept, seen = len(head).to_bytes(_WIDTH, "big") + head, 0
    for part in body:
        seen += len(part)
        kept += part
        while len(kept) >= PIECE:
            yield kept[:PIECE]
            kept = kept[PIECE:]
    if seen != about.size:
        raise ValueError("the file changed while it was read")
    yield sodium.sodium_pad(kept, PIECE)


def open_file(key: Key, source: BinaryIO, context: Context) -> tuple[About, Iterator[bytes]]:
    """(what the file is, its bytes in pieces), after every piece has been checked to the last.

    `source` is read twice, so nothing is handed out of a cut, changed or swapped file. Raises Unopenable.
    """
    start, about, room = source.tell(), None, 0
    for piece in _opened(key, source, context):
        about = about or _about(piece)[0]
        room += PIECE
    if about is None or room < about.size:
        raise Unopenable
    source.seek(start)
    return about, _body(_opened(key, source, context))


def _opened(key: Key, source: BinaryIO, context: Context) -> Iterator[bytes]:
    head = source.read(_HEAD)
    if len(head) < _HEAD or head[0] != VERSION or head[1] not in (Suite.X25519, Suite.HYBRID):
        raise Unopenable
    place = context.encode(head[1])
    own, commitment = derive_own(key, head[18 : 18 + SALT], _PURPOSE + place)
    if head[2:18] != context.key.bytes or not hmac.compare_digest(commitment, head[18 + SALT :]):
        raise Unopenable
    state = sodium.crypto_secretstream_xchacha20poly1305_state()
    stream = source.read(_STREAM_HEAD)
    if len(stream) != _STREAM_HEAD:
        raise Unopenable
    sodium.crypto_secretstream_xchacha20poly1305_init_pull(state, stream, own)
    tag = _MORE
    while tag != _LAST:
        sealed = source.read(SEALED_PIECE)
        if len(sealed) != SEALED_PIECE:  # also the end of the file: without FINAL it is not whole
            raise Unopenable
        try:
            piece, tag = sodium.crypto_secretstream_xchacha20poly1305_pull(state, sealed, head + place)
        except CryptoError:
            raise Unopenable from None
        yield piece
    if source.read(1):
        raise Unopenable


def _about(piece: bytes) -> tuple[About, bytes]:
    """(what the file is, the rest of its first piece)."""
    end = _WIDTH + int.from_bytes(piece[:_WIDTH], "big")
    name, media_type, size = json.loads(piece[_WIDTH:end])
    return About(name, media_type, size), piece[end:]


def _body(pieces: Iterator[bytes]) -> Iterator[bytes]:
    about, rest = _about(next(pieces))
    left = about.size
    for part in chain([rest], pieces):
        if left:
            yield part[:left]
        left -= min(left, len(part))
