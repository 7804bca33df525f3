"""The smallest space an attacker need think in: tables over cliques of variables, tied where they meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix

from smallcounts.disclosure.attacks.domain import AttackRefused, Domain, Parts
from smallcounts.disclosure.cells import CellId

Codes = NDArray[np.int64]

WIDEST = 200_000  # columns of one clique; beyond it the tables cross too many variables to be attacked


@dataclass(frozen=True, slots=True)
class Clique:
    """One table of the reduced space: the variables, the combinations that can exist, its first column."""

    period: str
    variables: tuple[str, ...]
    combinations: Codes  # (columns, variables), codes into Domain.categories
    first: int

    def columns(self, parts: Parts, domain: Domain) -> Codes:
        """The columns whose combinations lie in a cell with these parts."""
        keep = np.ones(len(self.combinations), dtype=bool)
        for variable, category in parts:
            codes = self.combinations[:, self.variables.index(variable)]
            keep &= np.isin(codes, sorted(domain.codes(variable, category)))
        return np.flatnonzero(keep) + self.first


@dataclass(frozen=True, slots=True)
class Space:
    """The reduced space of a set of published cells.

    matrix (cells × columns), 0/1: what each cell counts. ties (rows × columns), -1/0/1: sums of two cliques
    over what they share, equal by definition. A whole non-negative vector that fulfils the ties is the margin
    of some table over all variables together, and every such table has margins here: for cliques
    of a chordal graph nothing is lost, neither for fractions nor for whole numbers.
    Source: lauritzen-1996 (decomposable models).
    """

    cells: tuple[CellId, ...]
    domain: Domain
    cliques: tuple[Clique, ...]
    matrix: csr_matrix
    ties: csr_matrix

    @property
    def width(self) -> int:
        return int(self.matrix.shape[1])


def build_space(cells: Sequence[CellId], domain: Domain) -> Space:
    """The reduced space of these cells. AttackRefused when a cell names what the domain does not know."""
    check_known(cells, domain)
    sets: dict[str, set[frozenset[str]]] = {}
    for cell in cells:
        for single in domain.periods(cell.period):
            sets.setdefault(single, set()).add(frozenset(v for v, _ in cell.parts))
    cliques: list[Clique] = []
    edges: list[tuple[int, int]] = []
    first = 0
    for period in sorted(sets):
        groups = maximal_cliques(_linked(sets[period], domain))
        here = len(cliques)
        for variables in groups:
            made = _combinations(variables, domain)
            cliques.append(Clique(period, variables, made, first))
            first += len(made)
        edges += [(here + a, here + b) for a, b in junction_tree(groups)]
    return Space(
        tuple(cells), domain, tuple(cliques),
        _matrix(cells, domain, cliques, first), _ties(cliques, edges, first),
    )  # fmt: skip


def check_known(cells: Iterable[CellId], domain: Domain) -> None:
    """AttackRefused when a cell names a variable or category that the domain does not have."""
    for cell in cells:
        for variable, category in cell.parts:
            if not domain.codes(variable, category):
                raise AttackRefused(
                    f"cell {cell.text}: the programme has no {category!r} of {variable!r}; declare it there"
                )


def _linked(sets: set[frozenset[str]], domain: Domain) -> list[frozenset[str]]:
    """The variable sets that must lie within one clique: tables, structural zeros, levels of a hierarchy."""
    used = frozenset().union(*sets)
    extra = [frozenset(v for v, _ in combination) for combination in domain.impossible]
    touching = [e for e in extra if e & used]
    used = used.union(*touching)
    levels = [frozenset(pair) for pair in domain.coarser if used.issuperset(pair)]
    return sorted({*sets, *touching, *levels}, key=sorted)


def maximal_cliques(sets: Iterable[frozenset[str]]) -> list[tuple[str, ...]]:
    """Maximal cliques of a chordal graph that holds every set: variables leave in the order of least fill."""
    near: dict[str, set[str]] = {}
    for group in sets:
        for variable in group:
            near.setdefault(variable, set()).update(group - {variable})
    found: list[frozenset[str]] = [frozenset()]
    while near:
        variable = min(near, key=lambda v: (_fill(near, v), len(near[v]), v))
        around = near.pop(variable)
        found.append(frozenset(around | {variable}))
        for other in around:
            near[other].discard(variable)
            near[other].update(around - {other})
    largest = [c for c in set(found) if not any(c < other for other in found)]
    return sorted(tuple(sorted(c)) for c in largest)


def _fill(near: Mapping[str, set[str]], variable: str) -> int:
    return sum(b not in near[a] for a, b in combinations(sorted(near[variable]), 2))


def junction_tree(groups: Sequence[tuple[str, ...]]) -> list[tuple[int, int]]:
    """Edges of a spanning tree that shares as many variables as possible (Kruskal)."""
    root = list(range(len(groups)))
    pairs = sorted(
        combinations(range(len(groups)), 2),
        key=lambda p: (-len(set(groups[p[0]]) & set(groups[p[1]])), p),
    )
    edges = []
    for a, b in pairs:
        if root[a] != root[b]:
            edges.append((a, b))
            old, new = root[b], root[a]
            root = [new if r == old else r for r in root]
    return edges


def _combinations(variables: tuple[str, ...], domain: Domain) -> Codes:
    """Every combination of categories that can exist, as codes (combinations, variables)."""
    sizes = [len(domain.categories[v]) for v in variables]
    if np.prod(sizes, dtype=float) > WIDEST:
        raise AttackRefused(
            f"the tables cross {', '.join(variables)}: over {WIDEST:,} combinations; publish fewer crossings"
        )
    # without variables there is one combination: everybody
    codes = np.indices(sizes).reshape(len(sizes), int(np.prod(sizes))).T.astype(np.int64)
    keep = np.ones(len(codes), dtype=bool)
    for (fine, coarse), of in domain.coarser.items():
        if fine in variables and coarse in variables:
            places = domain.categories[coarse]
            parent = np.array([places.index(of[c]) for c in domain.categories[fine]])
            keep &= parent[codes[:, variables.index(fine)]] == codes[:, variables.index(coarse)]
    for combination in domain.impossible:
        if all(v in variables for v, _ in combination):
            bad = np.ones(len(codes), dtype=bool)
            for variable, category in combination:
                bad &= np.isin(codes[:, variables.index(variable)], sorted(domain.codes(variable, category)))
            keep &= ~bad
    return np.asarray(codes[keep], dtype=np.int64)


def _matrix(cells: Sequence[CellId], domain: Domain, cliques: Sequence[Clique], width: int) -> csr_matrix:
    rows, columns = [], []
    for number, cell in enumerate(cells):
        wanted = {v for v, _ in cell.parts}
        for single in domain.periods(cell.period):
            clique = next(c for c in cliques if c.period == single and wanted <= set(c.variables))
            there = clique.columns(cell.parts, domain)
            rows.append(np.full(len(there), number))
            columns.append(there)
    return _sparse(rows, columns, [np.ones(len(c)) for c in columns], (len(cells), width))


def _ties(cliques: Sequence[Clique], edges: Sequence[tuple[int, int]], width: int) -> csr_matrix:
    """One row a shared combination: the sum over the one clique less the sum over the other."""
    rows, columns, signs = [], [], []
    count = 0
    for pair in edges:
        shared = sorted(set(cliques[pair[0]].variables) & set(cliques[pair[1]].variables))
        keys = [[tuple(r) for r in cliques[p].combinations[:, _places(cliques[p], shared)]] for p in pair]
        number = {key: count + n for n, key in enumerate(sorted({*keys[0], *keys[1]}))}
        count += len(number)
        for side, sign in ((0, 1.0), (1, -1.0)):
            rows.append(np.array([number[key] for key in keys[side]]))
            columns.append(np.arange(len(keys[side])) + cliques[pair[side]].first)
            signs.append(np.full(len(keys[side]), sign))
    return _sparse(rows, columns, signs, (count, width))


def _places(clique: Clique, variables: Sequence[str]) -> list[int]:
    return [clique.variables.index(v) for v in variables]


def _sparse(
    rows: Sequence[NDArray[np.int64]],
    columns: Sequence[NDArray[np.int64]],
    values: Sequence[NDArray[np.float64]],
    shape: tuple[int, int],
) -> csr_matrix:
    if not rows:
        return csr_matrix(shape)
    joined = (np.concatenate(values), (np.concatenate(rows), np.concatenate(columns)))
    return coo_matrix(joined, shape=shape).tocsr()
