"""Tables of noise for the cell-key method: by maximum entropy, or as the ONS reads its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.errors import DisclosureError

Ints = NDArray[np.int64]
Array = NDArray[np.float64]

KEYS = 2**32  # cell keys go from 0 below this
_STEPS = 200
_INSIDE = 0.02  # how far, as a share, the variance stays inside what is possible


class NoiseError(DisclosureError):
    """The noise asked for cannot exist; the message says which demand to loosen."""


class Noise(Protocol):
    """What perturbation asks of a table: the noise of each cell, and how far it goes at most."""

    @property
    def reach(self) -> int: ...

    def of(self, counts: Ints, key_sums: Ints) -> Ints: ...


@dataclass(frozen=True, slots=True, eq=False)
class PTable:
    """Noise by maximum entropy. Made by `make_ptable`.

    edges (rows, 2·reach+1): row n is for count n, the last row for all larger counts; the noise is -reach + k
    where k edges are at or below the cell key. least_shown: the smallest result above 0.
    """

    edges: Ints
    reach: int
    least_shown: int

    def of(self, counts: Ints, key_sums: Ints) -> Ints:
        """The noise of cells of any shape: counts from 0, sums of record keys from 0."""
        rows = self.edges[np.minimum(counts, len(self.edges) - 1)]
        below = (rows <= (key_sums % KEYS)[..., None]).sum(axis=-1)
        return np.asarray(below - self.reach, dtype=np.int64)

    def probabilities(self) -> Array:
        """(rows, 2·reach+1): the probability of each noise from -reach to reach."""
        return np.diff(self.edges, axis=1, prepend=0) / KEYS


def make_ptable(*, reach: int, variance: float, least_shown: int = 1, zero_share: float = 0.0) -> PTable:
    """The noise with the greatest entropy among all with mean 0 and the variance asked for.

    reach: largest noise either way, D. variance: V, moved to the nearest possible one for small counts.
    least_shown: no result from 1 to this less 1. zero_share: the probability that an empty cell shows
    someone, above 0 only where reach >= least_shown; then empty cells have mean noise above 0, all others 0.
    p(v) ∝ exp(a·v + b·v²) on the v that are allowed; a and b by Newton's method. NoiseError when a count has
    no such noise. For products of a large register; tables of a few hundred people are rounded instead.
    Source: giessing-2016.
    """
    if reach < 1 or least_shown < 1 or not 0 <= zero_share < 1 or variance <= 0:
        raise NoiseError(
            "reach and least_shown start at 1, the variance is above 0, zero_share from 0 below 1"
        )
    if zero_share and reach < least_shown:
        raise NoiseError(
            f"an empty cell cannot show {least_shown} with noise of at most {reach}; raise reach"
        )
    values = np.arange(-reach, reach + 1)
    rows = []
    for count in range(reach + least_shown + 1):
        result = count + values
        allowed = (result == 0) | (result >= least_shown)
        rows.append(np.zeros(len(values)))
        if count:
            rows[-1][allowed] = _greatest_entropy(values[allowed], variance, count)
        else:
            rows[-1][reach] = 1 - zero_share
            shown = allowed & (values > 0)
            rows[-1][shown] = zero_share / max(shown.sum(), 1)
    edges = np.round(np.cumsum(rows, axis=1) * KEYS).astype(np.int64)
    edges[:, -1] = KEYS
    return PTable(edges, reach, least_shown)


def _greatest_entropy(values: Ints, variance: float, count: int) -> Array:
    below, above = values[values < 0], values[values > 0]
    if not len(below) or not len(above):
        raise NoiseError(f"no noise of mean 0 keeps a count of {count} out of the gap; raise reach")
    if len(values) == 2:
        span = int(above[0] - below[0])
        return np.array([int(above[0]) / span, -int(below[0]) / span])
    least = 0.0 if 0 in values else float(-below[-1] * above[0])
    most = float(-below[0] * above[-1])
    room = _INSIDE * (most - least)
    return _solve(values.astype(np.float64), min(max(variance, least + room), most - room))


def _solve(values: Array, variance: float) -> Array:
    """Newton's method on the convex dual log Σ exp(a·v + b·v²) - b·variance, halved until it falls."""
    scale = float(np.abs(values).max())
    features = np.stack([values / scale, (values / scale) ** 2])
    wanted = np.array([0.0, variance / scale**2])

    def dual(at: Array) -> float:
        return float(np.logaddexp.reduce(at @ features) - at @ wanted)

    def shares(at: Array) -> Array:
        return np.asarray(np.exp(at @ features - np.logaddexp.reduce(at @ features)), dtype=np.float64)

    at = np.zeros(2)
    for _ in range(_STEPS):
        share = shares(at)
        miss = features @ share - wanted
        if np.abs(miss).max() < 1e-13:
            break
        spread = (features * share) @ features.T - np.outer(features @ share, features @ share)
        step, size = np.linalg.solve(spread, miss), 1.0
        while dual(at - size * step) > dual(at) + 1e-15 and size > 1e-10:
            size /= 2
        at = at - size * step
    return shares(at)


@dataclass(frozen=True, slots=True, eq=False)
class OnsTable:
    """A table as the ONS keeps it: noise (rows, keys) for a count and a cell key.

    The cell key is the sum of record keys modulo the number of keys. Row n is for count n up to the last row,
    750; above it the rows 501 to 750 are used again: ((n - 1) mod 250) + 501. A count of 0 has no noise.
    Source: ons-cell-key.
    """

    noise: Ints

    @property
    def reach(self) -> int:
        return int(np.abs(self.noise).max())

    def of(self, counts: Ints, key_sums: Ints) -> Ints:
        """The noise of cells of any shape: counts from 0, sums of record keys from 0."""
        rows = np.where(counts <= ONS_ROWS, counts, (counts - 1) % 250 + 501)
        return np.asarray(self.noise[rows, key_sums % self.noise.shape[1]])


ONS_ROWS = 750


def read_ons_table(lines: Sequence[str]) -> OnsTable:
    """The table in lines "pcv,ckey,pvalue" under that header; what is not named has no noise.

    NoiseError naming the line that is not three whole numbers within range.
    """
    if not lines or lines[0].strip().split(",") != ["pcv", "ckey", "pvalue"]:
        raise NoiseError("line 1: the header of a table of noise is pcv,ckey,pvalue")
    triples = []
    for number, line in enumerate(lines[1:], start=2):
        try:
            count, key, noise = (int(part) for part in line.split(","))
        except ValueError:
            raise NoiseError(f"line {number}: {line.strip()!r} is not three whole numbers") from None
        if not 1 <= count <= ONS_ROWS or key < 0 or count + noise < 0:
            raise NoiseError(f"line {number}: counts go from 1 to {ONS_ROWS}, keys from 0, results from 0")
        triples.append((count, key, noise))
    if not triples:
        raise NoiseError("the table of noise is empty")
    parts = np.array(triples, dtype=np.int64)
    table = np.zeros((ONS_ROWS + 1, int(parts[:, 1].max()) + 1), dtype=np.int64)
    table[parts[:, 0], parts[:, 1]] = parts[:, 2]
    return OnsTable(table)
