"""The counts of a protected figure as people of its programme, and what was published of them before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from smallcounts.counts import Count, CountTable
from smallcounts.disclosure.errors import PeopleError
from smallcounts.disclosure.ledger import Entry, Ledger, read
from smallcounts.disclosure.people import People, code_of
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Published
from smallcounts.disclosure.variables import Variable


def people_of(programme: Programme, table: CountTable) -> People:
    """The counts as counted combinations of the programme's finest categories.

    The one variable that a count's categories do not name is its area. Categories of variables that the
    programme does not have are summed. Raises PeopleError that names the count.
    """
    sources = {c.sources for c in table.counts}
    if len(sources) > 1:
        told = "; ".join(sorted("+".join(s) for s in sources))
        raise PeopleError(
            f"{table.measure}: counts of several sources ({told}); name one in 'datasets'",
            code="several_sources", measure=table.measure, sources=told,
        )  # fmt: skip
    periods = tuple(sorted({c.period for c in table.counts}))
    people: dict[tuple[int, ...], int] = defaultdict(int)
    for count in table.counts:
        codes = _codes(programme.variables, count)
        people[(periods.index(count.period), *codes)] += _whole(count)
    rows = np.array(sorted(people), dtype=np.int64).reshape(len(people), -1)
    weight = np.array([people[tuple(row)] for row in rows.tolist()], dtype=np.int64)
    return People(periods, rows[:, 0], rows[:, 1:], weight)


def _whole(count: Count) -> int:
    if count.value is None:
        raise PeopleError(
            f"{_where(count)}: there is no number ({count.status}); a sum without it would say too little, "
            "so count it or leave the whole period out",
            code="no_number", where=_where(count), status=str(count.status),
        )  # fmt: skip
    return count.value


def _codes(variables: Sequence[Variable], count: Count) -> list[int]:
    named = dict(count.categories)
    unnamed = [v.name for v in variables if v.name not in named]
    if len(unnamed) > 1:
        raise PeopleError(
            f"{_where(count)}: the variables {', '.join(unnamed)} are not given",
            code="variable_missing", where=_where(count), variables=", ".join(unnamed),
        )  # fmt: skip
    given: Mapping[str, str] = {**named, **dict.fromkeys(unnamed, count.area)}
    return [code_of(variable, given, _where(count)) for variable in variables]


def _where(count: Count) -> str:
    cell = ", ".join(f"{name}={category}" for name, category in count.categories)
    return f"{count.area} {count.period} {cell}".rstrip()


def published_under(programme: str, ledger: str, periods: Sequence[str]) -> Ledger:
    """What the ledger holds of the programme of this name, whatever its text said when it was published.

    Figures of other periods than these share nobody with their people and are left out.
    """
    whole = read(ledger)
    kept = tuple(_within(e, periods) for e in whole.entries if is_of(e, programme))
    return Ledger(kept, whole.head)


MARKED = "\t"  # between the programme and the cell: cells of two programmes may be called alike


def marked(programme: str, marks: Mapping[str, str]) -> dict[str, str]:
    """The marks of one programme's cells, named so that no other programme's are taken for them."""
    return {f"{programme}{MARKED}{cell}": mark for cell, mark in marks.items()}


def marks_of(programme: str, marks: Mapping[str, str]) -> dict[str, str]:
    """The marks of this programme's cells by their text; those of no programme are older, and anyone's."""
    old = {cell: mark for cell, mark in marks.items() if MARKED not in cell}
    start = f"{programme}{MARKED}"
    return old | {name.removeprefix(start): m for name, m in marks.items() if name.startswith(start)}


def is_of(entry: Entry, programme: str) -> bool:
    """Whether the entry's release holds figures of the programme of this name."""
    return entry.published.release.partition("/")[2] == programme


def _within(entry: Entry, periods: Sequence[str]) -> Entry:
    published = entry.published
    figures = tuple(f for f in published.figures if set(f.cell.period.split("/")) <= set(periods))
    return replace(entry, published=Published(published.release, figures, published.derived))
