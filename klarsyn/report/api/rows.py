"""Rows of a released figure as the API writes them: the same numbers as in the open data."""

from __future__ import annotations

from collections.abc import Iterable

from klarsyn.base.released import Quantity, ReleasedBreak, ReleasedRow
from klarsyn.report.api import shapes
from klarsyn.sources.values import Measure


def row(one: ReleasedRow, quantity: Quantity, language: str) -> shapes.Row:
    is_count = quantity is Quantity.COUNT
    value = _whole(one.value) if is_count else one.value
    return shapes.Row(
        period=one.period,
        labels=tuple(shapes.Label(variable, category) for variable, category in one.labels),
        label=one.words.said(language),
        value=value,
        count=value if is_count else _whole(one.count),
        population=_whole(one.population),
        interval=_interval(one),
        missing=shapes.Reason(shapes.Missing(one.why.code), one.why.words.said(language))
        if one.why.code
        else None,
        is_approximate=one.is_approximate,
        is_default=one.is_default,
        publisher=one.publisher,
    )


def breaks(found: Iterable[ReleasedBreak], language: str) -> tuple[shapes.Break, ...]:
    return tuple(
        shapes.Break(b.on, b.title.said(language), b.address) for b in sorted(found, key=lambda b: b.on)
    )


def measure(word: str) -> Measure:
    """What an indicator without a measure of its own shows is no count but facts."""
    return Measure(word) if word else Measure.FACT


def _interval(one: ReleasedRow) -> shapes.Interval | None:
    if one.low is None or one.high is None:
        return None
    return shapes.Interval(one.low, one.high, one.level, one.method)


def _whole(value: float | None) -> float | None:
    """17.0 people are 17, as the open data write them."""
    return int(value) if value is not None and value.is_integer() else value
