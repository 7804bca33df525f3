"""The linked tables as one system: every published cell once, and the finest combinations it sums."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from smallcounts.disclosure.errors import DisclosureError, PeopleError, ProgrammeError
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme, Table

MAX_INNER = 200_000

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, order=True)
class CellId:
    """One published count: a period and the categories crossed, sorted; a margin leaves its variable out.

    `parts` are (variable or level, category). The same margin of several tables is one cell.
    """

    period: str
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The cell as "2021|age=<18|area=Nord"; the total as "2021"."""
        return "|".join([self.period, *(f"{name}={category}" for name, category in self.parts)])

    @classmethod
    def parse(cls, text: str) -> CellId:
        """The cell of a text made by `text`; DisclosureError when it is none."""
        period, *parts = text.split("|")
        pairs = [tuple(part.split("=", 1)) for part in parts]
        if not period or any(len(pair) != 2 for pair in pairs):
            raise DisclosureError(f"{text!r} is no cell; a cell reads like 2021|age=<18|area=Nord")
        return cls(period, tuple(sorted((pair[0], pair[1]) for pair in pairs)))


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """All cells of a publication and how they sum the finest combinations. Made by `build_system`.

    cells (n,): sorted, each once. inner (m, variables): the possible finest combinations of every period,
    one below the other; inner_period (m,): index into `periods`. matrix (n, m): 1 where the cell holds the
    combination, so that counts = matrix @ inner_counts. thresholds (n,): the cell's threshold.
    people: who is in them; row_inner (rows of people,): the combination of each.
    """

    programme: Programme
    periods: tuple[str, ...]
    cells: tuple[CellId, ...]
    inner: Ints
    inner_period: Ints
    matrix: csr_array
    counts: Ints
    inner_counts: Ints
    thresholds: Ints
    people: People
    row_inner: Ints

    @property
    def index(self) -> dict[CellId, int]:
        """The place of each cell."""
        return {cell: i for i, cell in enumerate(self.cells)}

    def members(self) -> tuple[tuple[str, ...], ...]:
        """The sorted pseudonyms of each cell; empty tuples where there are none to know."""
        if not self.people.pseudonyms:
            return ((),) * len(self.cells)
        rows: list[list[str]] = [[] for _ in range(self.matrix.shape[1])]
        for pseudonym, at in zip(self.people.pseudonyms, self.row_inner, strict=True):
            rows[at].append(pseudonym)
        starts, columns = self.matrix.indptr, self.matrix.indices
        return tuple(
            tuple(sorted(p for j in columns[starts[i] : starts[i + 1]] for p in rows[j]))
            for i in range(len(self.cells))
        )

    def is_impossible(self) -> NDArray[np.bool_]:
        """(n,): cells that no combination can fill, structurally empty."""
        empty: NDArray[np.bool_] = np.diff(self.matrix.indptr) == 0
        return empty


def build_system(programme: Programme, people: People, *, extra: Iterable[CellId] = ()) -> System:
    """The system of the programme's tables over these people, with `extra` cells (of the ledger, say).

    ProgrammeError for an unknown extra cell or a sum of periods that are not there; PeopleError when someone
    stands in a combination declared impossible.
    """
    periods = people.periods
    cells = sorted({*programme_cells(programme, periods), *extra})
    inner = _possible(programme, cells)
    size = len(inner)
    if size * len(periods) > MAX_INNER:
        raise ProgrammeError(
            f"the tables cross {size * len(periods):,} combinations, more than {MAX_INNER:,}; "
            "drop a variable, or split the programme",
            code="many_combinations", many=size * len(periods), most=MAX_INNER,
        )  # fmt: skip
    matrix = _matrix(programme, cells, periods, inner)
    people = people.only(people.weight > 0)
    row_inner = _place(people, inner)
    inner_counts = np.bincount(row_inner, weights=people.weight, minlength=size * len(periods))
    whole = inner_counts.astype(np.int64)
    return System(
        programme, periods, tuple(cells), np.tile(inner, (len(periods), 1)),
        np.repeat(np.arange(len(periods)), size), matrix, (matrix @ whole).astype(np.int64), whole,
        np.array([programme.threshold(cell.parts) for cell in cells], dtype=np.int64), people, row_inner,
    )  # fmt: skip


def build_system_from_counts(
    programme: Programme, periods: Sequence[str], codes: Ints, period: Ints, counts: Ints
) -> System:
    """The system of counted combinations.

    codes (k, variables); period (k,): index into `periods`; counts (k,): people from 0, PeopleError below.
    """
    if (counts < 0).any():
        raise PeopleError(f"a count is a whole number from 0, not {counts[counts < 0][0]}")
    return build_system(programme, People(tuple(periods), period, codes, counts))


def programme_cells(programme: Programme, periods: Sequence[str]) -> Iterator[CellId]:
    """The cells of all tables, margins shown in several tables more than once."""
    for table in programme.tables:
        for period in table.periods or periods:
            for margin in table.shown_margins():
                yield from margin_cells(programme, table, period, margin)


def margin_cells(programme: Programme, table: Table, period: str, margin: Sequence[str]) -> Iterator[CellId]:
    """The cells of one margin of a table in one period, with those of the subtotals."""
    choices = []
    for name in margin:
        variable = programme.variable(name)
        assert variable is not None
        levels = [name, *(s for s in table.subtotals if s in variable.names())]
        choices.append([(level, category) for level in levels for category, _ in variable.shown_at(level)])
    for parts in product(*choices):
        yield CellId(period, tuple(sorted(parts)))


def _possible(programme: Programme, cells: Sequence[CellId]) -> Ints:
    """The finest combinations of the variables the cells use; a variable no cell uses stays at code 0."""
    names = {name for cell in cells for name, _ in cell.parts}
    used = {v.name for v in programme.variables if names & set(v.names())}
    sizes = [len(v.categories) if v.name in used else 1 for v in programme.variables]
    if np.prod([float(s) for s in sizes]) > MAX_INNER:
        many = int(np.prod([float(s) for s in sizes]))
        raise ProgrammeError(
            f"the tables cross {many:,} combinations, more than {MAX_INNER:,}; drop a variable, or split the "
            "programme", code="many_combinations", many=many, most=MAX_INNER,
        )  # fmt: skip
    inner = np.indices(sizes).reshape(len(sizes), -1).T.astype(np.int64)
    for parts in programme.impossible:
        if all(v.name in used for n, _ in parts if (v := programme.variable(n)) is not None):
            inner = inner[~_holds(programme, parts, inner)]
    return inner


def _holds(programme: Programme, parts: Iterable[tuple[str, str]], inner: Ints) -> NDArray[np.bool_]:
    """Which combinations lie in the cell with these parts."""
    holds = np.ones(len(inner), dtype=bool)
    for name, category in parts:
        variable = programme.variable(name)
        codes = variable.codes(name, category) if variable else None
        if variable is None or codes is None:
            raise ProgrammeError(
                f"the cell {name}={category} is not in the programme; declare the variable and the category, "
                "so that what was published earlier can be protected and attacked together with the new",
                code="undeclared_cell", cell=f"{name}={category}",
            )  # fmt: skip
        holds &= np.isin(inner[:, programme.variables.index(variable)], codes)
    return holds


def split_period(period: str, periods: Sequence[str]) -> tuple[int, ...]:
    """The indices of the single periods a period sums ("2021/2023"); ProgrammeError when one is missing."""
    first, _, last = period.partition("/")
    if first not in periods or (last and last not in periods) or (last and last <= first):
        raise ProgrammeError(
            f"the period {period!r} is asked for, but the people are of {', '.join(periods)}; "
            "add the missing people or take the period out",
            code="missing_period", period=period, periods=", ".join(periods),
        )  # fmt: skip
    return tuple(range(periods.index(first), periods.index(last or first) + 1))


def _matrix(programme: Programme, cells: Sequence[CellId], periods: Sequence[str], inner: Ints) -> csr_array:
    known: dict[tuple[tuple[str, str], ...], Ints] = {}
    rows = []
    for cell in cells:
        if cell.parts not in known:
            known[cell.parts] = np.flatnonzero(_holds(programme, cell.parts, inner))
        places = [known[cell.parts] + at * len(inner) for at in split_period(cell.period, periods)]
        columns = np.concatenate(places)
        shape = (1, len(inner) * len(periods))
        rows.append(csr_array((np.ones(len(columns)), columns, np.array([0, len(columns)])), shape=shape))
    return csr_array(vstack(rows, format="csr"))


def _place(people: People, inner: Ints) -> Ints:
    """The combination of each row of people; PeopleError for one that is declared impossible."""
    places = {tuple(row): i for i, row in enumerate(inner.tolist())}
    used = inner.max(axis=0) > 0  # the others stay at code 0
    found = np.array(
        [places.get(tuple(r), -1) for r in np.where(used, people.codes, 0).tolist()], dtype=np.int64
    )
    if (found < 0).any():
        at = int(np.flatnonzero(found < 0)[0])
        who = f"the person {people.pseudonyms[at]!r}" if people.pseudonyms else f"row {at + 1}"
        period = people.periods[people.period[at]]
        raise PeopleError(
            f"{who} of {period} stands in a combination the programme declares impossible; mend the person "
            "or the declaration", code="impossible_person", period=period,
        )  # fmt: skip
    return found + people.period * len(inner)


def cell_marks(system: System, key: bytes) -> tuple[bytes, ...]:
    """One HMAC-SHA256 for each cell: of its sorted pseudonyms, or of its id and count when there are none.

    The same people give the same mark in every table and period, and no one without the key can tell which.
    """
    check_key(key)
    marks = []
    for cell, count, people in zip(system.cells, system.counts, system.members(), strict=True):
        message = "\n".join(people) if people else f"{cell.text}\n{count}"
        marks.append(hmac.new(key, message.encode(), hashlib.sha256).digest())
    return tuple(marks)


def cell_keys(system: System, key: bytes) -> Ints:
    """(n,): the first 32 bits of each cell's mark, as whole numbers from 0."""
    return np.array([int.from_bytes(m[:4], "big") for m in cell_marks(system, key)], dtype=np.int64)


def check_key(key: bytes) -> bytes:
    """The key itself; DisclosureError when it is too short to be secret."""
    if len(key) < 32:
        raise DisclosureError(f"the release key has {len(key)} bytes; use at least 32 random bytes")
    return key
