"""Controlled rounding of all linked tables at once: additive, zeros kept, directions keyed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from smallcounts.disclosure.cells import System, cell_marks, split_period
from smallcounts.disclosure.corridor import NONE, Block, Corridor, corridor, possible
from smallcounts.disclosure.errors import NoAnswer
from smallcounts.disclosure.solver import Answer, solve

Ints = NDArray[np.int64]

NOISE = 0.9  # below 1, so that a count next to a multiple goes there more often than not, never surely
MEAN_ERROR = {3: 0.95, 5: 1.65, 10: 3.3}  # greatest mean error per base, kept where it can be
MANY = 50  # cells; a cap on the mean over fewer would settle the direction of single cells
REACHES = (0, 1, 5, 50)
SECONDS = 60.0
SOURCES = ("cox-1987", "salazar-gonzalez-2006")


@dataclass(frozen=True, slots=True, eq=False)
class Rounding:
    """values (n,): multiples of the base in people, for the cells of the system; waived cells are exact.

    status "optimal" or "limit", with the greatest gap of any block. reach: bases beyond the neighbouring
    multiples that were needed, 0 for strict rounding. is_possible: whether whole combinations in multiples
    of the base sum to the values, so that the tables could be those of real people.
    """

    values: Ints
    status: str
    gap: float
    reach: int
    is_possible: bool


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """What earlier releases ask of this one. fixed and wish (n,) in people, or NONE; see `Block`."""

    fixed: Ints
    wish: Ints

    @classmethod
    def nothing(cls, n: int) -> Standing:
        return cls(np.full(n, NONE, dtype=np.int64), np.full(n, NONE, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Search:
    """Limits of a search: bases beyond the two neighbouring multiples, tried in this order; seconds for each
    block of linked cells; `attempt` draws other numbers, for when an attack breaks the first."""

    reaches: tuple[int, ...] = REACHES
    attempt: int = 0
    seconds: float = SECONDS


def round_system(
    system: System,
    key: bytes,
    *,
    base: int,
    standing: Standing | None = None,
    by_mark: Mapping[bytes, int] | None = None,
    search: Search | None = None,
) -> Rounding:
    """Rounded values for every cell of the system, in multiples of `base`.

    Strict first: each value is one of the two multiples beside the true count (the count itself when it is
    one), zeros stay zero, and all sums agree. Where no such tables exist, further multiples, as few as
    possible. Which of the two: the nearer one is favoured, disturbed by a number drawn with the key from the
    people of the cell, so that the same people are rounded alike in every table and period (`by_mark`: values
    the same people have already). Periods that no sum links are solved one by one, the earliest first. Cells
    that cannot exist get 0 here, waived ones their count. Use it for tables of few people.
    NoAnswer when no rounding exists with the standing values. Sources: cox-1987, salazar-gonzalez-2006.
    """
    search = search or Search()
    marks = cell_marks(system, key)
    standing = standing or Standing.nothing(len(marks))
    waived = np.array([cell.text in system.programme.rules.waived() for cell in system.cells], dtype=bool)
    values = np.where(waived, system.counts, 0)
    known = dict(by_mark or {})
    parts = []
    for rows in _blocks(system):
        rows = rows[~(waived | system.is_impossible())[rows]]
        block = _block(system, rows, [marks[i] for i in rows], known, standing, search.attempt, base)
        part = _round_block(block, _name(system, rows), search)
        values[rows] = part.values
        known |= {marks[i]: int(values[i]) for i in rows if marks[i] not in known}
        parts.append(part)
    return Rounding(
        values,
        "optimal" if all(p.status == "optimal" for p in parts) else "limit",
        max((p.gap for p in parts), default=0.0),
        max((p.reach for p in parts), default=0),
        all(p.is_possible for p in parts),
    )


def _block(
    system: System,
    rows: Ints,
    marks: Sequence[bytes],
    known: Mapping[bytes, int],
    standing: Standing,
    attempt: int,
    base: int,
) -> Block:
    """The program's data for these rows; what the ledger asks goes before what the same people have."""
    wish = [known.get(m, NONE) if w == NONE else w for m, w in zip(marks, standing.wish[rows], strict=True)]
    draw = np.array([_draw(mark, attempt) for mark in marks])
    return Block(
        _trimmed(system, rows), system.counts[rows], draw, standing.fixed[rows],
        np.array(wish, dtype=np.int64), base,
    )  # fmt: skip


def _draw(mark: bytes, attempt: int) -> float:
    """A number from -1 to 1 that only the holder of the key can know."""
    digest = hashlib.sha256(b"round %d " % attempt + mark).digest()
    return int.from_bytes(digest[:8], "big") / 2**63 - 1


def _blocks(system: System) -> list[Ints]:
    """The rows of cells whose periods are linked, the earliest period first."""
    owner = list(range(len(system.periods)))
    spans = [split_period(cell.period, system.periods) for cell in system.cells]
    for span in set(spans):
        joined = {owner[at] for at in span}
        owner = [min(joined) if one in joined else one for one in owner]
    block = np.array([owner[span[0]] for span in spans])
    return [np.flatnonzero(block == one) for one in sorted(set(block.tolist()))]


def _trimmed(system: System, rows: Ints) -> csr_array:
    """The rows of the matrix without the combinations of other blocks."""
    part = system.matrix[rows]
    return csr_array(part[:, np.unique(part.indices)])


def _name(system: System, rows: Ints) -> str:
    periods = sorted({system.cells[i].period for i in rows})
    return periods[0] if len(periods) == 1 else f"{periods[0]} to {periods[-1]}"


def _round_block(block: Block, name: str, search: Search) -> Rounding:
    """The strictest rounding of one block that exists."""
    for reach in search.reaches:
        found = _within(block, reach, search.seconds)
        if found is not None:
            return found
    raise NoAnswer(
        f"{name}: no rounding to base {block.base} was found beside what was published earlier; "
        "publish fewer new tables, or give the solver more time",
        code="no_rounding", periods=name, base=block.base,
    )  # fmt: skip


def _within(block: Block, reach: int, seconds: float) -> Rounding | None:
    """The best rounding within `reach`; None when there is none. The mean error is capped if it can be."""
    found = _best(corridor(block, reach=reach, noise=NOISE, mean_error=None), seconds)
    if found is None:
        return None
    ceiling = MEAN_ERROR[block.base]
    if reach == 0 and len(block.counts) >= MANY and np.abs(found.values - block.counts).mean() > ceiling:
        capped = _best(corridor(block, reach=0, noise=NOISE, mean_error=ceiling), seconds)
        found = capped if capped is not None and capped.is_possible >= found.is_possible else found
    return replace(found, reach=reach)


def _best(program: Corridor, seconds: float) -> Rounding | None:
    """The answer of one program, with whole combinations if they cost no more than a second search.

    Combinations may be broken in the first search, which is ten times faster and nearly always ends in values
    that whole ones give too.
    """
    answer = solve(program.linear, seconds=seconds)
    found = _read(program, answer, seconds)
    if found is None or found.is_possible:
        return found
    whole = replace(program.linear, whole=np.ones_like(program.linear.whole))
    return _read(program, solve(whole, seconds=seconds), seconds) or found


def _read(program: Corridor, answer: Answer, seconds: float) -> Rounding | None:
    if answer.x is None:
        return None
    values = program.values(answer.x)
    fits = solve(possible(program.block, values), seconds=seconds).x is not None
    return Rounding(values, answer.status, answer.gap, 0, fits)
