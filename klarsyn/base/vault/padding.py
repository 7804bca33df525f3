"""Fixed sizes, so that the length of a note says nothing (ISO/IEC 7816-4 padding)."""

from __future__ import annotations

from typing import Final

from klarsyn.base.vault.errors import Unopenable

BUCKETS: Final = (256, 1024, 4096, 16_384, 65_536)
_MARK: Final = b"\x80"


def bucket(length: int) -> int:
    """The size that `length` bytes are padded to: the next bucket, above the largest in whole steps of it."""
    for size in BUCKETS:
        if length < size:  # the padding itself takes at least one byte
            return size
    return (length // BUCKETS[-1] + 1) * BUCKETS[-1]


def pad(body: bytes) -> bytes:
    return body + _MARK + bytes(bucket(len(body)) - len(body) - 1)


def unpad(padded: bytes) -> bytes:
    """The body of `pad`. Raises Unopenable when the size is no bucket or the padding is not ours.

    Only ever asked about bytes that a tag has vouched for, so how long it takes gives nothing away.
    """
    body = padded.rstrip(b"\0")
    if body[-1:] != _MARK or bucket(len(body) - 1) != len(padded):
        raise Unopenable
    return body[:-1]
