"""Merges categories of too few people with their neighbours in the hierarchy, before anything is rounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.cells import split_period
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import JOIN, Level, Variable

Shown = tuple[tuple[str, tuple[int, ...]], ...]


def coarsen(programme: Programme, people: People) -> tuple[Programme, tuple[str, ...]]:
    """The programme with small categories merged, and the names of the merged ones ("N2 & N3").

    Of each variable that may be coarsened, categories with fewer people than `minimum_population` in any
    published period are merged with the smallest sibling, again until all are large enough; first the
    coarsest level, then each finer one inside the merged groups, so that no remainder is small. The order of
    the data plays no part. DisclosureRefused when a whole period has too few people for any table.
    """
    spans = _spans(programme, people)
    least = programme.rules.minimum_population
    for period, inside in spans.items():
        total = int(people.weight[inside].sum())
        if total < least:
            raise DisclosureRefused(
                f"{period}: {total} people in all, fewer than {least}; publish a sum of several periods"
            )
    merged: list[str] = []
    variables = []
    for place, variable in enumerate(programme.variables):
        if not variable.may_coarsen:
            variables.append(variable)
            continue
        sizes = np.array(
            [
                np.bincount(people.codes[i, place], people.weight[i], len(variable.categories))
                for i in spans.values()
            ]
        )
        coarse = _coarsened(variable, sizes, least)
        variables.append(coarse)
        merged += [
            f"{name}={category}"
            for name in coarse.names()
            for category, _ in coarse.shown_at(name)
            if JOIN in category
        ]
    return replace(programme, variables=tuple(variables)), tuple(merged)


def _spans(programme: Programme, people: People) -> dict[str, NDArray[np.bool_]]:
    """The rows of people of each published period."""
    periods = sorted({p for table in programme.tables for p in (table.periods or people.periods)})
    return {p: np.isin(people.period, split_period(p, people.periods)) for p in periods}


def _coarsened(variable: Variable, sizes: NDArray[np.float64], least: int) -> Variable:
    """The variable with merged categories on every level. sizes (periods, finest categories): people."""
    parents: Shown = (("", tuple(range(len(variable.categories)))),)
    levels: list[Level] = []
    for level in reversed(variable.levels):
        own = tuple(zip(level.categories, level.codes, strict=True))
        parents = _merge(own, parents, sizes, least)
        levels.insert(0, replace(level, shown=parents))
    finest = tuple((c, (i,)) for i, c in enumerate(variable.categories))
    return replace(variable, shown=_merge(finest, parents, sizes, least), levels=tuple(levels))


def _merge(own: Shown, parents: Shown, sizes: NDArray[np.float64], least: int) -> Shown:
    """The categories, merged inside each parent until each has `least` people in every period."""
    done: list[tuple[str, tuple[int, ...]]] = []
    for _, inside in parents:
        parts = [[one] for one in own if set(one[1]) <= set(inside)]
        while len(parts) > 1:
            parts.sort(key=lambda part: (_people(part, sizes), part[0][1]))
            if _people(parts[0], sizes) >= least:
                break
            parts[:2] = [sorted(parts[0] + parts[1], key=lambda one: one[1])]
        done += [_named(part) for part in parts]
    return tuple(sorted(done, key=lambda one: one[1]))


def _people(part: Sequence[tuple[str, tuple[int, ...]]], sizes: NDArray[np.float64]) -> float:
    codes = [code for _, inside in part for code in inside]
    return float(sizes[:, codes].sum(axis=1).min())


def _named(part: Sequence[tuple[str, tuple[int, ...]]]) -> tuple[str, tuple[int, ...]]:
    return JOIN.join(name for name, _ in part), tuple(sorted(code for _, inside in part for code in inside))
