"""Every decomposable graph of up to seven lists, with its cliques and the separators between them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]

MOST_LISTS: Final = 7  # 617,675 graphs; eight lists have 30,888,596
NUMBERS: Final = (1, 1, 2, 8, 61, 822, 18154, 617675)  # labelled decomposable graphs of 0 to 7 lists


@dataclass(frozen=True, slots=True, eq=False)
class Graphs:
    """All decomposable graphs of k lists.

    `masks` (2k-1 per graph, uint8): the cliques, then the separators, each as often as it parts cliques; the
    empty separator is left out. `cliques`, `separators` (graphs,) how many of each. A score of the graph is
    the sum over its cliques less the sum over its separators.
    """

    k: int
    masks: Bytes
    cliques: Bytes
    separators: Bytes

    def __len__(self) -> int:
        return len(self.cliques)

    def name(self, at: int) -> str:
        """The graph by its cliques, lists numbered from 1, such as "[12,13,4]"."""
        return graph_name(self.masks[at, : self.cliques[at]])


def graph_name(cliques: Bytes) -> str:
    """Cliques given as bit masks, as "[12,13,4]"."""
    words = ("".join(str(j + 1) for j in range(8) if int(mask) >> j & 1) for mask in cliques)
    return f"[{','.join(sorted(words))}]"


@lru_cache(maxsize=MOST_LISTS)
def decomposable_graphs(k: int) -> Graphs:
    """All decomposable (chordal) graphs of k = 1 to 7 labelled lists, each once.

    Taking a list away leaves a decomposable graph decomposable, so the graphs of k lists are those of k-1
    with one list added: its neighbours S may be any set such that each component of the rest touches S in a
    clique (else a cycle without a chord runs through the new list). ValueError for other k.
    Source: lauritzen-1996.
    """
    if not 1 <= k <= MOST_LISTS:
        raise ValueError(f"decomposable graphs are listed for 1 to {MOST_LISTS} lists, not {k}")
    edges = np.zeros((1, 1), dtype=np.uint8)
    for lists in range(2, k + 1):
        edges = _extended(edges, NUMBERS[lists])
    masks, cliques, separators = _parts(edges)
    for array in (masks, cliques, separators):
        array.flags.writeable = False
    return Graphs(k, masks, cliques, separators)


@njit(cache=True, nogil=True)
def _extended(edges: Bytes, total: int) -> Bytes:
    """Neighbour masks (total, k+1) of the graphs with one list more."""
    number, k = edges.shape
    found = np.zeros((total, k + 1), dtype=np.uint8)
    at = 0
    for g in range(number):
        for chosen in range(1 << k):
            if not _may_join(edges[g], chosen):
                continue
            for v in range(k):
                found[at, v] = edges[g, v] | (1 << k if chosen >> v & 1 else 0)
            found[at, k] = chosen
            at += 1
    return found


@njit(cache=True, nogil=True)
def _may_join(edges: Bytes, chosen: int) -> bool:
    """Whether a new list with these neighbours leaves the graph decomposable."""
    k = len(edges)
    left = ((1 << k) - 1) & ~chosen
    while left:
        part = left & -left
        reach = part
        while True:
            around = 0
            for v in range(k):
                if part >> v & 1:
                    around |= edges[v]
            reach = part | (around & left)
            if reach == part:
                break
            part = reach
        if not _is_clique(edges, around & chosen):
            return False
        left &= ~part
    return True


@njit(cache=True, nogil=True)
def _is_clique(edges: Bytes, members: int) -> bool:
    for v in range(len(edges)):
        if members >> v & 1 and (members & ~(1 << v)) & ~np.int64(edges[v]):
            return False
    return True


@njit(cache=True, nogil=True)
def _parts(edges: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Cliques and separators: lists are taken by maximum cardinality, each with its neighbours before it.

    List v with earlier neighbours P adds score(P + v) and takes away score(P); what cancels is no part.
    """
    number, k = edges.shape
    masks = np.zeros((number, 2 * k - 1), dtype=np.uint8)
    cliques = np.zeros(number, dtype=np.uint8)
    separators = np.zeros(number, dtype=np.uint8)
    times = np.zeros(1 << k, dtype=np.int64)
    for g in range(number):
        times[:] = 0
        done = 0
        for _ in range(k):
            best, most = 0, -1
            for v in range(k):
                if not done >> v & 1:
                    shared = _size(edges[g, v] & done)
                    if shared > most:
                        best, most = v, shared
            before = edges[g, best] & done
            times[before | 1 << best] += 1
            times[before] -= 1
            done |= 1 << best
        c = s = 0
        for mask in range(1, 1 << k):
            if times[mask] > 0:
                masks[g, c] = mask
                c += 1
        for mask in range(1, 1 << k):
            for _ in range(-times[mask]):
                masks[g, c + s] = mask
                s += 1
        cliques[g], separators[g] = c, s
    return masks, cliques, separators


@njit(cache=True, nogil=True)
def _size(mask: int) -> int:
    size = 0
    while mask:
        mask &= mask - 1
        size += 1
    return size
