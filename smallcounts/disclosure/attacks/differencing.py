"""A4: what is left when one published cell is taken from another: places, groupings, years, late comers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from smallcounts.disclosure.attacks.bounds import Bounds, bound_cells, bound_rows
from smallcounts.disclosure.attacks.cliques import Space, build_space
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.knowledge import Reading, View, as_versions, version_of, view
from smallcounts.disclosure.attacks.programs import CEILING, stack
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.release import Published


def attack_differences(
    published: Sequence[Published],
    domain: Domain,
    reading: Reading | None = None,
    *,
    corrections: frozenset[str] = frozenset(),
) -> Verdict:
    """A4: every pair of cells of which one holds the other, and single years of sums of years.

    A difference is found out when it is surely from 1 to the threshold less 1, or known to be zero (then
    everybody of the larger group is in the smaller one), unless declared impossible. `corrections`:
    releases of changed people; if people only came in late, those who came must not be found out either.
    """
    versions, named = as_versions(published, corrections, domain)
    seen = view(versions, reading)
    space = build_space(seen.cells, named)
    pairs = list(nested_pairs(seen.cells, named))
    findings = _pairs(space, seen, pairs)
    singles = _single_years(seen, named)
    if singles:
        words = "a single year of a sum of years is"
        findings += _unprinted(seen, named, singles, np.zeros(len(singles)), words)
    findings += _late(seen, named)
    numbers = {"pairs": len(pairs), "single_years": len(singles), "found": len(findings)}
    return verdict("A4", f"{len(findings)} of {len(pairs)} differences found out", findings, numbers)


def nested_pairs(cells: Sequence[CellId], domain: Domain) -> Iterator[tuple[int, int]]:
    """(big, small) rows: everybody of the small cell is in the big one and the two are not the same group."""
    inside: dict[str, list[int]] = {}
    for row, cell in enumerate(cells):
        for period in domain.periods(cell.period):
            inside.setdefault(period, []).append(row)
    for small, cell in enumerate(cells):
        for big in inside[domain.periods(cell.period)[0]]:
            if big == small or not domain.contains(cells[big], cell):
                continue
            if not domain.contains(cell, cells[big]):
                yield big, small


def _pairs(space: Space, seen: View, pairs: Sequence[tuple[int, int]]) -> list[Finding]:
    if not pairs:
        return []
    big, small = np.array(pairs).T
    questions = stack([csr_matrix(space.matrix[big] - space.matrix[small])])
    threshold = np.maximum(seen.threshold[big], seen.threshold[small])
    rows = np.flatnonzero(~(seen.waived[big] & seen.waived[small]))
    found = bound_rows(space, seen, questions, threshold, rows, verdict_only=True)
    caught = np.flatnonzero((found.exact & (found.low < threshold)) | found.surely_small)
    caught = caught[~_declared_empty(space, seen, questions, threshold, caught)]
    return [
        _finding(f"{seen.cells[b].text} less {seen.cells[s].text}", found, int(i), "the difference is")
        for i, b, s in zip(caught, big[caught], small[caught], strict=True)
    ]


def _declared_empty(
    space: Space, seen: View, questions: csr_matrix, threshold: NDArray[np.int64], rows: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Which of these differences are zero already by what was declared impossible."""
    nothing = replace(seen, low=np.zeros(len(seen.cells)), high=np.full(len(seen.cells), CEILING))
    bare = bound_rows(space, nothing, questions, threshold, rows)
    return np.asarray(bare.high[rows] == 0)


def _single_years(seen: View, domain: Domain) -> list[CellId]:
    """Cells of one year that are not printed, but are part of a printed sum of years."""
    printed = set(seen.cells)
    singles = {
        CellId(period, cell.parts)
        for cell in seen.cells
        if len(domain.periods(cell.period)) > 1
        for period in domain.periods(cell.period)
    }
    return sorted(singles - printed)


def _unprinted(
    seen: View, domain: Domain, cells: Sequence[CellId], low: NDArray[np.float64], words: str
) -> list[Finding]:
    wider = _with_cells(seen, cells, low)
    found = bound_cells(wider, domain, verdict_only=True)
    rows = range(len(seen.cells), len(wider.cells))
    caught = [r for r in rows if found.surely_small[r] or (found.exact[r] and found.low[r] > 0)]
    return [_finding(wider.cells[r].text, found, r, words) for r in caught]


def _with_cells(seen: View, cells: Sequence[CellId], low: NDArray[np.float64]) -> View:
    at = [_nearest_row(seen, cell) for cell in cells]
    return View(
        (*seen.cells, *cells), (*seen.figures, *(seen.figures[i] for i in at)), np.r_[seen.low, low],
        np.r_[seen.high, np.full(len(cells), CEILING)], np.r_[seen.threshold, seen.threshold[at]],
        np.r_[seen.waived, np.zeros(len(cells), dtype=bool)],
    )  # fmt: skip


def _nearest_row(seen: View, cell: CellId) -> int:
    """A printed cell of the same parts, for its threshold."""
    return next(row for row, other in enumerate(seen.cells) if other.parts == cell.parts)


def _late(seen: View, domain: Domain) -> list[Finding]:
    """Those who came between two versions of one period, if nobody left."""
    values = {(c.period, c.parts): f.value for c, f in zip(seen.cells, seen.figures, strict=True)}
    spans: dict[str, tuple[str, ...]] = {}
    cells: list[CellId] = []
    low: list[float] = []
    for period in sorted({p for p, _ in values if version_of(p)[1] > 1}):
        name, number = version_of(period)
        before = name if number == 2 else f"{name} #{number - 1}"
        come = f"{name} +{number}"
        spans[period] = (*spans.get(before, (before,)), come)
        for there, parts in values:
            if there == period and (before, parts) in values:
                cells.append(CellId(come, parts))
                # the same people keep their value, so another value means other people
                low.append(float(values[before, parts] != values[period, parts]))
    if not cells:
        return []
    late = Domain(domain.categories, domain.coarser, domain.impossible, {**domain.spans, **spans})
    try:
        return _unprinted(seen, late, cells, np.array(low), "those who came late are")
    except AttackRefused:
        return []  # people also left: the assumption does not fit the figures


def _finding(cells: str, found: Bounds, row: int, words: str) -> Finding:
    low, high = found.low[row], found.high[row]
    said = f"exactly {low:.0f}" if low == high else f"surely {low:.0f} to {high:.0f}"
    return Finding(
        cells, "A4", f"{words} {said} people",
        "protect the cells jointly with the ledger, or leave the finer of the two out",
    )  # fmt: skip
