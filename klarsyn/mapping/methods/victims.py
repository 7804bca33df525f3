"""Presumed victims known to the regional coordinators: as published, women, men, girls and boys apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.counted import (
    approximate,
    conflict_findings,
    conflicts,
    denominators,
    is_year,
    source,
)
from klarsyn.mapping.results import Finding

CATEGORIES: Final = (
    "total", "adults", "children", "women", "men", "adults_other", "girls", "boys", "children_unknown",
    "labour", "sexual",
)  # fmt: skip
# The finding and the numbers it needs; left out where the newest source does not state them.
_SAID: Final = (
    ("victims_last", ("total",)),
    ("victims_adults", ("women", "men")),
    ("victims_children", ("girls", "boys")),
    ("victims_purpose", ("labour", "sexual")),
)


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """One row for each year and source; an empty cell means that the source does not state it."""
    table = gathered.tables[0]
    counts = [c for c in table.observed() if is_year(c.period)]
    if not counts:
        return Draft(warnings=("no_data",))
    keys = sorted({(c.period, source(c)) for c in counts})
    rows: list[Row] = []
    for period, named in keys:
        own = {c.name: c for c in counts if (c.period, source(c)) == (period, named)}
        cells: Row = {name: own[name].value if name in own else None for name in CATEGORIES}
        notes = dict.fromkeys(c.note for c in own.values() if c.note)
        rows.append({"period": period, **cells, "source": named, "note": " ".join(notes)})
    people = {c.period: c.population for c in counts if c.population is not None}
    nation: tuple[Row, ...] = tuple({"period": p, "population": n} for p, n in sorted(people.items()))
    drafts = [TableDraft("victims", tuple(rows), (table,))]
    if nation:
        drafts.append(TableDraft("nation", nation, (), denominators(inputs, counts)))
    return Draft(
        tables=tuple(drafts),
        findings=(*_findings(rows), *conflict_findings(counts)),
        warnings=(*approximate(gathered.tables), *(("conflict",) if conflicts(counts) else ())),
    )


def _findings(rows: Sequence[Row]) -> Iterator[Finding]:
    """For each thing said, the newest year whose source states it."""
    for code, names in _SAID:
        stated = [row for row in rows if all(row[name] is not None for name in names)]
        if stated:
            yield say(
                code, period=str(stated[-1]["period"]), **{name: stated[-1][name] or 0 for name in names}
            )
