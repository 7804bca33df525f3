"""The shipped lists as figures: the United Kingdom 2013, and the invented ones on which the rule says no."""

from functools import cache

from klarsyn.mapping import compute
from klarsyn.mapping.inputs import Gathered
from klarsyn.mapping.results import FigureResult
from klarsyn.sources import shipped
from klarsyn.sources.categories import parsed
from smallcounts.counts import Count, CountTable
from tests.unit.mapping.build import indicator, inputs

ABROAD, EXAMPLE = "silverman-2014-listor", "pahittade-listor-2024"


def lists(key: str, **changes: bool) -> CountTable:
    """The shipped lists as the door gives them."""
    declared = next(d for d in shipped.declared() if d.key == key)
    counts = tuple(
        Count(v.area, v.area, v.period, v.value, sources=(key,), categories=parsed(v.category))
        for v in shipped.values(declared)
    )
    flags = {"is_invented": declared.is_invented, "is_public": declared.is_public} | changes
    return CountTable(declared.measure, declared.unit, counts, **flags)


def figure(id: str, table: CountTable) -> FigureResult:
    gathered = Gathered(indicator(id), (table,), (), ())
    (made,) = compute.compute(inputs(gathered, invented=table.is_invented))
    return made


@cache
def example() -> FigureResult:
    return figure("example_lists", lists(EXAMPLE))


@cache
def abroad() -> FigureResult:
    return figure("hidden_abroad", lists(ABROAD))
