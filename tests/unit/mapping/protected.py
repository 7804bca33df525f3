"""A small programme of invented people, built by hand so that every cell can be followed."""

from klarsyn.mapping.inputs import Gathered, Inputs
from klarsyn.sources.values import Measure
from smallcounts.counts import Count, CountTable
from tests.unit.mapping.build import indicator, inputs, provenance

KEY = bytes(range(32))
PROGRAMME = """
name = "liten"
[[variables]]
name = "part"
categories = ["north", "south"]
[[variables]]
name = "gender"
categories = ["women", "men"]
[[tables]]
name = "part_gender"
variables = ["part", "gender"]
"""
CELLS = {("north", "women"): 83, ("north", "men"): 4, ("south", "women"): 91, ("south", "men"): 34}


LEVELS = """
[[variables.levels]]
name = "half"
groups = { upper = ["north", "south"], lower = ["west"] }
"""


def counts(cells: dict[tuple[str, str], int] = CELLS, *years: str, source: str = "own") -> tuple[Count, ...]:
    """The cells as the door of the sources gives them: the part of town is the area."""
    return tuple(
        Count(part, part, year, n, sources=(source,), categories=(("gender", gender),))
        for year in years or ("2019",)
        for (part, gender), n in cells.items()
    )


def gathered(*rows: Count, programme: str = PROGRAMME, invented: bool = True) -> Gathered:
    table = CountTable(Measure.SIMULATED.value, "persons", rows or counts(), is_invented=invented)
    return Gathered(indicator("example_people"), (table,), (), (), programme)


def mapped(*rows: Count, ledger: str = "", marks: tuple[tuple[str, str], ...] = (), **more: object) -> Inputs:
    return inputs(
        gathered(*rows), invented=True, ledger=ledger, marks=marks,
        provenance=(provenance("own", invented=True),), **more,
    )  # fmt: skip
