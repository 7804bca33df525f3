"""What protection cost, and whether the sums of a table still agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from smallcounts.disclosure.cells import CellId, System, margin_cells
from smallcounts.disclosure.programme import Programme, Table
from smallcounts.disclosure.release import Lost, Symbol, Value


def measure_loss(
    system: System,
    values: Sequence[Value],
    *,
    kept: int = 0,
    changed: int = 0,
    merged: tuple[str, ...] = (),
) -> Lost:
    """Errors of the values (one for each cell of the system, in people) against the true counts.

    Cells that cannot exist are left out; hidden ones count as hidden, not as errors.
    """
    shown = [(v, a) for v, a in zip(values, system.counts, strict=True) if not isinstance(v, Symbol)]
    errors = np.abs(np.array([v - a for v, a in shown], dtype=np.int64))
    by_cell = dict(zip(system.cells, values, strict=True))
    return Lost(
        cells=sum(v is not Symbol.NOT_APPLICABLE for v in values),
        hidden=sum(v is Symbol.HIDDEN for v in values),
        mean_error=float(errors.mean()) if len(errors) else 0.0,
        max_error=int(errors.max()) if len(errors) else 0,
        is_additive=not broken_sums(system.programme, system.periods, by_cell),
        kept=kept,
        changed=changed,
        merged=merged,
    )


def broken_sums(
    programme: Programme, periods: Sequence[str], values: Mapping[CellId, Value]
) -> tuple[CellId, ...]:
    """The margins whose parts do not add up to them; a margin with a hidden part is not judged."""
    broken = set()
    for table in programme.tables:
        for period in table.periods or periods:
            for cells, margin in _sums(programme, table, period):
                parts = [values[c] for c in cells if values[c] is not Symbol.NOT_APPLICABLE]
                whole = values[margin]
                if isinstance(whole, Symbol) or any(isinstance(p, Symbol) for p in parts):
                    continue
                if sum(p for p in parts if not isinstance(p, Symbol)) != whole:
                    broken.add(margin)
    return tuple(sorted(broken))


def _sums(programme: Programme, table: Table, period: str) -> list[tuple[list[CellId], CellId]]:
    """The parts of each shown margin: along one more variable, and along the finer level of a subtotal."""
    margins = table.shown_margins()
    found: dict[CellId, list[CellId]] = {}
    for margin in margins:
        for name in margin:
            rest = tuple(v for v in margin if v != name)
            owner = programme.variable(name)
            assert owner is not None
            names = [name, *(s for s in table.subtotals if s in owner.names())]
            for cell in margin_cells(programme, table, period, margin):
                level = next(n for n, _ in cell.parts if n in names)
                for parent in _parents(programme, cell, names, level, is_total_shown=rest in margins):
                    found.setdefault(parent, []).append(cell)
    # along each variable a margin is summed anew: parts are told apart by the names they hold
    grouped: dict[tuple[CellId, tuple[str, ...]], list[CellId]] = {}
    for parent, cells in found.items():
        for cell in cells:
            grouped.setdefault((parent, tuple(n for n, _ in cell.parts)), []).append(cell)
    return [(cells, parent) for (parent, _), cells in grouped.items()]


def _parents(
    programme: Programme, cell: CellId, names: Sequence[str], level: str, *, is_total_shown: bool
) -> list[CellId]:
    """The cells one step up from `cell` along one hierarchy: every coarser level, and the total."""
    category = dict(cell.parts)[level]
    others = tuple(part for part in cell.parts if part[0] != level)
    owner = programme.variable(level)
    assert owner is not None
    codes = set(owner.codes(level, category) or ())
    found = [
        CellId(cell.period, tuple(sorted((*others, (upper, parent)))))
        for upper in names[names.index(level) + 1 :]
        for parent, inside in owner.shown_at(upper)
        if codes <= set(inside)
    ]
    return [*found, CellId(cell.period, others)] if is_total_shown else found
