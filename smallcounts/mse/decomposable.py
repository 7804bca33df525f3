"""The closed form of models whose lists hang together as a tree of groups: one equation in one unknown."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.optimize import brentq

from smallcounts.mse.models import Model, lists_of
from smallcounts.mse.table import CaptureTable

SOURCES = ("darroch-1958", "lauritzen-1996")
_NONE = -60.0  # log of the persons unseen under which they count as none


def separators(model: Model) -> list[int] | None:
    """The separators of a decomposable model, one for each clique after the first, as masks (0 for none).

    None when the model is not decomposable. A spanning tree of the cliques with the largest intersections is
    a junction tree just when for every list it has one edge less than cliques hold it (lauritzen-1996).
    """
    joined, rest, found = [model[0]], list(model[1:]), []
    while rest:
        best, mask = max(
            ((clique & other, clique) for clique in rest for other in joined),
            key=lambda pair: (pair[0].bit_count(), -rest.index(pair[1])),
        )
        found.append(best)
        joined.append(mask)
        rest.remove(mask)
    for j in range(max(mask.bit_length() for mask in model)):
        cliques = sum(mask >> j & 1 for mask in model)
        if cliques and cliques - 1 != sum(mask >> j & 1 for mask in found):
            return None
    return found


def is_decomposable(model: Model) -> bool:
    """Whether the closed form holds for the model."""
    return separators(model) is not None


def decomposable_unseen(table: CaptureTable, model: Model) -> float:
    """n̂0 of a decomposable model: the positive root of log n0 = Σ log(n0 + z_C) - Σ log(n0 + z_S).

    C the cliques, S the separators, z_C the persons on none of the lists of C (z of no list: n). Independence
    gives Darroch's equation. inf when there is no finite root: the lists do not bound the unseen. ValueError
    when the model is not decomposable; use `fit_model`. Sources: darroch-1958, lauritzen-1996.
    """
    between = separators(model)
    if between is None:
        raise ValueError("the model is not decomposable: it has no closed form; fit it instead")
    cliques, seps = _absent(table, model), _absent(table, between)

    def miss(log_unseen: float) -> float:
        unseen = math.exp(log_unseen)  # log n0 cancels: there is one clique more than separators
        return sum(math.log1p(z / unseen) for z in seps) - sum(math.log1p(z / unseen) for z in cliques)

    if sum(seps) <= sum(cliques):  # for large n0 the difference is (Σ z_S - Σ z_C)/n0, and never above 0
        return math.inf
    high = math.log(max(table.n, 1))
    while miss(high) <= 0:
        high += 2.0
    low = min(high - 2.0, 0.0)
    while miss(low) > 0:
        low -= 2.0
        if low < _NONE:  # somebody's clique holds everybody: the root is 0
            return 0.0
    return math.exp(brentq(miss, low, high, xtol=1e-14, rtol=1e-14))


def _absent(table: CaptureTable, masks: Sequence[int]) -> list[float]:
    """Persons on none of the lists of each mask."""
    return [float(table.counts[np.bitwise_and(table.patterns, mask) == 0].sum()) for mask in masks]


def describe(model: Model, lists: Sequence[str]) -> str:
    """The cliques of a model with the names of their lists."""
    return " × ".join("{" + ", ".join(lists[j] for j in lists_of(mask)) + "}" for mask in model)
