"""A7: an attacker who knows everybody but one, and all of that one but a single property."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.knowledge import Reading, View
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.attacks.sampling import log_chances
from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.programme import Programme

MOST_GAIN = 0.10  # over prior knowledge, mean of the properties
MOST_OF_ONE = 0.15  # of any single property
NEVER = -50.0  # log chance of what the rule excludes; finite, so that two exclusions can be compared
CellsOf = list[NDArray[np.int64]]

NOWHERE = np.empty(0, dtype=np.int64)
NEARNESS = (0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 1.0)


def attack_one_property(seen: View, systems: Sequence[System], *, reading: Reading | None = None) -> Verdict:
    """A7: how much oftener the missing property is guessed with the release than without.

    Without: the category that the others who are most alike have most often (see `success`). With: the same
    prior times the chance of every printed value. Two bars: the mean gain over all people and properties is
    at most 10 points, and no single property gains more than 15. Properties are the sensitive variables or,
    when none is marked, those without levels (where people live is taken as known). One person can still be
    found out: rounding does not hide from somebody who knows all the others.

    systems: the people as they may be, each alike likely; the gains are means over them. Where it chooses
    between roundings they are drawn from what is printed (`likely_people`) and never the true ones: what a
    gate refuses because of the truth tells of it. `[system]` of the truth measures, and may stop a release.
    """
    rates = _rates(seen, systems, reading or Reading())
    gains = {name: after - before for name, (before, after) in rates.items()}
    mean = float(np.mean(list(gains.values()))) if gains else 0.0
    worst = max(gains, key=lambda name: gains[name], default="")
    findings = []
    if mean > MOST_GAIN or gains.get(worst, 0.0) > MOST_OF_ONE:
        words = f"guessed for {rates[worst][1]:.0%} of the people, {rates[worst][0]:.0%} without the release"
        remedy = (
            "round to a larger base, coarsen or drop the variable, or let two named people accept it: "
            f'[[rules.accepted]] attack = "A7", gain = {math.ceil(gains[worst] * 100)}, reason, people'
        )
        findings.append(Finding(f"variable {worst}", "A7", words, remedy))
    detail = f"mean gain over prior knowledge {mean:+.1%}, by property " + ", ".join(
        f"{name} {gain:+.1%}" for name, gain in gains.items()
    )
    return verdict("A7", detail, findings, {"mean": mean, **gains})


def _rates(seen: View, systems: Sequence[System], reading: Reading) -> dict[str, tuple[float, float]]:
    """Property -> the mean share of people guessed without and with the release."""
    found: dict[str, list[tuple[float, float]]] = {}
    for system in systems:
        variables = system.programme.variables
        names = [v.name for v in variables if v.is_sensitive] or [v.name for v in variables if not v.levels]
        table = _log_table(seen, system, reading)
        for place, variable in enumerate(variables):
            if variable.name in names and system.inner[:, place].any():
                found.setdefault(variable.name, []).append(success(system, table, place))
    return {name: tuple(np.mean(pairs, axis=0).tolist()) for name, pairs in found.items()}


def success(system: System, table: NDArray[np.float64], place: int) -> tuple[float, float]:
    """The share of people whose category of variable `place` is guessed, without and with the release.

    The prior looks at all others, each with weight w to the power of the properties that differ; of the
    weights in NEARNESS the one that guesses best without the release is taken, as a good attacker would.
    """
    counted = np.flatnonzero(system.inner_counts)
    options = _options(system, counted, place)
    cells_of = _cells_by_combination(system)
    chance = np.array(
        [_log_chance(system, table, cells_of, int(c), o) for c, o in zip(counted, options, strict=True)]
    )
    people = system.inner_counts[counted]
    truth = system.inner[counted, place]
    priors = [_prior(system, counted, options, place, near) for near in NEARNESS]
    best = max(priors, key=lambda prior: _right(prior, truth, people))
    return _right(best, truth, people), _right(best + chance, truth, people)


def _options(system: System, counted: NDArray[np.int64], place: int) -> NDArray[np.int64]:
    """(combinations, categories): the combination that differs in `place` alone; -1 if impossible."""
    keys = np.c_[system.inner_period, system.inner]
    index = {tuple(key): i for i, key in enumerate(keys.tolist())}
    out = np.full((len(counted), int(system.inner[:, place].max()) + 1), -1, dtype=np.int64)
    for row, combination in enumerate(counted):
        key = keys[combination].tolist()
        for category in range(out.shape[1]):
            out[row, category] = index.get((*key[: place + 1], category, *key[place + 2 :]), -1)
    return out


def _prior(
    system: System, counted: NDArray[np.int64], options: NDArray[np.int64], place: int, near: float
) -> NDArray[np.float64]:
    """(combinations, categories): log of the weighted number of others with each category."""
    known = np.delete(np.c_[system.inner_period, system.inner], place + 1, axis=1)[counted]
    differ = (known[:, None, :] != known[None, :, :]).sum(axis=2)
    weight = near ** differ.astype(np.float64)
    people = system.inner_counts[counted].astype(np.float64)
    has = system.inner[counted, place][:, None] == np.arange(options.shape[1])
    sums = (weight * people) @ has - has  # the person asked about is not among the others
    return np.where(options >= 0, np.log(sums + 1e-6), -np.inf)


def _right(score: NDArray[np.float64], truth: NDArray[np.int64], people: NDArray[np.int64]) -> float:
    """The share of people whose true category has the best score; ties are shared."""
    best = score >= score.max(axis=1, keepdims=True) - 1e-9
    hit = best[np.arange(len(truth)), truth] / best.sum(axis=1)
    return float((hit * people).sum() / people.sum())


def _log_chance(
    system: System,
    table: NDArray[np.float64],
    cells_of: CellsOf,
    combination: int,
    options: NDArray[np.int64],
) -> NDArray[np.float64]:
    """For each option: the log chance of the printed values of all cells that the options touch."""
    cells = [cells_of[int(o)] if o >= 0 else NOWHERE for o in options]
    touched = np.unique(np.concatenate(cells))
    base = system.counts[touched] - np.isin(touched, cells_of[combination])
    sums = [table[touched, base + np.isin(touched, own)].sum() for own in cells]
    return np.array(sums)


def _cells_by_combination(system: System) -> CellsOf:
    """The rows of the cells that count each combination."""
    matrix = system.matrix.tocsc()
    return np.split(matrix.indices.astype(np.int64), matrix.indptr[1:-1])


def _log_table(seen: View, system: System, reading: Reading) -> NDArray[np.float64]:
    """(cells of the system, counts): log chance of what is printed for each count; 0 for unprinted cells.

    A cell that is the sum of other printed cells follows from them: of its own chance only what the rule
    excludes is counted, since the same noise must not be read as evidence twice.
    """
    chances = log_chances(seen, reading)
    most = int(system.counts.max()) + 2
    table = np.zeros((len(system.cells), most))
    sums = _sums(seen.cells, system.programme)
    for row, cell in enumerate(seen.cells):
        here = np.full(most, NEVER)
        first = int(seen.low[row])
        part = np.maximum(chances[row, : max(most - first, 0)], NEVER)
        if sums[row]:
            part = np.where(part > NEVER, 0.0, NEVER)
        here[first : first + len(part)] = part
        table[system.index[cell]] = here
    return table


def _sums(cells: Sequence[CellId], programme: Programme) -> list[bool]:
    """Which cells are sums of other printed cells: some table crosses the same variables, or finer ones."""
    kinds = {(cell.period, tuple(name for name, _ in cell.parts)) for cell in cells}
    levels = {
        name: (variable.name, place)
        for variable in programme.variables
        for place, name in enumerate(variable.names())
    }
    shapes = {kind: dict(levels[name] for name in kind[1]) for kind in kinds}
    coarse = {
        kind
        for kind in kinds
        for other in kinds
        if kind != other
        and kind[0] == other[0]
        and all(shapes[other].get(v, len(levels)) <= level for v, level in shapes[kind].items())
    }
    return [(cell.period, tuple(name for name, _ in cell.parts)) in coarse for cell in cells]
