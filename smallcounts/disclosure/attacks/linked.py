"""A11: programmes that count the same people, read together: what the figures of both leave of each cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, eye_array, hstack

from smallcounts.disclosure.attacks.bounds import Bounds, bound_rows
from smallcounts.disclosure.attacks.cliques import Space, build_space
from smallcounts.disclosure.attacks.domain import AttackRefused, Domain
from smallcounts.disclosure.attacks.knowledge import View, version_of
from smallcounts.disclosure.attacks.programs import stack
from smallcounts.disclosure.attacks.results import Finding, Verdict, verdict
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published
from smallcounts.disclosure.within import Parts, Within

REMEDY = "draw the rounding anew, publish coarser tables, or make the two one programme"


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another programme that counts people of this one, with all that was ever published of it.

    corrections: ids of its releases whose people differ from those before.
    """

    programme: Programme
    published: tuple[Published, ...]
    corrections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Side:
    """One programme as the attacker sees it."""

    name: str
    within: tuple[Within, ...]
    seen: View
    domain: Domain


@dataclass(frozen=True, slots=True)
class _Link:
    """Rows of the joint view: whoever is in `part` is in `whole`."""

    part: int
    whole: int


def attack_linked(sides: Sequence[Side]) -> Verdict:
    """A11: no cell of any side exact or surely small, and neither the people of a cell outside its part.

    Every reader knows that somebody who was given support is one of the people of the reception, so a part
    printed above its whole narrows both. That alone is a finding: where no part is printed above its whole, a
    whole and its part tell nothing of each other that their own figures do not tell (docs/method). Formula:
    that of A1 over the spaces of all sides, with whole − part = outside ≥ 0 for each link.
    AttackRefused when a linked cell is not printed. Sources: fischetti-salazar-2001.
    """
    joint = _joint(sides)
    seen, links = joint
    space, questions = _space(seen, _domain(sides), links)
    parts = np.array([one.part for one in links], dtype=np.int64)
    threshold = np.concatenate([seen.threshold, seen.threshold[parts]])
    found = bound_rows(space, seen, questions, threshold, np.arange(len(threshold)), verdict_only=True)
    return _judged(seen, links, found, np.asarray(np.diff(questions.indptr) == 0))


def _joint(sides: Sequence[Side]) -> tuple[View, tuple[_Link, ...]]:
    """All cells of all sides, each named with its side, and the links between them."""
    cells: list[CellId] = []
    first: dict[str, int] = {}
    for side in sides:
        first[side.name] = len(cells)
        cells += [_named(side.name, cell) for cell in side.seen.cells]
    seen = View(
        tuple(cells),
        tuple(figure for side in sides for figure in side.seen.figures),
        np.concatenate([side.seen.low for side in sides]),
        np.concatenate([side.seen.high for side in sides]),
        np.concatenate([side.seen.threshold for side in sides]),
        np.concatenate([side.seen.waived for side in sides]),
    )
    by_name = {side.name: side for side in sides}
    links = tuple(
        _Link(first[side.name] + part, first[one.programme] + whole)
        for side in sides for one in side.within if one.programme in by_name
        for part, whole in _rows(side, by_name[one.programme], one)
    )  # fmt: skip
    return seen, links


def _named(name: str, cell: CellId) -> CellId:
    return CellId(f"{name} {cell.period}", tuple((f"{name} {v}", category) for v, category in cell.parts))


def _rows(side: Side, other: Side, one: Within) -> Iterator[tuple[int, int]]:
    """The rows of each linked pair, of the newest people of every single period that both print."""
    newest, others = _newest(side.seen), _newest(other.seen)
    for period in sorted(newest.keys() & others.keys()):
        for parts in one.cells:
            yield (
                _row(side, newest[period], parts),
                _row(other, others[period], one.inside),
            )


def _newest(seen: View) -> dict[str, str]:
    """The name of each single period's newest version."""
    found: dict[str, tuple[int, str]] = {}
    for cell in seen.cells:
        if "/" not in cell.period:
            period, number = version_of(cell.period)
            found[period] = max(found.get(period, (0, "")), (number, cell.period))
    return {period: name for period, (_number, name) in found.items()}


def _row(side: Side, period: str, parts: Parts) -> int:
    cell = CellId(period, parts)
    if cell not in side.seen.cells:
        raise AttackRefused(
            f"{side.name} does not print {cell.text}, which a link names; print it or mend [[within]]"
        )
    return side.seen.row(cell)


def _domain(sides: Sequence[Side]) -> Domain:
    categories: dict[str, tuple[str, ...]] = {}
    coarser: dict[tuple[str, str], Mapping[str, str]] = {}
    impossible: list[Parts] = []
    spans: dict[str, tuple[str, ...]] = {}
    for side in sides:
        name, domain = side.name, side.domain
        categories |= {f"{name} {v}": codes for v, codes in domain.categories.items()}
        coarser |= {(f"{name} {a}", f"{name} {b}"): of for (a, b), of in domain.coarser.items()}
        impossible += [tuple((f"{name} {v}", c) for v, c in parts) for parts in domain.impossible]
        spans |= {f"{name} {p}": tuple(f"{name} {s}" for s in singles) for p, singles in domain.spans.items()}
    return Domain(categories, coarser, tuple(impossible), spans)


def _space(seen: View, domain: Domain, links: Sequence[_Link]) -> tuple[Space, csr_matrix]:
    """The space with a column for the people outside each part, and the questions: cells, then outsides."""
    plain = build_space(seen.cells, domain)
    outside = len(links)
    wider = [csr_matrix((matrix.shape[0], outside)) for matrix in (plain.matrix, plain.ties)]
    matrix, ties = (
        csr_matrix(hstack([part, none], format="csr"))
        for part, none in zip((plain.matrix, plain.ties), wider, strict=True)
    )
    if not links:
        return plain, plain.matrix
    whole, part = plain.matrix[[o.whole for o in links]], plain.matrix[[o.part for o in links]]
    linked = csr_matrix(hstack([whole - part, -eye_array(outside)], format="csr"))
    asked = csr_matrix(hstack([csr_matrix((outside, plain.width)), eye_array(outside)], format="csr"))
    return replace(plain, matrix=matrix, ties=stack([ties, linked])), stack([matrix, asked])


def _judged(seen: View, links: Sequence[_Link], found: Bounds, empty: NDArray[np.bool_]) -> Verdict:
    let_out = seen.let_out()
    free = (
        np.concatenate([let_out, [let_out[o.part] and let_out[o.whole] for o in links]]).astype(bool) | empty
    )
    exact, small = found.exact & ~free, found.surely_small & ~free
    above = [o for o in links if _is_above(seen, o)]
    findings = [_finding(seen, links, found, int(i)) for i in np.flatnonzero(exact | small)]
    findings += [_above(seen, one) for one in above]
    numbers = {
        "links": len(links), "exact": int(exact.sum()), "surely_small": int(small.sum()), "above": len(above),
    }  # fmt: skip
    detail = (
        f"{len(links)} links, {exact.sum()} exact and {small.sum()} surely small, "
        f"{len(above)} parts printed above their whole"
    )
    return verdict("A11", detail, findings, numbers)


def _is_above(seen: View, link: _Link) -> bool:
    part, whole = seen.figures[link.part].value, seen.figures[link.whole].value
    return isinstance(part, int) and isinstance(whole, int) and part > whole


def _above(seen: View, link: _Link) -> Finding:
    part, whole = seen.figures[link.part], seen.figures[link.whole]
    words = f"printed {part.value}, above {whole.value} of {whole.cell.text} that holds all of them"
    return Finding(part.cell.text, "A11", words, REMEDY)


def _finding(seen: View, links: Sequence[_Link], found: Bounds, row: int) -> Finding:
    low, high = found.low[row], found.high[row]
    said = f"exactly {low:.0f}" if low == high else f"surely {low:.0f} to {high:.0f}"
    if row < len(seen.cells):
        return Finding(seen.figures[row].cell.text, "A11", f"{said} people, both programmes together", REMEDY)
    link = links[row - len(seen.cells)]
    whole, part = seen.figures[link.whole].cell.text, seen.figures[link.part].cell.text
    return Finding(f"{whole} less {part}", "A11", f"{said} people of the one are not in the other", REMEDY)
