"""Figures receptions have published; those that disagree stand side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict

from klarsyn.mapping.drafts import Draft, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.counted import joined
from klarsyn.mapping.tables import alphabetical
from klarsyn.sources.values import Statement


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """One row for each statement, in the source's words."""
    said = sorted(inputs.facts.statements, key=lambda s: (alphabetical(s.town), s.service, s.period, s.what))
    if not said:
        return Draft(warnings=("no_data",))
    groups = disagreeing(said)
    disputed = {id(s) for group in groups for s in group}
    rows = tuple({**asdict(s), "is_conflict": int(id(s) in disputed)} for s in said)
    found = [
        say(
            "statement_conflict",
            town=group[0].town,
            service=group[0].service,
            what=group[0].what,
            period=group[0].period,
            values=joined([f"{s.value:g}" for s in group]),
            unit=group[0].unit,
            sources=joined([s.source for s in group]),
        )
        for group in groups
    ]
    undated = ("undated",) if any(not s.period[:1].isdigit() for s in said) else ()
    return Draft(
        tables=(TableDraft("statements", rows, sources=tuple(sorted({s.source for s in said}))),),
        findings=(say("statements_known", statements=len(said), conflicts=len(groups)), *found),
        warnings=(*(("conflict",) if groups else ()), *undated),
    )


def disagreeing(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Statements on the same thing, place and period that give different values in the same unit."""
    groups: dict[tuple[str, ...], list[Statement]] = defaultdict(list)
    for s in statements:
        groups[s.town, s.service, s.period, s.what, s.unit].append(s)
    return [group for group in groups.values() if len({s.value for s in group}) > 1]
