"""Rounds a prepared system and says what was lost and how it was made; the attacks come after."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.deriving import derive
from smallcounts.disclosure.ledger import Ledger
from smallcounts.disclosure.losses import measure_loss
from smallcounts.disclosure.preparing import Prepared
from smallcounts.disclosure.release import Method, Protected, Symbol, Value
from smallcounts.disclosure.rounding import Search
from smallcounts.disclosure.standing import Joined, Memory, round_with_ledger


def protect_by_rounding(
    prepared: Prepared,
    key: bytes,
    *,
    release: str,
    ledger: Ledger,
    memory: Memory,
    search: Search | None = None,
) -> Protected:
    """A rounded release joined to the ledger, not yet attacked and so not yet safe.

    key: at least 32 secret bytes, the same for every release of a ledger. memory: marks of the people of each
    cell when it was last published. NoAnswer when there is no rounding. Sources: see `round_system`.
    """
    joined = round_with_ledger(prepared.system, key, ledger, memory, base=prepared.base, search=search)
    own = only(prepared.system, prepared.own)
    found = joined.rounding.values[[prepared.system.index[cell] for cell in prepared.own]]
    values: tuple[Value, ...] = tuple(
        Symbol.NOT_APPLICABLE if no else int(v) for v, no in zip(found, own.is_impossible(), strict=True)
    )
    waived = [cell.text in own.programme.rules.waived() for cell in own.cells]
    return Protected(
        release, own.cells, values,
        tuple(Method.WAIVED if w else Method.ROUNDED for w in waived),
        tuple(1 if w else prepared.base for w in waived),
        tuple(int(t) for t in own.thresholds),
        joined.rounding.status, joined.rounding.gap,
        measure_loss(own, values, kept=joined.kept, changed=joined.changed, merged=prepared.merged),
        derive(own.programme, own.periods, dict(zip(own.cells, values, strict=True))),
        _steps(prepared, joined),
    )  # fmt: skip


def only(system: System, cells: tuple[CellId, ...]) -> System:
    """The system with these cells alone."""
    rows = np.array([system.index[cell] for cell in cells], dtype=np.int64)
    return replace(
        system, cells=cells, matrix=system.matrix[rows], counts=system.counts[rows],
        thresholds=system.thresholds[rows],
    )  # fmt: skip


def _steps(prepared: Prepared, joined: Joined) -> tuple[str, ...]:
    rounding, base = joined.rounding, prepared.base
    waivers = prepared.system.programme.rules.waivers
    steps = [
        *(f"Merged for want of people: {name}." for name in prepared.merged),
        f"All {len(prepared.own)} cells of all tables and periods are rounded together to multiples of "
        f"{base}; zeros stay zero and every sum agrees.",
        "Which of the two multiples beside a count it gets is disturbed by a secret key, always alike for "
        "the same people.",
    ]
    if rounding.reach:
        steps.append(
            f"No such tables exist, so some values lie up to {rounding.reach} multiples further away."
        )
    if not rounding.is_possible:
        steps.append("The sums agree, but no whole table of people in these multiples has them.")
    if joined.kept or joined.changed:
        steps.append(f"Of the values published earlier {joined.kept} stand and {joined.changed} changed.")
    greatest = int(np.abs(rounding.values - prepared.system.counts).max(initial=0))
    if joined.kept and greatest >= base:
        steps.append(f"Earlier values that stand though people changed lie up to {greatest} from the count.")
    if rounding.status != "optimal":
        steps.append(f"The search was ended; a better one could differ by {rounding.gap:.1%}.")
    steps += [f"Shown as it is: {w.cell} ({w.reason}; {' and '.join(w.people)})." for w in waivers]
    return (*steps, "Percentages, rates and means are computed from the rounded values.")
