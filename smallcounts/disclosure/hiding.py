"""Hides cells of a prepared system beside the ledger: what earlier releases tell is known to every reader."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smallcounts.disclosure.attacks.knowledge import Reading, limits
from smallcounts.disclosure.attacks.programs import CEILING
from smallcounts.disclosure.cells import CellId, System, cell_marks, split_period
from smallcounts.disclosure.deriving import derive
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.losses import measure_loss
from smallcounts.disclosure.preparing import Prepared
from smallcounts.disclosure.protecting import only
from smallcounts.disclosure.release import Figure, Protected
from smallcounts.disclosure.standing import Memory
from smallcounts.disclosure.suppression import Protection, suppress

Known = dict[CellId, tuple[float, float]]


def protect_by_hiding(
    prepared: Prepared,
    *,
    release: str,
    ledger: Ledger,
    protection: Protection,
    seconds: float,
    unchanged: frozenset[CellId] | None = None,
) -> Protected:
    """A release with dots joined to the ledger, not yet attacked and so not yet safe.

    unchanged: for a correction, the cells whose people are the same; of the others earlier releases tell
    nothing then. NoAnswer when what was published earlier gives a small count away, or the people changed
    and the release is no correction.
    """
    system = prepared.system
    known = known_limits(ledger, system)
    if unchanged is not None:
        known = {cell: limit for cell, limit in known.items() if cell in unchanged}
    shown = set(prepared.own)
    found = suppress(
        system, release=release, protection=protection, known=known,
        unpublished=[cell for cell in system.cells if cell not in shown], seconds=seconds,
    )  # fmt: skip
    own = only(system, prepared.own)
    at = [system.index[cell] for cell in own.cells]
    values = tuple(found.values[i] for i in at)
    waivers = system.programme.rules.waivers
    merged = tuple(f"Merged for want of people: {name}." for name in prepared.merged)
    waived = tuple(f"Shown as it is: {w.cell} ({w.reason}; {' and '.join(w.people)})." for w in waivers)
    return replace(
        found, cells=own.cells, values=values,
        methods=tuple(found.methods[i] for i in at), bases=tuple(found.bases[i] for i in at),
        thresholds=tuple(found.thresholds[i] for i in at),
        lost=measure_loss(own, values, merged=prepared.merged),
        derived=derive(own.programme, own.periods, dict(zip(own.cells, values, strict=True))),
        steps=(*merged, *found.steps, *waived),
    )  # fmt: skip


def known_limits(ledger: Ledger, system: System) -> Known:
    """What earlier releases tell of each cell of the system, the figures of one cell put together.

    A correction makes what was told of its periods before it worth nothing: it is of other people.
    """
    mine, known = set(system.cells), Known()
    for entry in ledger.entries:
        if entry.kind == "correction":
            spans = [split_period(c.period, system.periods) for c in _cells(entry.published.figures, mine)]
            touched = {one for span in spans for one in span}
            known = {
                cell: limit
                for cell, limit in known.items()
                if not touched.intersection(split_period(cell.period, system.periods))
            }
        for figure in entry.published.figures:
            if figure.cell in mine:
                low, high = limits(figure, Reading())
                old_low, old_high = known.get(figure.cell, (0.0, np.inf))
                known[figure.cell] = max(low, old_low), min(high if high < CEILING else np.inf, old_high)
    return known


def _cells(figures: tuple[Figure, ...], mine: set[CellId]) -> list[CellId]:
    return [figure.cell for figure in figures if figure.cell in mine]


def unchanged_cells(system: System, key: bytes, memory: Memory) -> frozenset[CellId]:
    """The cells whose people are those of when they were last published."""
    marks = cell_marks(system, key)
    return frozenset(
        c for c, mark in zip(system.cells, marks, strict=True) if memory.get(c.text) == mark.hex()
    )
