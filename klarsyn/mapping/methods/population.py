"""The people the municipality answers for: home and nation, women and men."""

from __future__ import annotations

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.results import Finding

_NATION = "00"


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """Population of home and nation on 31 December of the year, and by sex where it was published."""
    names = {c.area: c.name for c in inputs.population.counts}
    shown = [
        c for area in (inputs.municipality, _NATION) for c in inputs.population.observed() if c.area == area
    ]
    if len(shown) != 2:
        return Draft(warnings=("no_data",))
    home, nation = shown
    rows: tuple[Row, ...] = tuple(
        {"period": c.period, "area": c.area, "name": c.name, "count": c.value} for c in shown
    )
    sexes = [c for c in inputs.population_by_sex.observed() if c.area in names]
    by_sex: tuple[Row, ...] = tuple(
        {"period": c.period, "area": c.area, "name": names[c.area], "category": c.name, "count": c.value}
        for c in sorted(sexes, key=lambda c: (c.area != home.area, c.name != "women"))
    )
    tables = [TableDraft("population", rows, (inputs.population,))]
    if by_sex:
        tables.append(TableDraft("population_by_sex", by_sex, (inputs.population_by_sex,)))
    place = {"name": home.name, "period": home.period}
    found: list[Finding] = [say("home_population", **place, count=home.value or 0, nation=nation.value or 0)]
    own = {c.name: c.value or 0 for c in sexes if c.area == home.area}
    if set(own) == {"women", "men"}:
        found.append(say("home_population_by_sex", **place, women=own["women"], men=own["men"]))
    return Draft(tuple(tables), tuple(found))
