"""A random walk over all whole tables that fit the printed figures: people come, go, change, trade places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from smallcounts.disclosure.attacks.cliques import Space
from smallcounts.disclosure.attacks.domain import AttackRefused

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

LARGEST_LOOKUP = 2_000_000
KEPT = (20, 100)  # fewest and most whole tables of a walk that are looked at one by one
KEPT_NUMBERS = 1_000_000


@dataclass(frozen=True, slots=True)
class Moves:
    """How a person of given properties lies in the reduced space, as plain arrays for the compiled walk.

    sizes (base variables,): categories of each. parents (all variables, 2): the base variable from which a
    variable follows and the first row of its map. maps: code of the finer → code of the coarser. groups: for
    each year a row of cliques (first, last). strides (cliques, variables), starts (cliques,): the place in
    `lookup`, which holds the column or -1 where nobody can be.
    """

    sizes: Whole
    parents: Whole
    maps: Whole
    groups: Whole
    strides: Whole
    starts: Whole
    lookup: Whole


def moves_of(space: Space) -> Moves:
    """The arrays of a space. AttackRefused when the cliques are too wide to be walked."""
    domain = space.domain
    variables = sorted({v for c in space.cliques for v in c.variables})
    fine = {c: f for f, c in sorted(domain.coarser) if f in variables and c in variables}
    for coarse in fine:  # the finest level there is
        while fine[coarse] in fine:
            fine[coarse] = fine[fine[coarse]]
    base = [v for v in variables if v not in fine]
    order = base + [v for v in variables if v in fine]
    size = {v: len(domain.categories[v]) for v in order}
    parents = np.full((len(order), 2), -1)
    maps: list[int] = []
    for place, variable in enumerate(order):
        if variable in fine:
            of = domain.coarser[fine[variable], variable]
            parents[place] = base.index(fine[variable]), len(maps)
            places = domain.categories[variable]
            maps += [places.index(of[c]) for c in domain.categories[fine[variable]]]
    strides, starts, lookup = _lookup(space, order, size)
    periods = [c.period for c in space.cliques]
    groups = [(periods.index(p), len(periods) - periods[::-1].index(p)) for p in sorted(set(periods))]
    return Moves(
        np.array([size[v] for v in base], dtype=np.int64), parents.astype(np.int64),
        np.array(maps, dtype=np.int64), np.array(groups, dtype=np.int64),
        strides, starts, lookup,
    )  # fmt: skip


def _lookup(space: Space, order: list[str], size: dict[str, int]) -> tuple[Whole, Whole, Whole]:
    strides = np.zeros((len(space.cliques), len(order)), dtype=np.int64)
    starts, parts, used = [], [], 0
    for number, clique in enumerate(space.cliques):
        step = 1
        for variable in clique.variables:
            strides[number, order.index(variable)] = step
            step *= size[variable]
        used += step
        if used > LARGEST_LOOKUP:
            raise AttackRefused("the tables cross too many variables to be walked; publish fewer crossings")
        table = np.full(step, -1, dtype=np.int64)
        own = np.array([strides[number, order.index(v)] for v in clique.variables], dtype=np.int64)
        table[clique.combinations @ own] = np.arange(len(clique.combinations)) + clique.first
        starts.append(used - step)
        parts.append(table)
    return strides, np.array(starts, dtype=np.int64), np.concatenate(parts)


@dataclass(frozen=True, slots=True)
class Walk:
    """What the walk saw.

    seen (rows, width): how often each row had each value, `least` + place. states: hashes of the tables at
    the recorded steps. accepted: share of steps that moved. kept (20 to 100, columns): tables at equal
    distances, the last of them where the walk ended.
    """

    seen: Whole
    states: NDArray[np.uint64]
    accepted: float
    kept: Whole


def walk(
    space: Space, start: Whole, rows: csr_matrix, weights: Array, least: Whole,
    *, steps: int, every: int, seed: int, further: csr_matrix | None = None,
) -> Walk:  # fmt: skip
    """A Metropolis walk from a fitting table.

    rows (rows × columns): what is weighed, first the published cells. weights (rows, width): log weight of
    value `least` + place; minus infinity where the printed figure forbids it; a value the table does not hold
    is forbidden. Each proposal and its way back are equally likely, so a step is taken with chance
    min(1, ratio of weights). Proposals: a person more, a person less, one property of one person changed, two
    people trade one property (the basic moves of a Markov basis). further (moves × columns): changes proposed
    nine times of ten, either way, where single people cannot move beside exact figures.
    Sources: diaconis-sturmfels-1998.
    """
    moves, by_column = moves_of(space), rows.tocsc()
    seen = np.zeros(weights.shape, dtype=np.int64)
    states = np.zeros(steps // every, dtype=np.uint64)
    number = int(np.clip(KEPT_NUMBERS // space.width, *KEPT))
    kept = np.zeros((number, space.width), dtype=np.int64)
    table = start.astype(np.int64).copy()
    # the same for every walk, so that one table has one hash
    mixing = np.random.default_rng(0).integers(1, 2**63, size=space.width).astype(np.uint64) | np.uint64(1)
    beyond = csr_matrix((0, space.width)) if further is None else further
    accepted = _run(
        table, np.asarray(rows @ table).astype(np.int64), by_column.indptr.astype(np.int64),
        by_column.indices.astype(np.int64), weights, least, moves.sizes, moves.parents, moves.maps,
        moves.groups, moves.strides, moves.starts, moves.lookup, steps, every, seed, seen, states, mixing,
        beyond.indptr.astype(np.int64), beyond.indices.astype(np.int64), beyond.data.astype(np.int64), kept,
    )  # fmt: skip
    return Walk(seen, states, accepted / steps, kept)


@njit(cache=True)
def _place(codes, sign, group, parents, maps, strides, starts, lookup, columns, signs, used):  # type: ignore[no-untyped-def]
    """Add a person with these codes to the list of changed columns; -1 when nobody can be so."""
    for coarse in range(len(parents)):
        if parents[coarse, 0] >= 0:
            codes[coarse] = maps[parents[coarse, 1] + codes[parents[coarse, 0]]]
    for clique in range(group[0], group[1]):
        place = starts[clique]
        for variable in range(len(codes)):
            place += strides[clique, variable] * codes[variable]
        column = lookup[place]
        if column < 0:
            return -1
        columns[used] = column
        signs[used] = sign
        used += 1
    return used


@njit(cache=True)
def _propose(sizes, parents, maps, group, strides, starts, lookup, columns, signs):  # type: ignore[no-untyped-def]
    """Fill the list of changed columns with one proposal; its length, or -1 when it cannot be."""
    kind = np.random.randint(0, 4)
    first = np.zeros(len(parents), dtype=np.int64)
    for variable in range(len(sizes)):
        first[variable] = np.random.randint(0, sizes[variable])
    if kind == 0:
        sign = 1 if np.random.random() < 0.5 else -1
        return _place(first, sign, group, parents, maps, strides, starts, lookup, columns, signs, 0)
    changed = np.random.randint(0, len(sizes))
    second = first.copy()
    if kind == 1:
        second[changed] = np.random.randint(0, sizes[changed])
    else:
        for variable in range(len(sizes)):
            if kind == 3 or variable == changed or np.random.random() < 0.5:
                second[variable] = np.random.randint(0, sizes[variable])
    used = _place(first, -1, group, parents, maps, strides, starts, lookup, columns, signs, 0)
    if used < 0:
        return -1
    if kind == 1:
        return _place(second, 1, group, parents, maps, strides, starts, lookup, columns, signs, used)
    used = _place(second, -1, group, parents, maps, strides, starts, lookup, columns, signs, used)
    if used < 0:
        return -1
    first[changed], second[changed] = second[changed], first[changed]
    used = _place(first, 1, group, parents, maps, strides, starts, lookup, columns, signs, used)
    if used < 0:
        return -1
    return _place(second, 1, group, parents, maps, strides, starts, lookup, columns, signs, used)


@njit(cache=True)
def _further(first_of, column_of, change_of, columns, signs):  # type: ignore[no-untyped-def]
    """Fill the list of changed columns with up to three given moves, forward or backward; its length."""
    used = 0
    for _ in range(np.random.randint(1, 4)):
        move = np.random.randint(0, len(first_of) - 1)
        way = 1 if np.random.random() < 0.5 else -1
        for at in range(first_of[move], first_of[move + 1]):
            columns[used] = column_of[at]
            signs[used] = way * change_of[at]
            used += 1
    return used


@njit(cache=True)
def _run(  # type: ignore[no-untyped-def]
    table, counts, pointers, indices, weights, least, sizes, parents, maps, groups, strides, starts, lookup,
    steps, every, seed, seen, states, mixing, first_of, column_of, change_of, kept,
):  # fmt: skip
    np.random.seed(seed)
    width = max(4 * len(starts), 3 * len(table))
    columns = np.zeros(width, dtype=np.int64)
    signs = np.zeros(width, dtype=np.int64)
    touched = np.zeros(len(counts), dtype=np.int64)
    change = np.zeros((len(counts), 2), dtype=np.int64)
    accepted = 0
    apart = max(steps // len(kept), 1)
    for step in range(1, steps + 1):
        if len(first_of) > 1 and np.random.random() < 0.9:
            used = _further(first_of, column_of, change_of, columns, signs)
        else:
            group = groups[np.random.randint(0, len(groups))]
            used = _propose(sizes, parents, maps, group, strides, starts, lookup, columns, signs)
        if used > 0:
            accepted += _step(
                table, counts, pointers, indices, weights, least, columns, signs, used, change, touched
            )
        if step % every == 0:
            state = np.uint64(0)
            for column in range(len(table)):
                state += mixing[column] * np.uint64(table[column])
            states[step // every - 1] = state
            for row in range(len(counts)):
                seen[row, counts[row] - least[row]] += 1
        if step % apart == 0 and step // apart <= len(kept):
            kept[step // apart - 1] = table
    return accepted


@njit(cache=True)
def _step(table, counts, pointers, indices, weights, least, columns, signs, used, change, touched):  # type: ignore[no-untyped-def]
    """Take the proposed change when no column falls below zero and chance lets it; 1 when taken, else 0."""
    ratio = 0.0
    for n in range(used):
        table[columns[n]] += signs[n]
    for n in range(used):
        if table[columns[n]] < 0:
            ratio = -np.inf
    number = 0
    if ratio == 0.0:
        for n in range(used):
            for at in range(pointers[columns[n]], pointers[columns[n] + 1]):
                row = indices[at]
                if change[row, 1] == 0:
                    change[row, 1] = 1
                    touched[number] = row
                    number += 1
                change[row, 0] += signs[n]
    for n in range(number):
        row = touched[n]
        old = counts[row] - least[row]
        new = old + change[row, 0]
        ratio += (weights[row, new] if 0 <= new < weights.shape[1] else -np.inf) - weights[row, old]
    taken = ratio >= 0.0 or np.log(np.random.random()) < ratio
    for n in range(number):
        row = touched[n]
        if taken:
            counts[row] += change[row, 0]
        change[row, 0] = 0
        change[row, 1] = 0
    if not taken:
        for n in range(used):
            table[columns[n]] -= signs[n]
    return 1 if taken else 0
