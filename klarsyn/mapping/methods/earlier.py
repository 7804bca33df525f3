"""Earlier mappings: who counted what, how and with what result."""

from __future__ import annotations

from dataclasses import asdict

from klarsyn.mapping.drafts import Draft, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """One row for each mapping, oldest first."""
    known = sorted(inputs.facts.earlier, key=lambda m: (m.year, m.publisher))
    if not known:
        return Draft(warnings=("no_data",))
    keys = tuple(sorted({m.source for m in known}))
    return Draft(
        tables=(TableDraft("earlier", tuple(asdict(m) for m in known), sources=keys),),
        findings=(say("earlier_known", mappings=len(known), first=known[0].year, last=known[-1].year),),
    )
