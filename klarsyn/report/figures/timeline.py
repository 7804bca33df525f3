"""What time looks like: where a period stands, which neighbours a line may join, how far the axis goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import inf
from operator import attrgetter

from klarsyn.report.figures.model import BadFigure, Mark, Span, TrendPoint, check_absence
from klarsyn.report.figures.numbers import check

_year = attrgetter("year")
_SAME_DAY = 0.004  # years; a break on 1 January lies between two calendar years, not inside one


def decimal_year(on: date) -> float:
    """A date as years: 1 July 2011 is 2011.496."""
    start, end = date(on.year, 1, 1), date(on.year + 1, 1, 1)
    return on.year + (on - start).days / (end - start).days


def middle(point: TrendPoint) -> float:
    """Where a period is drawn: in its middle."""
    return point.year + point.length / 2


def check_points(points: Sequence[TrendPoint]) -> None:
    """Raises BadFigure for NaN, a missing value without a status, or a value outside its own interval."""
    for p in points:
        value = p.value
        if value is None:
            check(p.year, p.period)
            check_absence(p.status, p.period)
            continue
        low, high = value if p.lower is None else p.lower, value if p.upper is None else p.upper
        if not (-inf < p.year < inf and -inf < low <= value <= high and value < inf):
            check(p.year, p.period)
            check(low, p.period)
            check(high, p.period, may_be_infinite=True)
            check(value, p.period)
            raise BadFigure(f"{p.period}: {value} lies outside its own interval {low} to {high}")


def joined(points: Sequence[TrendPoint], breaks: Sequence[Mark]) -> list[tuple[TrendPoint, TrendPoint]]:
    """Neighbours that a line may join: same source, no year between them, no break between or inside them."""
    by_source: dict[str, list[TrendPoint]] = {}
    for p in points:
        by_source.setdefault(p.label, []).append(p)
    return [
        (a, b)
        for series in by_source.values()
        for a, b in pairwise(sorted(series, key=_year))
        if a.value is not None and b.value is not None and _follows(a, b) and not _broken(a, b, breaks)
    ]


def _follows(a: TrendPoint, b: TrendPoint) -> bool:
    return -0.01 <= a.year + a.length - b.year <= 0.01 and -0.01 <= a.length - b.length <= 0.01


def _broken(a: TrendPoint, b: TrendPoint, breaks: Sequence[Mark]) -> bool:
    first, last = a.year + _SAME_DAY, b.year + b.length - _SAME_DAY
    for m in breaks:  # noqa: SIM110 - asked for every pair of neighbours: any() takes twice as long
        if first < m.year < last:
            return True
    return False


def span_of(
    points: Sequence[TrendPoint], breaks: Sequence[Mark], operations: Sequence[Span]
) -> tuple[float, float]:
    """First and last moment of the axis: everything given is on it."""
    moments = [p.year for p in points] + [p.year + p.length for p in points]
    moments += [check(m.year, m.label) for m in breaks]
    moments += [check(v, o.label) for o in operations for v in (o.start, o.end)]
    low, high = min(moments), max(moments)
    edge = max(0.15, (high - low) * 0.02)
    beyond = [m.year for m in breaks if m.year in (low, high)]
    return low - (edge if low in beyond else 0.0), high + (edge if high in beyond else 0.0)
