"""Crossed counts of people nobody has published: protected jointly with all that was published before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from klarsyn.mapping.drafts import Draft
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.protected_findings import findings
from klarsyn.mapping.results import Step
from smallcounts.counts import Count, CountTable
from smallcounts.disclosure import Protection, protect
from smallcounts.disclosure.errors import PeopleError
from smallcounts.disclosure.ledger import Entry, Ledger, read
from smallcounts.disclosure.people import People, code_of
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.variables import Variable
from smallcounts.results import SafeTable


@dataclass(frozen=True, slots=True)
class Made:
    """A protected figure with all that an attack on it needs to know."""

    draft: Draft
    tables: tuple[SafeTable, ...]
    protection: Protection
    programme: Programme
    people: People
    ledger: Ledger


def compute(gathered: Gathered, inputs: Inputs, key: bytes) -> Made | None:
    """The figure, protected under its programme; None when there is nobody to count.

    The same inputs and key give the same bytes. Raises DisclosureError that says what to mend.
    """
    programme = Programme.from_toml(gathered.programme)
    (table,) = gathered.tables
    if not table.counts:
        return None
    people = people_of(programme, table)
    before = published_under(programme, inputs.ledger)
    made = protect(programme, people, key=key, ledger=before, release=f"{inputs.municipality}-{inputs.year}")
    raise NotImplementedError


def people_of(programme: Programme, table: CountTable) -> People:
    """The counts as counted combinations of the programme's finest categories.

    The one variable that a count's categories do not name is its area. Categories of variables that the
    programme does not have are summed. Raises PeopleError that names the count.
    """
    sources = {c.sources for c in table.counts}
    if len(sources) > 1:
        told = "; ".join(sorted("+".join(s) for s in sources))
        raise PeopleError(
            f"{table.measure}: counts of several sources ({told}); name one of them in 'datasets'"
        )
    periods = tuple(sorted({c.period for c in table.counts}))
    people: dict[tuple[int, ...], int] = defaultdict(int)
    for count in table.counts:
        codes = _codes(programme.variables, count)
        people[periods.index(count.period), *codes] += _whole(count)
    rows = np.array(sorted(people), dtype=np.int64).reshape(len(people), -1)
    weight = np.array([people[tuple(row)] for row in rows.tolist()], dtype=np.int64)
    return People(periods, rows[:, 0], rows[:, 1:], weight)


def _whole(count: Count) -> int:
    if count.value is None:
        raise PeopleError(
            f"{_where(count)}: there is no number ({count.status}); a sum without it would say too little, "
            "so count it or leave the whole combination out"
        )
    return count.value


def _codes(variables: tuple[Variable, ...], count: Count) -> list[int]:
    named = dict(count.categories)
    unnamed = [v.name for v in variables if v.name not in named]
    if len(unnamed) > 1:
        raise PeopleError(f"{_where(count)}: the variables {', '.join(unnamed)} are not given")
    given: Mapping[str, str] = {**named, **dict.fromkeys(unnamed, count.area)}
    return [code_of(variable, given, _where(count)) for variable in variables]


def _where(count: Count) -> str:
    cell = ", ".join(f"{name}={category}" for name, category in count.categories)
    return f"{count.area} {count.period} {cell}".rstrip()


def published_under(programme: Programme, ledger: str) -> Ledger:
    """What the ledger holds of this programme, whatever its text said when it was published."""
    whole = read(ledger)
    return Ledger(tuple(e for e in whole.entries if is_of(e, programme.name)), whole.head)


def is_of(entry: Entry, programme: str) -> bool:
    """Whether the entry's release holds figures of the programme of this name."""
    return entry.published.release.partition("/")[2] == programme


__all__ = ["Made", "Step", "compute", "findings", "is_of", "people_of", "published_under"]
