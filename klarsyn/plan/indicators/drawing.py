"""The series of an indicator as a small picture: values with their limits, the target, the breaks.

The table beside it says the same in words; the picture is named and nothing stands in it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from klarsyn.base.released import ReleasedRow
from klarsyn.plan.indicators.standing import IndicatorStanding

WIDE, HIGH = 480, 200
_LEFT, _TOP, _BOTTOM, _PAD = 8, 26, 170, 34
Scale = Callable[[float], float]
LEAST: Final = 2  # periods; one alone is said in the words


def picture(one: IndicatorStanding, name: str, target_words: str) -> SafeString:
    """The drawing, or nothing where there is no series to draw."""
    if len(one.series) < LEAST:
        return SafeString("")
    first, last = one.series[0].year, one.series[-1].year
    rows = [(point.year, row) for point in one.series for row in (point.row, *point.others)]
    ends = [v for _year, row in rows for v in (row.value, row.low, row.high) if v is not None]
    top = max([*ends, one.target or 0.0, 1e-9]) * 1.08

    def x(year: float) -> float:
        return round(_LEFT + _PAD + (year - first) / max(last - first, 1) * (WIDE - 2 * (_LEFT + _PAD)), 1)

    def y(value: float) -> float:
        return round(_BOTTOM - value / top * (_BOTTOM - _TOP), 1)

    marks = [_mark(x(year), y, row) for year, row in rows]
    breaks = [
        format_html('<path class="p-break" d="M{} {}V{}"/>', x(_place(b.on)), _TOP, _BOTTOM)
        for b in one.breaks
    ]
    return format_html(
        '<svg class="p-picture" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<path class="p-ground" d="M{} {}H{}"/>{}{}{}{}</svg>',
        WIDE, HIGH, name, _LEFT, _BOTTOM, WIDE - _LEFT, _target(one, y, target_words), _joined(breaks),
        _joined(marks), _years(one, x),
    )  # fmt: skip


def _place(on: date) -> float:
    """A day between the marks of the years; 1 January lies midway between two."""
    return on.year + on.timetuple().tm_yday / 366 - 0.5


def _mark(x: float, y: Scale, row: ReleasedRow) -> SafeString:
    if row.value is None:
        return format_html('<path class="p-hidden" d="M{} {}l12 -12m-6 12l12 -12"/>', x - 9, _BOTTOM - 4)
    limits = SafeString("")
    if row.low is not None and row.high is not None:
        limits = format_html('<path class="p-limits" d="M{} {}V{}"/>', x, y(row.low), y(row.high))
    return format_html('{}<circle class="p-value" cx="{}" cy="{}" r="5.5"/>', limits, x, y(row.value))


def _target(one: IndicatorStanding, y: Scale, words: str) -> SafeString:
    if one.target is None:
        return SafeString("")
    at = y(one.target)
    return format_html(
        '<path class="p-target" d="M{} {}H{}"/><text x="{}" y="{}">{}</text>', _LEFT, at, WIDE - _LEFT, _LEFT,
        max(at - 7, 13), words,
    )  # fmt: skip


def _years(one: IndicatorStanding, x: Scale) -> SafeString:
    """The first, the last and what is between, as far as they do not run into each other."""
    step = max(1, -(-len(one.series) // 7))
    chosen = [p.year for p in one.series[::-step]]
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        ((x(year), HIGH - 8, year) for year in chosen),
    )


def _joined(parts: list[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
