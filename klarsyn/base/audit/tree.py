"""The Merkle tree of RFC 6962 over the log's leaves, grown one leaf at a time."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

EMPTY: Final = hashlib.sha256(b"").digest()
_NODE: Final = b"\x01"


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(_NODE + left + right).digest()


@dataclass(frozen=True, slots=True)
class Frontier:
    """The roots of the full subtrees on the right edge, largest first: all that is needed to go on."""

    size: int = 0
    roots: tuple[bytes, ...] = ()

    def grown(self, leaf: bytes) -> Frontier:
        """With one leaf more."""
        roots, size = [*self.roots, leaf], self.size
        while size & 1:
            right = roots.pop()
            roots[-1] = node(roots[-1], right)
            size >>= 1
        return Frontier(self.size + 1, tuple(roots))

    def root(self) -> bytes:
        """The tree head of RFC 6962, section 2.1."""
        if not self.roots:
            return EMPTY
        found = self.roots[-1]
        for left in reversed(self.roots[:-1]):
            found = node(left, found)
        return found


def root_of(leaves: Sequence[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier = frontier.grown(leaf)
    return frontier.root()


def inclusion(leaves: Sequence[bytes], at: int) -> tuple[bytes, ...]:
    """The audit path of RFC 6962, section 2.1.1: proof that leaf `at` lies in the tree of all `leaves`."""
    if not 0 <= at < len(leaves):
        raise IndexError(f"line {at} of {len(leaves)}")
    if len(leaves) == 1:
        return ()
    half = _split(len(leaves))
    if at < half:
        return (*inclusion(leaves[:half], at), root_of(leaves[half:]))
    return (*inclusion(leaves[half:], at - half), root_of(leaves[:half]))


def root_from_inclusion(leaf: bytes, at: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to; None when the proof does not fit the size."""
    if not 0 <= at < size:
        return None
    found, last, rest = leaf, size - 1, list(path)
    while last:
        if at & 1 or at == last:
            if not rest:
                return None
            found = node(rest.pop(0), found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            if not rest:
                return None
            found = node(found, rest.pop(0))
        at, last = at >> 1, last >> 1
    return None if rest else found


def _split(size: int) -> int:
    """The largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1
