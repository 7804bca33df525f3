"""What a count says of itself: its year, its sources, whether others disagree and how exact it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from klarsyn.mapping.findings import say
from klarsyn.mapping.inputs import Inputs
from klarsyn.mapping.results import Finding
from smallcounts.counts import Count, CountTable, Status


def source(count: Count) -> str:
    """The keys of a count's sources as one cell."""
    return "|".join(count.sources)


def is_year(period: str) -> bool:
    return len(period) == 4


def of_year(table: CountTable, inputs: Inputs) -> tuple[Count, ...]:
    """The rows of the mapping's own year."""
    return tuple(c for c in table.counts if c.period == str(inputs.year))


def conflicts(counts: Iterable[Count]) -> tuple[tuple[Count, ...], ...]:
    """Groups of counts that stand for the same area, category and period but differ by source."""
    groups: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
    for count in counts:
        if count.status is Status.OBSERVED:
            groups[count.area, count.name, count.period].append(count)
    return tuple(tuple(g) for g in groups.values() if len({c.value for c in g}) > 1)


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
