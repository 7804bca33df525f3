"""Known receptions, as their sources describe them."""

from __future__ import annotations

from dataclasses import asdict

from klarsyn.mapping.drafts import Draft, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.results import Finding
from klarsyn.mapping.tables import alphabetical


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """One row for each reception, by town in the Swedish alphabet. A house for both kinds counts in both."""
    places = sorted(inputs.facts.receptions, key=lambda p: (alphabetical(p.town), p.kind))
    if not places:
        return Draft(warnings=("no_data",))
    mika, kast = (sum(1 for p in places if kind in p.kind.split("+")) for kind in ("mika", "kast"))
    known = say("places_known", places=len(places), mika=mika, kast=kast)
    name = inputs.municipality_name
    own: list[Finding] = [
        say("home_place", name=name, kind=p.kind, since=p.since)
        for p in places
        if p.code == inputs.municipality
    ]
    return Draft(
        tables=(
            TableDraft(
                "places", tuple(asdict(p) for p in places), sources=tuple(sorted({p.source for p in places}))
            ),
        ),
        findings=(known, *(own or [say("home_no_place", name=name)])),
    )
