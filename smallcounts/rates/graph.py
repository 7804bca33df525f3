"""The border graph: who touches whom, in parts, scaled so that one prior fits every map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

Array = NDArray[np.float64]
_NULL = 1e-9  # an eigenvalue below this share of the largest belongs to a part's constant


class BorderError(ValueError):
    """The borders cannot be read as a graph over the areas; the message names the pair."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The scaled border graph in its own basis, where every prior covariance is diagonal.

    `vectors` (n, n): orthonormal columns. `variances` (n,): the variance of the structured effect along
    each column; 0 along the constant of a part, so that the effect sums to nought over it. An area
    without neighbours has variance 1 (Freni-Sterrantino et al. 2018). `part` (n,): the number of the
    connected part. `scales`: c per part, the geometric mean of the marginal variances before scaling.
    `levels` (n, p): column 0 is the intercept; with several parts of two areas or more, one column each.
    """

    vectors: Array
    variances: Array
    part: NDArray[np.int64]
    scales: tuple[float, ...]
    levels: Array

    @property
    def alone(self) -> tuple[int, ...]:
        """Areas without neighbours."""
        sizes = np.bincount(self.part)
        return tuple(int(i) for i in np.flatnonzero(sizes[self.part] == 1))


def read_borders(n: int, borders: Sequence[tuple[int, int]], names: Sequence[str] = ()) -> NDArray[np.int64]:
    """Border pairs as (m, 2) indices, each once, lower index first; BorderError on a pair that cannot be."""
    pairs = set()
    for a, b in borders:
        if not (0 <= a < n and 0 <= b < n):
            raise BorderError(
                f"border ({a}, {b}) points outside the {n} areas, which are numbered 0 to {n - 1}"
            )
        if a == b:
            raise BorderError(f"area {names[a] if names else a} is said to border on itself")
        pairs.add((min(a, b), max(a, b)))
    if not pairs:
        raise BorderError("there are no borders: without neighbours use shrink(), which needs none")
    return np.array(sorted(pairs), dtype=np.int64)


def border_graph(n: int, borders: Sequence[tuple[int, int]], names: Sequence[str] = ()) -> Graph:
    """Eigenvectors of the graph Laplacian, part by part, scaled to a geometric mean variance of 1.

    n areas and border pairs in; BorderError when a pair does not fit. Formula: per part, L = V diag(l) V',
    c = geometric mean of diag(L⁻), variances = 1 / (c l) where l > 0. Sources: Riebler et al. 2016,
    Freni-Sterrantino et al. 2018. One dense decomposition: meant for up to about a thousand areas.
    """
    pairs = read_borders(n, borders, names)
    adjacency = np.zeros((n, n))
    adjacency[pairs[:, 0], pairs[:, 1]] = adjacency[pairs[:, 1], pairs[:, 0]] = 1.0
    count, part = connected_components(coo_array(adjacency), directed=False)
    vectors, variances = np.zeros((n, n)), np.ones(n)
    scales = []
    for number in range(count):
        members = np.flatnonzero(part == number)
        if len(members) == 1:
            vectors[members, members] = 1.0
            scales.append(1.0)
            continue
        own = adjacency[np.ix_(members, members)]
        basis, spread, scale = _scaled_part(np.diag(own.sum(axis=1)) - own)
        vectors[np.ix_(members, members)] = basis
        variances[members] = spread
        scales.append(scale)
    return Graph(vectors, variances, part.astype(np.int64), tuple(scales), _levels(part))


def _scaled_part(laplacian: Array) -> tuple[Array, Array, float]:
    values, vectors = np.linalg.eigh(laplacian)
    # The sign of an eigenvector is a library's whim; fixing it keeps draws the same everywhere.
    vectors = vectors * np.where(
        vectors[np.abs(vectors).argmax(axis=0), np.arange(len(values))] < 0, -1.0, 1.0
    )
    is_null = values < _NULL * values[-1]
    inverse = np.where(is_null, 0.0, 1.0 / np.where(is_null, 1.0, values))
    marginal = (vectors**2) @ inverse
    scale = float(np.exp(np.mean(np.log(marginal))))
    return vectors, inverse / scale, scale


def _levels(part: NDArray[np.int32]) -> Array:
    sizes = np.bincount(part)
    columns = [np.ones(len(part))]
    several = np.flatnonzero(sizes > 1)
    if len(several) > 1:
        columns += [(part == number).astype(np.float64) for number in several]
    return np.column_stack(columns)
