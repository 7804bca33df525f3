"""From a system of linked tables to a release with dots: which cells, and what it cost."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np
from scipy.sparse import csr_array

from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.deriving import derive
from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.losses import measure_loss
from smallcounts.disclosure.release import Method, Protected, Symbol, Value
from smallcounts.disclosure.suppression.blocks import Tables, hide
from smallcounts.disclosure.suppression.goals import Array, Flags, Protection, small_differences
from smallcounts.disclosure.suppression.search import ROUNDS, Hiding, Unprotected

SECONDS = 60.0
STEPS = (
    "Cells below the threshold are hidden, and with them empty cells that could hold someone, so that a dot "
    "may stand for nobody.",
    "As few further cells as possible are hidden, so that no reader can reckon out a small count from "
    "the open cells of all tables together.",
    "All other cells are shown as they are.",
)


def suppress(
    system: System,
    *,
    release: str,
    protection: Protection = Protection.INTERVAL,
    known: Mapping[CellId, tuple[float, float]] = MappingProxyType({}),
    unpublished: Collection[CellId] = (),
    seconds: float | None = SECONDS,
    rounds: int = ROUNDS,
) -> Protected:
    """The release with the fewest dots that keeps every small count in doubt.

    system: cells, counts and thresholds. protection: how much doubt (see `Protection`). known: cells of which
    a reader of earlier releases knows the least and the largest count; a cell known exactly stays open.
    unpublished: cells that this release does not show, hidden at no cost unless they are known exactly.
    seconds: of solver time for each part of the tables that no sum ties to the rest, None for no limit;
    rounds: of the search. When one of them ends it the best found is given with status "limit" and its gap.
    Time may end it elsewhere on another machine and give other dots; rounds do not. Zeros are protected:
    without that every dot would say "not nobody". NoAnswer naming the cell when open cells or what is known
    give a small count away. Use it where dots are demanded; rounding keeps more.
    Sources: fischetti-salazar-2001, huangfu-hall-2018.
    """
    tables = _tables(system, known, unpublished)
    try:
        found = hide(tables, protection=protection, seconds=seconds, rounds=rounds)
    except Unprotected as error:
        raise NoAnswer(
            f"{system.cells[error.cell].text}: what must stay open gives this small count away, whatever "
            "else is hidden; let two named people waive it, or publish coarser tables",
            code="given_away", cell=system.cells[error.cell].text,
        ) from None  # fmt: skip
    return _protected(system, release, found)


def _tables(
    system: System, known: Mapping[CellId, tuple[float, float]], unpublished: Collection[CellId]
) -> Tables:
    waived, impossible = _waived(system), system.is_impossible()
    low, high = _limits(system, known)
    unshown = np.array([cell in set(unpublished) for cell in system.cells], dtype=bool) & (low < high)
    forced = ((system.counts < system.thresholds) & ~waived | unshown) & ~impossible
    nothing = np.zeros(0, dtype=np.int64)
    is_group = system.programme.rules.group_disclosure
    space = build_space(system.cells, domain_of(system.programme, system.cells, system.periods))
    return Tables(
        csr_array(space.matrix),
        csr_array(space.ties),
        system.counts,
        system.thresholds,
        low,
        high,
        forced,
        ((waived | (low == high)) & ~forced) | impossible,
        small_differences(csr_array(system.matrix), system.counts, system.thresholds, waived | impossible)
        if is_group
        else (nothing, nothing),
    )


def _waived(system: System) -> Flags:
    texts = system.programme.rules.waived()
    return np.array([cell.text in texts for cell in system.cells], dtype=bool)


def _limits(system: System, known: Mapping[CellId, tuple[float, float]]) -> tuple[Array, Array]:
    """What is known beforehand of each cell; NoAnswer where the count lies outside it."""
    limits = np.array([known.get(cell, (0.0, np.inf)) for cell in system.cells], dtype=np.float64)
    low, high = limits[:, 0], limits[:, 1]
    wrong = (system.counts < low) | (system.counts > high)
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise NoAnswer(
            f"{system.cells[at].text}: the count is not within {low[at]:g} to {high[at]:g}, which an earlier "
            "release tells; publish a correction instead",
            code="changed_people", cell=system.cells[at].text,
        )  # fmt: skip
    return low, high


def _protected(system: System, release: str, found: Hiding) -> Protected:
    waived, impossible = _waived(system), system.is_impossible()
    values: list[Value] = [int(count) for count in system.counts]
    for cell in range(len(values)):
        if impossible[cell]:
            values[cell] = Symbol.NOT_APPLICABLE
        elif found.hidden[cell]:
            values[cell] = Symbol.HIDDEN
    return Protected(
        release=release,
        cells=system.cells,
        values=tuple(values),
        methods=tuple(Method.WAIVED if w else Method.SUPPRESSED for w in waived),
        bases=(1,) * len(values),
        thresholds=tuple(int(t) for t in system.thresholds),
        status=found.status,
        gap=found.gap,
        lost=measure_loss(system, values),
        derived=derive(system.programme, system.periods, dict(zip(system.cells, values, strict=True))),
        steps=STEPS,
    )
