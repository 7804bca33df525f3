"""A5: the release made again and again, and made with one person more."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from smallcounts.disclosure.attacks.making import Maker, without
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.people import People
from smallcounts.disclosure.release import Published, Symbol

RUNS = 3
PERSONS = 3


def attack_by_averaging(
    make: Maker, people: People, system: System, *, runs: int = RUNS, persons: int = PERSONS, seed: int = 0
) -> Verdict:
    """A5: from the same people always the same bytes; with one person more only that person's cells change.

    `make` is called `runs` times for the same people, in shuffled order too, and for some persons as if
    that one had come after the first release. Noise drawn anew each time could be averaged away, and a
    change elsewhere would show that somebody came. `system` holds the cells of these people. A dot that comes
    or goes elsewhere is no finding: beside dots the exact totals show that somebody came anyway.
    """
    findings: list[Finding] = []
    rng = np.random.default_rng(seed)
    first = make(people, None)
    for _ in range(runs - 1):
        order = rng.permutation(len(people))
        for cell in differing(first, make(shuffled(people, order), None)):
            remedy = (
                "draw all noise from the key and the people of the cell, never from chance, order or time"
            )
            findings.append(
                Finding(cell.text, "A5", "printed otherwise when the release is made again", remedy)
            )
    rows = rng.choice(len(people), size=min(persons, len(people)), replace=False)
    for row in rows:
        fewer = without(people, int(row))
        before, after = make(fewer, None), make(people, fewer)
        place = system.row_inner[row]
        mine = {c for c, n in zip(system.cells, system.matrix[:, [place]].toarray()[:, 0], strict=True) if n}
        for cell in differing(before, after):
            if cell not in mine and not _is_dotted(cell, before, after):
                findings.append(
                    Finding(
                        cell.text, "A5", "changed when a person came who is not in it",
                        "keep every earlier value of unchanged people; protect with the ledger and its marks",
                    )
                )  # fmt: skip
    detail = f"made {runs} times alike, {len(rows)} persons added one by one: {len(findings)} cells differ"
    return verdict("A5", detail, findings, {"runs": runs, "persons": len(rows), "differ": len(findings)})


def _is_dotted(cell: CellId, *releases: Published) -> bool:
    """Whether one of the releases hides the cell."""
    return any(f.cell == cell and f.value is Symbol.HIDDEN for one in releases for f in one.figures)


def shuffled(people: People, order: NDArray[np.int64]) -> People:
    """The same people in another order."""
    names = tuple(people.pseudonyms[i] for i in order) if people.pseudonyms else ()
    return People(people.periods, people.period[order], people.codes[order], people.weight[order], names)


def differing(one: Published, other: Published) -> list[CellId]:
    """Cells that the two releases print differently, in order; a cell in one of them alone differs too."""
    if as_bytes(one) == as_bytes(other):
        return []
    printed = [{f.cell: f for f in release.figures} for release in (one, other)]
    cells = sorted({*printed[0], *printed[1]})
    return [c for c in cells if printed[0].get(c) != printed[1].get(c)]


def as_bytes(release: Published) -> bytes:
    """The figures of a release as bytes, name of the release apart."""
    figures = [[f.cell.text, str(f.value), str(f.method), f.base, f.threshold] for f in release.figures]
    derived = [[d.name, d.kind, d.cell.text, d.value, d.decimals] for d in release.derived]
    return json.dumps([figures, derived]).encode()
