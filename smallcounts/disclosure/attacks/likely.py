"""People as they may be: whole tables that fit what is printed, written out as one row a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.cliques import Clique, Space, junction_tree
from smallcounts.disclosure.attacks.domain import Domain
from smallcounts.disclosure.attacks.knowledge import version_of
from smallcounts.disclosure.attacks.sampling import Sample
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import Variable

Codes = NDArray[np.int64]

WORK = 6_000  # combinations of properties that are looked at, in all registers together
FEWEST_AND_MOST = (24, 200)


def likely_people(
    samples: Sequence[Sample], programme: Programme, periods: Sequence[str], *, are_named: bool, seed: int = 0
) -> tuple[People, ...]:
    """One register for each whole table that the walks kept, in their order, half from each walk.

    A gate that looks at the true people tells of them by what it lets pass: who knows all but one can strike
    out each possibility that it would have refused. A gate that looks at these registers sees no more than
    any reader of the printed figures. Between two tables that share variables, people with the same shared
    properties are paired by chance, which is all that the printed figures say. Only the newest version of a
    corrected period is drawn. are_named: with a pseudonym for each person and period.
    Sources: kenthapadi-2005 (simulatable), lauritzen-1996.
    """
    rng = np.random.default_rng(seed)
    newest = _newest(samples)
    made = []
    for number in range(min(len(s.whole) for s in samples)):
        parts = {
            period: _drawn(samples[at], period_cliques, number, programme, rng)
            for period, (at, period_cliques) in newest.items()
            if period in periods
        }
        made.append(_people(parts, tuple(periods), len(programme.variables), are_named))
    return tuple(made)


def several(likely: Sequence[People]) -> Sequence[People]:
    """Registers at equal distances: 200 of small tables, whose gains swing more, 24 of large ones."""
    combinations = len(np.unique(likely[0].codes, axis=0)) if likely else 1
    wanted = int(np.clip(WORK // combinations, *FEWEST_AND_MOST))
    return likely[:: max(len(likely) // wanted, 1)]


def _newest(samples: Sequence[Sample]) -> dict[str, tuple[int, list[Clique]]]:
    """Single period -> which sample and which of its cliques hold the newest version of it."""
    found: dict[str, tuple[int, int, list[Clique]]] = {}
    for at, sample in enumerate(samples):
        for clique in sample.space.cliques:
            name, version = version_of(clique.period)
            if name not in found or found[name][0] < version:
                found[name] = (version, at, [])
            if found[name][0] == version:
                found[name][2].append(clique)
    return {name: (at, cliques) for name, (_, at, cliques) in found.items()}


def _drawn(
    sample: Sample, cliques: Sequence[Clique], number: int, programme: Programme, rng: np.random.Generator
) -> Codes:
    """(people, variables of the programme): everybody of one period in one whole table."""
    joined = joined_people(sample.space, cliques, sample.whole[number], rng)
    some = next(iter(joined.values())) if joined else np.empty(0, dtype=np.int64)
    domain, n = sample.space.domain, len(some)
    return np.stack([_finest(joined, v, domain, n, rng) for v in programme.variables], axis=1)


def joined_people(
    space: Space, cliques: Sequence[Clique], table: Codes, rng: np.random.Generator
) -> dict[str, Codes]:
    """Variable or level -> code of each person: the cliques' people, tied where the cliques meet."""
    groups = [c.variables for c in cliques]
    near: dict[int, list[int]] = {at: [] for at in range(len(groups))}
    for a, b in junction_tree(groups):
        near[a].append(b)
        near[b].append(a)
    people = _rows(cliques[0], table)
    seen, queue = {0}, [0]
    while queue:
        at = queue.pop()
        for other in near[at]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
                people = _beside(people, _rows(cliques[other], table), rng)
    return people


def _rows(clique: Clique, table: Codes) -> dict[str, Codes]:
    """The people of one clique, by variable."""
    counts = table[clique.first : clique.first + len(clique.combinations)]
    codes = np.repeat(clique.combinations, counts, axis=0)
    named = {name: codes[:, at] for at, name in enumerate(clique.variables)}
    return named or {"": np.zeros(int(counts.sum()), dtype=np.int64)}  # everybody, with no property


def _beside(
    one: Mapping[str, Codes], other: Mapping[str, Codes], rng: np.random.Generator
) -> dict[str, Codes]:
    """The same people with the properties of both: within each shared combination paired by chance."""
    shared = sorted(set(one) & set(other))
    orders = []
    for side in (one, other):
        size = len(next(iter(side.values())))
        orders.append(np.lexsort((rng.random(size), *(side[name] for name in shared))))
    return {
        **{name: codes[orders[0]] for name, codes in one.items()},
        **{name: codes[orders[1]] for name, codes in other.items() if name not in one},
    }


def _finest(
    joined: Mapping[str, Codes], variable: Variable, domain: Domain, n: int, rng: np.random.Generator
) -> Codes:
    """(n,): the finest code of a variable; of one known by a level alone a category by chance; else 0."""
    name = variable.name
    if name in joined:
        return joined[name]
    for level in variable.names():
        if level in joined:
            of, places = domain.coarser[name, level], domain.categories[level]
            parent = np.array([places.index(of[fine]) for fine in domain.categories[name]])
            choices = [np.flatnonzero(parent == code) for code in range(len(places))]
            return np.array([rng.choice(choices[code]) for code in joined[level]], dtype=np.int64)
    return np.zeros(n, dtype=np.int64)


def _people(parts: Mapping[str, Codes], periods: tuple[str, ...], width: int, are_named: bool) -> People:
    sizes = [len(parts[p]) if p in parts else 0 for p in periods]
    codes = np.concatenate([np.empty((0, width), dtype=np.int64), *(parts[p] for p in periods if p in parts)])
    names = tuple(f"{p} {n}" for p, size in zip(periods, sizes, strict=True) for n in range(size))
    return People(
        periods, np.repeat(np.arange(len(periods)), sizes), codes.astype(np.int64),
        np.ones(len(codes), dtype=np.int64), names if are_named else (),
    )  # fmt: skip
