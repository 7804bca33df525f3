"""One area over years: counts, rates where the population is known, and whether the level rose."""

from __future__ import annotations

from datetime import date

from klarsyn.mapping.drafts import Draft, TableDraft
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
from klarsyn.mapping.methods.rated import change_ratio, rate_row, rate_steps, steps, without_rate
from klarsyn.mapping.results import Finding, Step
from klarsyn.mapping.tables import row_id
from smallcounts.counts import Count
from smallcounts.rates import change


def compute(gathered: Gathered, inputs: Inputs) -> Draft:
    """The series of the indicator's area. Years that no source gives are left out, never drawn as zero."""
    table = gathered.tables[0]
    counts = sorted((c for c in table.counts if is_year(c.period)), key=lambda c: (c.period, source(c)))
    observed = [c for c in counts if c.value is not None]
    if not observed:
        return Draft(warnings=("no_data",))
    per = gathered.indicator.per
    rated = [without_rate(c) for c in counts]
    rows = tuple(
        {
            **rate_row(shown, per),
            "population": c.population,
            "status": str(c.status),
            "is_approximate": int(c.is_approximate),
        }
        for c, shown in zip(counts, rated, strict=True)
    )
    made = [s for c, row in zip(rated, rows, strict=True) for s in rate_steps(row_id("series", row), c, per)]
    findings = [*_last(observed, rows, per)]
    found, how = _change(gathered, observed)
    return Draft(
        tables=(TableDraft("series", rows, inputs=(table,), sources=denominators(inputs, counts)),),
        findings=(*findings, *found, *conflict_findings(counts)),
        steps=(*made, *how),
        warnings=_warnings(gathered, counts, observed),
    )


def _last(
    observed: list[Count], rows: tuple[dict[str, str | int | float | None], ...], per: int
) -> list[Finding]:
    last = observed[-1]
    about = int(last.is_approximate)
    found = [
        say("series_last", name=last.name, period=last.period, count=last.value or 0, is_approximate=about)
    ]
    row = next(r for r in rows if r["period"] == last.period and r["source"] == source(last))
    if row["rate"] is not None:
        numbers = {k: row[k] or 0.0 for k in ("rate", "lower", "upper")}
        found.append(say("series_last_rate", name=last.name, period=last.period, per=per, **numbers))
    return found


def _change(gathered: Gathered, observed: list[Count]) -> tuple[list[Finding], tuple[Step, ...]]:
    """The last year against the year just before, when both are exact, undisputed and the same thing."""
    after = observed[-1]
    befores = [c for c in observed if int(c.period) == int(after.period) - 1]
    disputed = {g[0].period for g in conflicts(observed)}
    if len(befores) != 1 or disputed & {after.period, befores[0].period}:
        return [], ()
    before = befores[0]
    if before.is_approximate or after.is_approximate or breaks_between(gathered, before, after):
        return [], ()
    if before.population is None or after.population is None:
        return [], ()
    result = change(before.value or 0, before.population, after.value or 0, after.population)
    finding = say(
        "series_change",
        name=after.name,
        count_from=before.value or 0,
        count_to=after.value or 0,
        ratio=change_ratio(result),
        lower=result.interval.lower,
        upper=result.interval.upper,
        probability_rose=result.probability_rose,
        **{"from": before.period, "to": after.period},
    )
    return [finding], steps(f"series:{after.period}:{source(after)}", result)


def breaks_between(gathered: Gathered, before: Count, after: Count) -> bool:
    """Does a dated break make the two years different things? One on 1 January belongs to the later year."""
    since, until = date(int(before.period), 1, 1), date(int(after.period), 12, 31)
    return any(since < b.on <= until for b in gathered.breaks)


def _warnings(gathered: Gathered, counts: list[Count], observed: list[Count]) -> tuple[str, ...]:
    inside = breaks_between(gathered, counts[0], counts[-1])
    return (
        *(("single_year",) if len(observed) == 1 else ()),
        *approximate(gathered.tables),
        *(("conflict",) if conflicts(counts) else ()),
        *(("no_population",) if any(c.population is None for c in observed) else ()),
        *(("series_break",) if inside else ()),
    )
