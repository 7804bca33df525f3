"""The door to statistics: what a reception has counted without names, as counts and nothing else."""

from __future__ import annotations

from collections import Counter

from klarsyn.receptions.bands import Reach, What
from klarsyn.receptions.models import Reception, TallyCell
from smallcounts.counts import Count, CountTable

# By what is counted: the measure's name, as the mapping knows it, and the unit.
MEASURES = {
    What.OUTREACH: ("outreach_contacts", "contacts"),
    What.VISIT: ("nameless_visits", "visits"),
    What.CONTACT: ("nameless_contacts", "contacts"),
    What.CONSULTATION: ("consultations", "consultations"),
    What.SHIFT: ("police_shifts", "shifts"),
    What.CARD: ("cards_handed_out", "cards"),
}
# What its kinds are kinds of.
VARIABLES = {
    What.OUTREACH: "place",
    What.VISIT: "visit",
    What.CONTACT: "way",
    What.CONSULTATION: "profession",
    What.SHIFT: "place",
    What.CARD: "handed_out",
}


def list_counts(*, measure: str, kind: str, host_code: str, years: tuple[int, ...]) -> CountTable:
    """Counts of one measure of one reception and its years, one row for each combination of bands.

    `kind` is the reception's (mika or kast), `host_code` its municipality's. Each row's `categories` hold the
    kind by its variable in `VARIABLES`; of outreach also `gender`, `age` and `outcome`, which parts those
    tried for into missed, declined and accepted: nobody stands in two rows. A contact without a name cannot
    be told from another by the same person: these are contacts, never people. Nothing here is public. An
    unknown measure raises KeyError; a reception that is not there, or counted nothing, has no rows.
    """
    what = {name: what for what, (name, _unit) in MEASURES.items()}[measure]
    reception = Reception.objects.filter(kind=kind, host_code=host_code).first()
    summed: Counter[tuple[int, str, str, str, str]] = Counter()
    held = TallyCell.objects.filter(
        tally__reception=reception, tally__what=what, tally__year__in=years, tally__withdrawn_on=None
    )
    for year, one, gender, age, reach, number in held.values_list(
        "tally__year", "tally__kind", "gender", "age", "reach", "number"
    ):
        for outcome, sign in _OUTCOMES[reach]:
            summed[year, one, gender, age, outcome] += sign * number
    return CountTable(
        measure=measure,
        unit=MEASURES[what][1],
        counts=tuple(
            _count(host_code, kind, what, cell, number) for cell, number in sorted(summed.items()) if number
        ),
        is_invented=reception is not None and reception.is_invented,
    )


# What one more of each reach adds to and takes from: reached are among those tried, accepted among reached.
_OUTCOMES: dict[str, tuple[tuple[str, int], ...]] = {
    "": (("", 1),),
    Reach.ATTEMPTED: (("missed", 1),),
    Reach.REACHED: (("declined", 1), ("missed", -1)),
    Reach.ACCEPTED: (("accepted", 1), ("declined", -1)),
}


def _count(area: str, kind: str, what: What, cell: tuple[int, str, str, str, str], number: int) -> Count:
    year, one, gender, age, outcome = cell
    bands = {"age": age, "gender": gender, VARIABLES[what]: one, "outcome": outcome}
    return Count(
        area=area,
        name=kind,
        period=str(year),
        value=number,
        sources=(f"{kind}-{MEASURES[what][0]}",),
        categories=tuple((name, band) for name, band in sorted(bands.items()) if band),
    )
