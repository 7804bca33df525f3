"""A measure's indicator against its target: what the released figures let anyone say, and no more. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final, Protocol

from klarsyn.base.released import NOTHING, ReleasedBreak, ReleasedFigure, ReleasedRow, Why, Words

DOWN: Final = "down"
MERGED: Final = Why("merged", Words("visas inte för sig", "not shown on its own"))


class Verdict(StrEnum):
    """What can be said. Only the first two say whether the target is met."""

    MET = "met"
    NOT_MET = "not_met"
    COVERS = "covers"  # the interval holds the target: it may be met, it may not
    NO_INTERVAL = "no_interval"  # nobody knows how far the number may be from the truth
    TOO_FEW = "too_few"
    NOT_APART = "not_apart"  # the part is merged with others in that edition, so that nobody is recognised
    NOT_KNOWN = "not_known"
    DISAGREE = "disagree"  # two sources give two numbers for the same thing
    BROKEN = "broken"  # before and after the break are not the same thing
    NO_TARGET = "no_target"
    NO_FIGURE = "no_figure"


_NO_NUMBER: Final = {"too_few": Verdict.TOO_FEW, MERGED.code: Verdict.NOT_APART}


class Aimed(Protocol):
    """A measure with its indicator, published or not."""

    @property
    def indicator(self) -> str: ...
    @property
    def indicator_cell(self) -> str: ...
    @property
    def is_invented(self) -> bool: ...
    @property
    def baseline_year(self) -> int | None: ...
    @property
    def target(self) -> Decimal | None: ...
    @property
    def target_year(self) -> int | None: ...
    @property
    def direction(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Point:
    """One period of the series: its row, every other row that disagrees, and the figure that holds it."""

    row: ReleasedRow
    figure: ReleasedFigure
    others: tuple[ReleasedRow, ...] = ()

    @property
    def year(self) -> int:
        return int(self.row.period[:4])


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """`series` holds every released period, oldest first; `now` the one the verdict is about."""

    verdict: Verdict
    series: tuple[Point, ...] = ()
    now: Point | None = None
    baseline: Point | None = None
    breaks: tuple[ReleasedBreak, ...] = ()  # between the first and the last of the series
    broken_by: tuple[ReleasedBreak, ...] = ()  # those between the baseline and now
    target: float | None = None
    target_year: int | None = None
    baseline_year: int | None = None
    is_up: bool = True

    @property
    def is_due(self) -> bool:
        """Whether the figure is of the target's year or later."""
        return self.now is not None and self.target_year is not None and self.now.year >= self.target_year


def standing(aim: Aimed, figures: Iterable[ReleasedFigure]) -> IndicatorStanding | None:
    """None for a measure without an indicator. `figures`: those of the slot, newest edition first.

    Invented measures are held against invented figures, real ones against real ones: they never mix. One
    series of one table is read, so that one measure of one quantity stands against itself and nothing else.
    """
    if not aim.indicator:
        return None
    series = _series(aim, figures)
    target = None if aim.target is None else float(aim.target)
    now = _now(series, aim.target_year)
    if now is None:
        return IndicatorStanding(
            Verdict.NO_FIGURE, target=target, target_year=aim.target_year,
            baseline_year=aim.baseline_year, is_up=aim.direction != DOWN,
        )  # fmt: skip
    baseline = next((p for p in series if p.year == aim.baseline_year), None)
    broken_by = _between(now.figure.breaks, aim.baseline_year, now.year)
    return IndicatorStanding(
        verdict=_verdict(now, target, aim.direction, is_broken=bool(broken_by)),
        series=series,
        now=now,
        baseline=baseline,
        breaks=_between(now.figure.breaks, series[0].year, series[-1].year),
        broken_by=broken_by,
        target=target,
        target_year=aim.target_year,
        baseline_year=aim.baseline_year,
        is_up=aim.direction != DOWN,
    )


def _series(aim: Aimed, figures: Iterable[ReleasedFigure]) -> tuple[Point, ...]:
    """Each single period once, from the newest edition that has it."""
    mine = [f for f in figures if f.key == aim.indicator and f.is_invented == aim.is_invented]
    chosen = aim.indicator_cell.partition("|")[0] or next((f.series for f in mine), "")
    found: dict[str, Point] = {}
    for figure in (f for f in mine if f.series == chosen and _same_kind(f, mine)):
        for period, rows in _held(aim.indicator_cell, figure).items():
            found.setdefault(period, Point(rows[0], figure, tuple(r for r in rows[1:] if r != rows[0])))
    return tuple(found[period] for period in sorted(found))


def _held(cell: str, figure: ReleasedFigure) -> dict[str, list[ReleasedRow]]:
    """The asked rows of each single period; where a named part is gone, a row without a number says so."""
    held: dict[str, list[ReleasedRow]] = {}
    for row in figure.rows:
        if row.period.isdigit():
            held.setdefault(row.period, []).extend([row] if _is_asked(row, cell) else [])
    for period, rows in held.items():
        if not rows and cell:
            rows.append(ReleasedRow(cell, period, (), _merged_with(cell, figure), None, why=MERGED))
    return {period: rows for period, rows in held.items() if rows}


def _merged_with(cell: str, figure: ReleasedFigure) -> Words:
    """What the figure calls the parts it was merged with: a merged category is kept as "a & b"."""
    asked = dict(part.partition("=")[::2] for part in cell.split("|")[1:])
    for row in figure.rows:
        held = {name: category.split(" & ") for name, category in row.labels}
        if held.keys() == asked.keys() and all(asked[name] in parts for name, parts in held.items()):
            return row.words
    return NOTHING


def _same_kind(figure: ReleasedFigure, mine: Sequence[ReleasedFigure]) -> bool:
    """Whether it counts the same thing in the same unit as the newest: an indicator may be redefined."""
    newest = next(f for f in mine if f.series == figure.series)
    kind = (newest.measure, newest.quantity, newest.unit)
    return (figure.measure, figure.quantity, figure.unit) == kind


def _is_asked(row: ReleasedRow, cell: str) -> bool:
    return row.cell == cell if cell else row.is_default


def _now(series: Sequence[Point], target_year: int | None) -> Point | None:
    """The target's own year where it is released, else the newest."""
    return next((p for p in series if p.year == target_year), series[-1] if series else None)


def _between(breaks: Iterable[ReleasedBreak], since: int | None, until: int) -> tuple[ReleasedBreak, ...]:
    """Breaks inside the years; one on 1 January belongs to the later year."""
    if since is None:
        return ()
    first, last = date(min(since, until), 1, 1), date(max(since, until), 12, 31)
    return tuple(one for one in breaks if first < one.on <= last)


def _verdict(now: Point, target: float | None, direction: str, *, is_broken: bool) -> Verdict:
    row = now.row
    if any(other.value != row.value for other in now.others):
        return Verdict.DISAGREE
    if row.value is None:
        return _NO_NUMBER.get(row.why.code, Verdict.NOT_KNOWN)
    if is_broken:
        return Verdict.BROKEN
    if target is None:
        return Verdict.NO_TARGET
    if row.low is None or row.high is None or row.is_approximate:
        return Verdict.NO_INTERVAL
    return _against(row.low, row.high, target, is_up=direction != DOWN)


def _against(low: float, high: float, target: float, *, is_up: bool) -> Verdict:
    """Met only when the whole interval is on the right side, not met only when none of it is."""
    if is_up:
        return Verdict.MET if low >= target else Verdict.NOT_MET if high < target else Verdict.COVERS
    return Verdict.MET if high <= target else Verdict.NOT_MET if low > target else Verdict.COVERS
