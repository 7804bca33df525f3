"""Terms of a model over lists, traits and years, and their columns in the design."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from smallcounts.mse.poisson import Array
from smallcounts.mse.strata import StrataTable

Term = tuple[str, ...]  # one name (a main effect) or two (an interaction), in the order of the table


@dataclass(frozen=True, slots=True)
class Design:
    """Every row of the full table and the columns of every term that a model may hold.

    `columns` all of them side by side (rows, columns), `places` where each term's stand; `unseen` (rows,) the
    rows of the pattern of no list; `levels` (rows, factors) which level a row belongs to; `counts` (rows,).
    Rows follow the table: strata in its order, patterns fastest.
    """

    columns: Array
    places: dict[Term, slice]
    unseen: NDArray[np.bool_]
    levels: NDArray[np.int64]
    counts: Array

    def of(self, terms: Iterable[Term], *, unseen: bool) -> Array:
        """The constant and the columns of these terms, in the rows that can or cannot be seen."""
        rows = self.unseen if unseen else ~self.unseen
        parts = [np.ones((int(rows.sum()), 1)), *(self.columns[rows, self.places[term]] for term in terms)]
        return np.hstack(parts)

    def main_effects(self) -> tuple[Term, ...]:
        """The terms that every model holds."""
        return tuple(term for term in self.places if len(term) == 1)

    def interactions(self) -> tuple[Term, ...]:
        """The terms that a search may take in."""
        return tuple(term for term in self.places if len(term) == 2)


def design_of(table: StrataTable, *, year: str | None = None, degree: int = 2) -> Design:
    """Columns for all main effects and all interactions of two: of lists, of traits, of lists with traits.

    A list is 0 or 1; a trait has a column for each level but the first; `year`, the name of a factor, has
    orthogonal polynomials of its levels up to `degree` (as many as its levels allow). ValueError when `year`
    names no factor.
    """
    if year is not None and year not in table.names:
        raise ValueError(f"no factor is called {year!r}; there are {', '.join(table.names)}")
    strata = list(product(*(range(len(factor.levels)) for factor in table.factors)))
    masks = np.tile(np.arange(1 << table.k), len(strata))
    levels = np.repeat(np.array(strata, dtype=np.int64), 1 << table.k, axis=0)
    single: dict[str, Array] = {
        name: (masks >> j & 1).astype(np.float64)[:, None] for j, name in enumerate(table.lists)
    }
    for at, factor in enumerate(table.factors):
        count = len(factor.levels)
        contrasts = polynomials(count, degree) if factor.name == year else np.eye(count)[:, 1:]
        single[factor.name] = contrasts[levels[:, at]]
    terms: list[Term] = [*((name,) for name in single), *combinations(single, 2)]
    blocks = [_block(single, term) for term in terms]
    edges = np.concatenate([[0], np.cumsum([block.shape[1] for block in blocks])]).tolist()
    places = {term: slice(edges[i], edges[i + 1]) for i, term in enumerate(terms)}
    counts = table.counts.reshape(-1).astype(np.float64)
    return Design(np.hstack(blocks), places, masks == 0, levels, counts)


def _block(single: dict[str, Array], term: Term) -> Array:
    if len(term) == 1:
        return single[term[0]]
    first, second = single[term[0]], single[term[1]]
    block: Array = (first[:, :, None] * second[:, None, :]).reshape(len(first), -1)
    return block


def polynomials(count: int, degree: int) -> Array:
    """Orthogonal polynomials of 1 … count, degrees 1 to `degree`, each of length 1: (count, degree)."""
    steps = np.arange(count) - (count - 1) / 2
    powers = np.vander(steps, min(degree, count - 1) + 1, increasing=True)
    basis, scale = np.linalg.qr(powers)
    found: Array = (basis * np.sign(np.diag(scale)))[:, 1:]
    return found


def term_name(term: Term) -> str:
    """R1 or R1:R4."""
    return ":".join(term)
