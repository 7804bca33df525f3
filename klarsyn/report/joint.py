"""Joint work with the police, as the same mapping publishes it, on the time axis of recorded crime."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from klarsyn.mapping.definitions import Method
from klarsyn.mapping.reading import HOME
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report import categories
from klarsyn.report.protected_tables import cells_of
from klarsyn.sources.values import Measure, PoliceOperation

MARKED: Final = ("operation", "shift")  # kinds that move what the police record
_QUARTERS: Final = ("q1", "q2", "q3", "q4")
# What the police's own work moves, of the municipality itself; an invented series stands in for it.
_RECORDED: Final = frozenset(
    {Measure.REPORTED_OFFENCES, Measure.HANDLED_OFFENCES, Measure.CONVICTED_PERSONS, Measure.SIMULATED}
)


def marked(figure: FigureResult, mapping: FrozenMapping) -> FigureResult:
    """The figure, with the quarters of joint work among its operations where it is recorded crime by year.

    Only the protected table that stands in the same mapping is asked, so that a mark tells nothing that is
    not published beside it: a quarter whose rounded count is none, or hidden, has no mark.
    """
    indicator = figure.indicator
    if indicator.method is not Method.SERIES or indicator.areas != (HOME,):
        return figure
    if _RECORDED.isdisjoint(indicator.measures):
        return figure
    return replace(figure, operations=(*figure.operations, *joint_operations(mapping)))


def joint_operations(mapping: FrozenMapping) -> tuple[PoliceOperation, ...]:
    """A mark for each run of quarters in which a kind was published as done."""
    found = [f for f in mapping.figures if Measure.JOINT_WORK in f.indicator.measures and f.tables]
    if not found:
        return ()
    cells = cells_of(found[0].tables[0], str(mapping.year))
    made: list[PoliceOperation] = []
    for kind in MARKED:
        done = [cells.get((("joint", kind), ("quarter", quarter))) for quarter in _QUARTERS]
        for first, last in _runs([bool(cell and cell.number) for cell in done]):
            made.append(_operation(kind, first, last, mapping.year))
    return tuple(made)


def _runs(done: list[bool]) -> list[tuple[int, int]]:
    """First and last place of each unbroken run."""
    starts = [at for at, one in enumerate(done) if one and not (at and done[at - 1])]
    ends = [at for at, one in enumerate(done) if one and not (at + 1 < len(done) and done[at + 1])]
    return list(zip(starts, ends, strict=True))


def _operation(kind: str, first: int, last: int, year: int) -> PoliceOperation:
    return PoliceOperation(
        key=f"joint-{kind}-{year}-{first + 1}",
        region="",
        since=date(year, first * 3 + 1, 1),
        until=date(year + (last == 3), (last * 3 + 3) % 12 + 1, 1) - timedelta(days=1),
        title_sv=_title(kind, first, last, "sv"),
        title_en=_title(kind, first, last, "en"),
        address="",
        precision="month",
    )


def _title(kind: str, first: int, last: int, language: str) -> str:
    """ "gemensam insats, första till tredje kvartalet": no digits, which would be read as counts."""
    name = categories.category("joint", kind, language)
    begins = categories.category("quarter", _QUARTERS[first], language)
    ends = categories.category("quarter", _QUARTERS[last], language)
    if first == last:
        return f"{name}, {begins}"
    return f"{name}, {begins} – {ends}"
