"""Merges categories of too few people with their neighbours in the hierarchy, before anything is rounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.cells import split_period
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import JOIN, Level, Variable

Shown = tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Sizes:
    """people (periods, finest categories); each shown category needs `least` of them in every period.

    earlier: by variable or level, the categories that the same programme showed last.
    """

    people: NDArray[np.float64]
    least: int
    earlier: Mapping[str, frozenset[str]]


def coarsen(programme: Programme, people: People, ledger: Ledger) -> tuple[Programme, tuple[str, ...]]:
    """The programme with small categories merged, and the names of the merged ones ("N2 & N3").

    Of each variable that may be coarsened, categories with fewer people than `minimum_population` in any
    published period are merged with the smallest sibling, again until all are large enough; first the
    coarsest level, then each finer one inside the merged groups, so that no remainder is small. What the same
    programme showed last is not split again; if all periods were published then, it stays as it was, so that
    one person more never changes who is counted with whom. DisclosureRefused when a whole period has too few
    people for any table.
    """
    spans = _spans(programme, people)
    earlier, is_covered = _earlier(programme, ledger, frozenset(spans))
    least = programme.rules.minimum_population
    for period, inside in spans.items():
        total = int(people.weight[inside].sum())
        if total < least:
            raise DisclosureRefused(
                f"{period}: {total} people in all, fewer than {least}; publish a sum of several periods",
                code="few_people", period=period, total=total, least=least,
            )  # fmt: skip
    variables = tuple(
        _coarsened(v, _Sizes(_count(v, place, people, spans), 0 if is_covered else least, earlier))
        if v.may_coarsen
        else v
        for place, v in enumerate(programme.variables)
    )
    merged = tuple(
        f"{name}={category}"
        for v in variables
        for name in v.names()
        for category, _ in v.shown_at(name)
        if JOIN in category
    )
    return replace(programme, variables=variables), merged


def _spans(programme: Programme, people: People) -> dict[str, NDArray[np.bool_]]:
    """The rows of people of each published period."""
    periods = sorted({p for table in programme.tables for p in (table.periods or people.periods)})
    return {p: np.isin(people.period, split_period(p, people.periods)) for p in periods}


def _count(
    variable: Variable, place: int, people: People, spans: Mapping[str, NDArray[np.bool_]]
) -> NDArray[np.float64]:
    size = len(variable.categories)
    return np.array([np.bincount(people.codes[i, place], people.weight[i], size) for i in spans.values()])


def _earlier(
    programme: Programme, ledger: Ledger, periods: frozenset[str]
) -> tuple[dict[str, frozenset[str]], bool]:
    """What this very programme showed last, and whether that release held all of `periods`."""
    for entry in reversed(ledger.entries):
        if programme.digest and entry.programme == programme.digest:
            cells = [figure.cell for figure in entry.published.figures]
            names = {name for cell in cells for name, _ in cell.parts}
            shown = {n: frozenset(c for cell in cells for name, c in cell.parts if name == n) for n in names}
            return shown, periods <= {cell.period for cell in cells}
    return {}, False


def _coarsened(variable: Variable, sizes: _Sizes) -> Variable:
    """The variable with merged categories on every level."""
    parents: Shown = (("", tuple(range(len(variable.categories)))),)
    levels: list[Level] = []
    for level in reversed(variable.levels):
        own = tuple(zip(level.categories, level.codes, strict=True))
        parents = _merge(own, parents, _atoms(variable, level.name, own, sizes), sizes)
        levels.insert(0, replace(level, shown=parents))
    own = tuple((c, (i,)) for i, c in enumerate(variable.categories))
    shown = _merge(own, parents, _atoms(variable, variable.name, own, sizes), sizes)
    return replace(variable, shown=shown, levels=tuple(levels))


def _atoms(variable: Variable, name: str, own: Shown, sizes: _Sizes) -> list[tuple[int, ...]]:
    """The sets of codes that are not split: the categories, or what was shown last if it holds them all."""
    shown = [variable.codes(name, category) for category in sizes.earlier.get(name, frozenset())]
    found = [codes for codes in shown if codes is not None]
    if sorted(code for codes in found for code in codes) == list(range(len(variable.categories))):
        return sorted(found)
    return [codes for _, codes in own]


def _merge(own: Shown, parents: Shown, atoms: list[tuple[int, ...]], sizes: _Sizes) -> Shown:
    """The atoms, merged inside each parent until each has enough people in every period."""
    done: list[tuple[int, ...]] = []
    for inside in _holding([codes for _, codes in parents], atoms):
        parts = [atom for atom in atoms if set(atom) <= set(inside)]
        while len(parts) > 1:
            parts.sort(key=lambda part: (_people(part, sizes), part))
            if _people(parts[0], sizes) >= sizes.least:
                break
            parts[:2] = [tuple(sorted(parts[0] + parts[1]))]
        done += parts
    return tuple(
        (JOIN.join(name for name, codes in own if set(codes) <= set(part)), part) for part in sorted(done)
    )


def _holding(parents: list[tuple[int, ...]], atoms: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """The parents, joined where something that was shown whole lies in two of them."""
    held = [set(parent) for parent in parents]
    for atom in atoms:
        touched = [parent for parent in held if parent & set(atom)]
        held = [parent for parent in held if parent not in touched] + [set().union(*touched)]
    return sorted(tuple(sorted(parent)) for parent in held)


def _people(part: tuple[int, ...], sizes: _Sizes) -> float:
    return float(sizes.people[:, list(part)].sum(axis=1).min())
