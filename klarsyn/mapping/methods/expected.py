"""What a national number would mean municipality by municipality: arithmetic, not a finding about a place."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from klarsyn.mapping.drafts import Draft, Row, TableDraft
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.mapping.methods.counted import approximate, conflicts, of_year
from klarsyn.mapping.results import Finding, Step
from klarsyn.mapping.tables import row_id, sorted_rows

_TAIL: Final = 0.025  # outside the range on either side


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """Spread the nation's count of the year over the municipalities by population."""
    table = gathered.tables[0]
    known = [c for c in of_year(table, inputs) if c.value is not None]
    people = [c for c in inputs.population.observed() if c.area != "00"]
    if not known or not people or conflicts(known):
        return Draft(warnings=("conflict" if known and people else "no_data",))
    national = known[0].value or 0
    total = sum(c.value or 0 for c in people)
    rows = sorted_rows(
        [_row(c.area, c.name, c.value or 0, national, total) for c in people], inputs.municipality
    )
    return Draft(
        tables=(TableDraft("expected", rows, inputs=(table, inputs.population)),),
        findings=_findings(rows, national, inputs),
        steps=_steps(rows, national, total),
        warnings=approximate((replace(table, counts=tuple(known)),)),
    )


def _row(area: str, name: str, people: int, national: int, total: int) -> Row:
    mean = national * people / total
    return {
        "area": area,
        "name": name,
        "population": people,
        "expected": mean,
        "probability_zero": math.exp(-mean),
        "lower": poisson_quantile(_TAIL, mean),
        "upper": poisson_quantile(1 - _TAIL, mean),
    }


def poisson_quantile(probability: float, mean: float) -> int:
    """The smallest count whose cumulative Poisson probability reaches `probability`; means below 700."""
    count, term = 0, math.exp(-mean)
    reached = term
    while reached < probability:
        count += 1
        term *= mean / count
        reached += term
    return count


def _findings(rows: Sequence[Row], national: int, inputs: Inputs) -> tuple[Finding, ...]:
    period = str(inputs.year)
    few = sum(1 for row in rows if float(row["expected"] or 0) < 1)
    found = [say("below_one", n=few, total=len(rows), national=national, period=period)]
    for row in rows:
        if row["area"] == inputs.municipality:
            numbers = {k: row[k] or 0 for k in ("expected", "probability_zero", "lower", "upper")}
            found.append(
                say(
                    "home_expected",
                    name=inputs.municipality_name,
                    national=national,
                    period=period,
                    **numbers,
                )
            )
    return tuple(found)


def _steps(rows: Sequence[Row], national: int, total: int) -> tuple[Step, ...]:
    made = []
    for row in rows:
        where, mean = row_id("expected", row), float(row["expected"] or 0)
        put_in = f"{national} * {row['population']} / {total}"
        made.append(
            Step(
                where,
                "expected = national count * population / sum of populations",
                put_in,
                f"{mean:.4g}",
                "",
            )
        )
        made.append(
            Step(
                where,
                "P(0) = exp(-expected)",
                f"exp(-{mean:.4g})",
                f"{row['probability_zero']:.4g}",
                "",
            )
        )
        made.append(
            Step(
                where,
                "range = Poisson quantiles at 0.025 and 0.975",
                f"mean {mean:.4g}",
                f"{row['lower']} to {row['upper']}",
                "",
            )
        )
    return tuple(made)
