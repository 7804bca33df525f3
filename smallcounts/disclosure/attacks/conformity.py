"""A0: whether the figures keep to the rule they name; the other attacks take that rule for granted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.sparse.linalg import lsmr

from smallcounts.disclosure.attacks.cliques import build_space
from smallcounts.disclosure.attacks.domain import Domain
from smallcounts.disclosure.attacks.knowledge import Reading, limits
from smallcounts.disclosure.attacks.programs import stack
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.cells import CellId, System
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published, Symbol
from smallcounts.disclosure.rules import BASES

FEWEST_ALIKE = 3  # cells with one rest before their common direction says anything
FEWEST_CELLS = 10
OFF = 1e-3  # people; one value rounded apart is off by a share of its base
AGAIN = "protect the whole release again, all tables and years jointly"


def attack_rule(
    published: Sequence[Published],
    programme: Programme,
    domain: Domain,
    *,
    system: System | None = None,
    reading: Reading | None = None,
) -> Verdict:
    """A0: bases, thresholds, waivers, symbols and sums; with the truth also distance and direction.

    system: the truth, with every cell of the releases; without it only what readers can check is checked.
    A direction that follows from the count alone (nearest, always down) can be computed backwards.
    """
    findings: list[Finding] = []
    possible = _possible(published, domain)
    for release in published:
        findings += [
            f for figure in release.figures for f in _stated(figure, programme, possible[figure.cell])
        ]
        findings += _twice(release)
    findings += _sums(published[-1], domain)
    if system is not None:
        findings += _distance(published[-1], system, reading or Reading())
        findings += _direction(published[-1], system)
    return verdict("A0", f"{len(findings)} figures break their rule", findings, {"broken": len(findings)})


def _finding(cell: CellId, words: str, remedy: str = AGAIN) -> Finding:
    return Finding(cell.text, "A0", words, remedy)


def _possible(published: Sequence[Published], domain: Domain) -> dict[CellId, bool]:
    cells = list(dict.fromkeys(f.cell for release in published for f in release.figures))
    filled = np.diff(build_space(cells, domain).matrix.indptr) > 0
    return dict(zip(cells, filled.tolist(), strict=True))


def _stated(figure: Figure, programme: Programme, is_possible: bool) -> Iterator[Finding]:
    """What a figure says of itself, against the programme."""
    cell, value, base = figure.cell, figure.value, figure.base
    if figure.threshold < programme.threshold(cell.parts):
        yield _finding(
            cell, f"threshold {figure.threshold}, the programme asks {programme.threshold(cell.parts)}"
        )
    if figure.method is Method.WAIVED and cell.text not in programme.rules.waived():
        yield _finding(
            cell, "shown as it is, but no two people waived it", "declare the waiver, or protect it"
        )
    if (value is Symbol.NOT_APPLICABLE) == is_possible:
        yield _finding(
            cell,
            f"{value} printed, but people can{'' if is_possible else 'not'} be there",
            "print '.' for impossible cells alone",
        )
    if isinstance(value, int) and value < 0:
        yield _finding(cell, f"{value} is below zero")
    if figure.method is Method.ROUNDED and isinstance(value, int):
        sensitive = any((v := programme.variable(n)) is not None and v.is_sensitive for n, _ in cell.parts)
        if base not in BASES or 2 * base - 1 < figure.threshold or (base < 5 and sensitive):
            yield _finding(cell, f"base {base} is too small here", "use base 5 or more")
        elif value % base:
            yield _finding(cell, f"{value} is no multiple of {base}")


def _twice(release: Published) -> Iterator[Finding]:
    """One cell with two values in one release."""
    seen: dict[CellId, Figure] = {}
    for figure in release.figures:
        if seen.setdefault(figure.cell, figure).value != figure.value:
            yield _finding(figure.cell, f"printed {seen[figure.cell].value} and {figure.value}")


def _sums(release: Published, domain: Domain) -> Iterator[Finding]:
    """Rounded values of one release that no fractions of people could sum to: cells rounded apart."""
    figures = {f.cell: f for f in release.figures if f.method is Method.ROUNDED and isinstance(f.value, int)}
    if not figures:
        return
    space = build_space(list(figures), domain)
    values = np.array([f.value for f in figures.values()], dtype=np.float64)
    system = stack([space.matrix, space.ties])
    wanted = np.r_[values, np.zeros(space.ties.shape[0])]
    answer = lsmr(system, wanted, atol=1e-12, btol=1e-12, conlim=0, maxiter=100 * len(wanted))[0]
    miss = np.abs(system @ answer - wanted)[: len(values)]
    worst = list(figures)[int(miss.argmax())]
    if miss.max() > OFF:
        yield _finding(worst, "the sums around it do not agree: it was rounded apart from the others")


def _distance(release: Published, system: System, reading: Reading) -> Iterator[Finding]:
    """Figures whose true count lies outside what their rule says."""
    index = system.index
    for figure in release.figures:
        true = int(system.counts[index[figure.cell]])
        if figure.value is Symbol.MISSING and true:
            yield _finding(
                figure.cell, "'-' stands for nothing collected, but people are there", "print '..'"
            )
        elif isinstance(figure.value, int) and figure.method is Method.ROUNDED and figure.base > 0:
            if figure.value % figure.base:
                continue
            low, high = limits(figure, reading)
            if not low <= true <= high:
                yield _finding(figure.cell, f"{figure.value} is further from the truth than its rule says")


def _direction(release: Published, system: System) -> Iterator[Finding]:
    """Whether the rest of a count alone decides which way it was rounded."""
    index = system.index
    up: dict[tuple[int, int], list[bool]] = {}
    for figure in release.figures:
        true = int(system.counts[index[figure.cell]])
        if figure.method is Method.ROUNDED and isinstance(figure.value, int) and true % max(figure.base, 1):
            up.setdefault((figure.base, true % figure.base), []).append(figure.value > true)
    told = [ways for ways in up.values() if len(ways) >= FEWEST_ALIKE]
    if sum(map(len, told)) >= FEWEST_CELLS and all(len(set(ways)) == 1 for ways in told):
        yield Finding(
            "all cells", "A0", "the rest of each count decides which way it is rounded",
            "disturb the direction with a secret key",
        )  # fmt: skip
