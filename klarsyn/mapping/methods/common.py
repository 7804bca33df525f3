"""What several methods share: rates of a row, steps from a result's own explanation, the year asked for."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from klarsyn.mapping.drafts import Row
from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.results import Finding, Param, Step
from smallcounts.counts import Count, CountTable, Status
from smallcounts.rates import rate


class Explained(Protocol):
    """A result of smallcounts: it can say how it was made and on whose word."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def explain(self) -> tuple[tuple[str, str, str], ...]: ...


def steps(row: str, result: Explained) -> tuple[Step, ...]:
    """The result's own explanation, tied to a row of a table."""
    reference = result.sources[0] if result.sources else ""
    return as_steps(row, result.explain(), reference)


def as_steps(row: str, explained: Iterable[tuple[str, str, str]], reference: str) -> tuple[Step, ...]:
    """Steps of smallcounts (formula, numbers, result) tied to a row."""
    return tuple(Step(row, formula, numbers, result, reference) for formula, numbers, result in explained)


def source(count: Count) -> str:
    """The keys of a count's sources as one cell."""
    return "|".join(count.sources)


def is_year(period: str) -> bool:
    return len(period) == 4


def of_year(table: CountTable, inputs: Inputs) -> tuple[Count, ...]:
    """The rows of the mapping's own year."""
    return tuple(c for c in table.counts if c.period == str(inputs.year))


def without_rate(count: Count) -> Count:
    """An approximate count has no rate: an interval round "about 300" would promise what nobody counted."""
    return replace(count, population=None) if count.is_approximate else count


def rate_cells(count: Count, per: int) -> tuple[Row, tuple[tuple[str, str, str], ...], str]:
    """The cells rate, lower, upper with their explanation; empty cells where there is no denominator."""
    if count.value is None or count.population is None:
        return {"rate": None, "lower": None, "upper": None}, (), ""
    result = rate(count.value, count.population, per=per)
    cells: Row = {"rate": result.value, "lower": result.interval.lower, "upper": result.interval.upper}
    return cells, result.explain(), result.sources[0] if result.sources else ""


def rate_row(count: Count, per: int) -> Row:
    """A row of counts with rate: area, name, period, count, population, rate, lower, upper, source."""
    cells, _, _ = rate_cells(count, per)
    return {
        "area": count.area,
        "name": count.name,
        "period": count.period,
        "count": count.value,
        "population": count.population,
        **cells,
        "source": source(count),
    }


def rate_steps(row: str, count: Count, per: int) -> tuple[Step, ...]:
    """Where the rate of a row comes from; nothing where it has none."""
    _, explained, reference = rate_cells(count, per)
    return as_steps(row, explained, reference)


def conflicts(counts: Iterable[Count]) -> tuple[tuple[Count, ...], ...]:
    """Groups of counts that stand for the same area, category and period but differ by source."""
    groups: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
    for count in counts:
        if count.status is Status.OBSERVED:
            groups[count.area, count.name, count.period].append(count)
    return tuple(tuple(g) for g in groups.values() if len({c.value for c in g}) > 1)


def finite(value: float) -> Param:
    """For a finding: a ratio against zero is the text "inf"."""
    return value if math.isfinite(value) else "inf"


def finite_cell(value: float) -> float | None:
    """For a table: a ratio against zero leaves the cell empty."""
    return value if math.isfinite(value) else None


def joined(names: Sequence[str]) -> str:
    return "|".join(names)


def approximate(tables: Iterable[CountTable]) -> tuple[str, ...]:
    """The warning that a figure rests on a number its source calls approximate."""
    has = any(c.is_approximate for table in tables for c in table.counts)
    return ("approximate_input",) if has else ()


def conflict_findings(counts: Iterable[Count]) -> tuple[Finding, ...]:
    """One finding for each disagreement: every value with its source, none chosen."""
    return tuple(
        say(
            "conflict",
            name=group[0].name,
            period=group[0].period,
            values=joined([str(c.value) for c in group]),
            sources=joined([source(c) for c in group]),
        )
        for group in conflicts(counts)
    )


def denominators(inputs: Inputs, counts: Iterable[Count]) -> tuple[str, ...]:
    """Keys of the population figures behind the counts; none where no count has a population."""
    used = any(c.population is not None for c in counts)
    return tuple(sorted({key for c in inputs.population.counts for key in c.sources})) if used else ()
