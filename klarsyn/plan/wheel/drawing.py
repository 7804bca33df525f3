"""The year as a wheel: twelve months, a ring a stage, today's hand. SVG, with the same in words."""

from __future__ import annotations

import math
from calendar import isleap
from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.dates import MONTHS_3
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from klarsyn.plan.stages import Stage
from klarsyn.plan.wheel.policy import StageState, Standing, within
from klarsyn.plan.wheel.words import STAGES, STATES

SIDE: Final = 360
_MIDDLE: Final = SIDE / 2
_MONTHS: Final = 164  # where the months' names stand
_RIM: Final = 150
_OUTER: Final = 138  # the first stage's ring; each next one is a step nearer the middle
_STEP: Final = 15
# Each ring has its stage's number, so that the list says the rest; some states a mark besides the colour.
_MARKS: Final = {StageState.DONE: "✓", StageState.LATE: "!", StageState.CANNOT_TELL: "?"}


def angle(on: date) -> float:
    """Degrees clockwise from the top, where 1 January begins; a leap year has 366 days to go round."""
    return (on.timetuple().tm_yday - 1) * 360 / (366 if isleap(on.year) else 365)


def drawn(year: int, stages: Sequence[Standing], evening: date | None, today: date) -> SafeString:
    """The whole drawing. Its text alternative says what it shows; the list beside it says all of it."""
    parts = [_rim(year), *(_ring(one, year) for one in stages)]
    if evening is not None:
        parts.append(_evening(evening))
    if today.year == year:
        parts.append(_today(today))
    words = escape(told(year, stages, evening, today))
    head = f'<svg class="y-wheel" viewBox="0 0 {SIDE} {SIDE}" role="img" aria-label="{words}">'
    return mark_safe(head + "".join(parts) + "</svg>")  # noqa: S308  our own numbers, and escaped words


def told(year: int, stages: Sequence[Standing], evening: date | None, today: date) -> str:
    """The drawing in words."""
    said = [_("Året %(year)d som ett hjul.") % {"year": year}]
    for one in stages:
        words = {
            "stage": STAGES[one.stage], "first": date_format(one.span.starts_on),
            "last": date_format(one.span.due_on), "state": STATES[one.state].word,
        }  # fmt: skip
        said.append(_("%(stage)s: %(first)s till %(last)s, %(state)s.") % words)
    if evening is not None:
        said.append(_("Kvällen i fullmäktige: %(day)s.") % {"day": date_format(evening)})
    if today.year == year:
        said.append(_("I dag är %(day)s.") % {"day": date_format(today)})
    return " ".join(said)


def _at(degrees: float, radius: float) -> tuple[float, float]:
    turned = math.radians(degrees - 90)
    return round(_MIDDLE + radius * math.cos(turned), 1), round(_MIDDLE + radius * math.sin(turned), 1)


def _rim(year: int) -> str:
    lines = []
    for month in range(1, 13):
        first = angle(date(year, month, 1))
        middle = angle(date(year, month, 15))
        (x1, y1), (x2, y2), (x, y) = _at(first, 24), _at(first, _RIM), _at(middle, _MONTHS)
        lines.append(f'<path class="y-month" d="M{x1} {y1}L{x2} {y2}"/>')
        lines.append(
            f'<text class="y-name" x="{x}" y="{y}">{escape(str(MONTHS_3[month]).rstrip("."))}</text>'
        )
    return f'<circle class="y-rim" cx="{_MIDDLE:g}" cy="{_MIDDLE:g}" r="{_RIM}"/>' + "".join(lines)


def _ring(one: Standing, year: int) -> str:
    """An arc from the first day to the last, as far as they lie in the year, and the stage's number."""
    number = list(Stage).index(one.stage)
    radius = _OUTER - _STEP * number
    if one.span.due_on.year < year or one.span.starts_on.year > year:
        return ""
    begins = angle(within(year, one.span.starts_on))
    ends = angle(within(year, one.span.due_on)) + 360 / 366  # the last day is part of it
    ends = min(max(ends, begins + 4), begins + 359)
    (x1, y1), (x2, y2) = _at(begins, radius), _at(ends, radius)
    large = int(ends - begins > 180)
    arc = f"M{x1} {y1}A{radius} {radius} 0 {large} 1 {x2} {y2}"
    x, y = _at(begins, radius)
    mark = _MARKS.get(one.state, "")
    return (
        f'<g class="y-stage" data-state="{one.state.value}"><path class="y-arc" d="{arc}"/>'
        f'<circle class="y-dot" cx="{x}" cy="{y}" r="8"/>'
        f'<text class="y-number" x="{x}" y="{y}">{number + 1}</text>'
        + (_mark(mark, ends, radius) if mark else "")
        + "</g>"
    )


def _mark(sign: str, ends: float, radius: float) -> str:
    x, y = _at(ends + 180 / radius * 3.2, radius)
    return f'<text class="y-mark" x="{x}" y="{y}">{sign}</text>'


def _evening(on: date) -> str:
    (x1, y1), (x, y) = _at(angle(on), 24), _at(angle(on), _RIM)
    return (
        f'<path class="y-evening" d="M{x1} {y1}L{x} {y}"/>'
        f'<path class="y-star" transform="translate({x} {y}) rotate(45)" d="M-5 -5h10v10h-10z"/>'
    )


def _today(on: date) -> str:
    (x1, y1), (x2, y2) = _at(angle(on), 20), _at(angle(on), _RIM + 4)
    return (
        f'<path class="y-today" d="M{x1} {y1}L{x2} {y2}"/><circle class="y-now" cx="{x2}" cy="{y2}" r="4"/>'
    )
