"""A2: what whole tables tell beyond fractions, and how many whole tables fit at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.bounds import Bounds, judge, structurally_empty
from smallcounts.disclosure.attacks.cliques import Space, build_space
from smallcounts.disclosure.attacks.domain import Domain
from smallcounts.disclosure.attacks.knowledge import View
from smallcounts.disclosure.attacks.programs import Program, stack
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.attacks.sampling import Sample, distinct_tables

FEWEST_TABLES = 1_000


def attack_integers(samples: Sequence[Sample], domain: Domain) -> Verdict:
    """A2: A1 with whole numbers, and at least 1,000 whole tables that fit.

    A value that the walk saw is possible; only for cells it leaves in doubt is the integer program solved.
    Tables are counted in the reduced space: each of them is the margin of at least one full table.
    """
    findings: list[Finding] = []
    numbers = {"exact": 0.0, "surely_small": 0.0, "programs": 0.0}
    for sample in samples:
        bounds = whole_bounds(sample, domain)
        found = judge("A2", sample.seen, bounds, structurally_empty(sample.seen, domain))
        findings += found.findings
        for name in ("exact", "surely_small"):
            numbers[name] += found.numbers[name]
        numbers["programs"] += bounds.solved
    tables = numbers["tables"] = float(count_tables(samples, domain))
    if tables < FEWEST_TABLES:
        findings.append(
            Finding(
                "all cells", "A2", f"only {tables:,.0f} whole tables fit the figures",
                "publish fewer tables of so few people, or merge categories upward",
            )
        )  # fmt: skip
    words = f"{tables:,.0f} or more" if tables >= FEWEST_TABLES else f"{tables:,.0f}"
    detail = f"{numbers['exact']:.0f} exact, {numbers['surely_small']:.0f} surely small, {words} tables fit"
    return verdict("A2", detail, findings, numbers)


def whole_bounds(sample: Sample, domain: Domain) -> Bounds:
    """Least and largest whole count of each cell, as far as the verdict needs it."""
    seen = sample.seen
    possible = sample.share > 0
    low = sample.least + possible.argmax(axis=1).astype(np.float64)
    high = sample.least + sample.share.shape[1] - 1.0 - possible[:, ::-1].argmax(axis=1)
    doubt = np.flatnonzero((low == high) | ((low >= 1) & (high < seen.threshold)))
    if len(doubt):
        space = build_space(seen.cells, domain)
        program = whole_program(space, seen)
        for row in doubt:
            start, end = space.matrix.indptr[row : row + 2]
            columns, weights = space.matrix.indices[start:end], space.matrix.data[start:end]
            for largest in (False, True):
                value = round(program.solve(columns, weights, largest=largest).value)
                low[row], high[row] = min(low[row], value), max(high[row], value)
    return Bounds(low, high, seen.threshold, 2 * len(doubt))


def whole_program(space: Space, seen: View) -> Program:
    """The integer program of all tables that fit."""
    nothing = np.zeros(space.ties.shape[0])
    rows = stack([space.matrix, space.ties])
    return Program(rows, np.r_[seen.low, nothing], np.r_[seen.high, nothing], whole=True)


def count_tables(samples: Sequence[Sample], domain: Domain) -> int:
    """At least so many whole tables fit; exact below 1,000, where the walk may not have seen them all."""
    seen = distinct_tables(samples)
    if seen >= FEWEST_TABLES:
        return seen
    product = 1
    for sample in samples:
        tables = enumerate_tables(build_space(sample.seen.cells, domain), sample.seen)
        product *= sum(1 for _, _ in zip(tables, range(FEWEST_TABLES), strict=False))
    return product


def enumerate_tables(space: Space, seen: View) -> Iterator[NDArray[np.int64]]:
    """Every whole table of the reduced space that fits, one after the other, by depth-first search.

    Columns are filled in order; a branch ends when a row is above its upper limit or can no longer reach its
    lower one. The time grows with the number of tables: take the first thousand, or keep the cells few.
    """
    rows = stack([space.matrix, space.ties]).toarray()
    nothing = np.zeros(space.ties.shape[0])
    low, high = np.r_[seen.low, nothing], np.r_[seen.high, nothing]
    most = np.array(
        [
            int(high[: len(seen.low)][space.matrix[:, [c]].toarray()[:, 0] > 0].min())
            for c in range(space.width)
        ]
    )
    # the largest and the least that columns from here on can still add to each row
    above = np.vstack(
        [np.cumsum((np.maximum(rows, 0) * most)[:, ::-1], axis=1)[:, ::-1].T, np.zeros(len(rows))]
    )
    below = np.vstack(
        [np.cumsum((np.minimum(rows, 0) * most)[:, ::-1], axis=1)[:, ::-1].T, np.zeros(len(rows))]
    )
    table = np.zeros(space.width, dtype=np.int64)
    yield from _fill(rows, low, high, above, below, most, table, 0, np.zeros(len(rows)))


def _fill(rows, low, high, above, below, most, table, column, sums) -> Iterator[NDArray[np.int64]]:  # type: ignore[no-untyped-def]
    if column == len(table):
        yield table.copy()
        return
    for value in range(most[column] + 1):
        table[column] = value
        now = sums + value * rows[:, column]
        if (now + above[column + 1] < low).any() or (now + below[column + 1] > high).any():
            continue
        yield from _fill(rows, low, high, above, below, most, table, column + 1, now)
    table[column] = 0
