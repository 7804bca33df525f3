"""The assumption dial: what the answer would be if what nobody can test were off by a factor."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Unpack

from klarsyn.report.figures import axis, marks
from klarsyn.report.figures.model import BadFigure, Chart, DialPoint, Look, Reference
from klarsyn.report.figures.numbers import number
from klarsyn.report.figures.scale import Linear, Log
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import middle
from klarsyn.report.figures.text import width

_TICKS: Final = (0.25, 0.5, 1.0, 2.0, 4.0)
_NAMES: Final = {0.25: "¼", 0.5: "½"}


def assumption_dial(points: Sequence[DialPoint], met: Reference, unit: str, **look: Unpack[Look]) -> Chart:
    """The total over ξ from ¼ to 4, doublings apart; named points get a dot and their words.

    `met`: how many were met, below which no total can fall. Raises BadFigure with fewer than two points, for
    a ξ that is not above 0, and for a total below those met.
    """
    _check(points, met)
    on = sheet(**look)
    s = on.sizes
    ordered = sorted(points, key=lambda p: p.xi)
    highest = max(p.total for p in points)
    ticks = axis.ticks_for(on, 0.0, highest, s.plot, 6)
    labels = axis.tick_labels(on, ticks)
    left = max(width(label, s.small) for label in labels) + s.step * 2
    right, top = on.width - s.step * 2, on.top + s.small * 1.6
    drawn, top = axis.unit(on, unit, 0.0, on.top, on.width - 2)
    top += s.step * 2
    bottom = top + s.plot
    up = Linear(ticks[0], ticks[-1], bottom, top)
    along = Log(min(_TICKS[0], ordered[0].xi), max(_TICKS[-1], ordered[-1].xi), left + s.dot, right - s.dot)
    body = [drawn, axis.beside(on, up, ticks, labels, left, right), _across(on, along, bottom)]
    body.append(_met(on, met, up, left, right))
    body.append(on.pen.path([(along.at(p.xi), up.at(p.total)) for p in ordered], "ink", s.pen * 1.5))
    body += [_named(on, p, along.at(p.xi), up.at(p.total), (left, right)) for p in ordered if p.label]
    words, bottom = axis.unit(on, on.words.factor, 0.0, bottom + s.small * 1.6, on.width - 2)
    return finish(on, [*body, words], bottom + 4)


def _check(points: Sequence[DialPoint], met: Reference) -> None:
    if len(points) < 2:
        raise BadFigure("an assumption dial needs two points at least")
    for p in points:
        if not (p.xi > 0 and math.isfinite(p.xi)):
            raise BadFigure(f"ξ = {p.xi} is not above 0")
        if not (math.isfinite(p.total) and p.total >= 0):
            raise BadFigure(f"ξ = {p.xi}: {p.total} is not a number of people")
        if p.total < met.value * 0.99:
            raise BadFigure(f"ξ = {p.xi}: {p.total} is fewer than the {met.value} who were met")


def _across(on: Sheet, along: Log, bottom: float) -> str:
    size = on.sizes.small
    return "".join(
        on.pen.text(
            along.at(tick), bottom + size * 1.3, _NAMES.get(tick, number(tick, 0, on.language)), size, "soft",
            "middle",
        )
        for tick in _TICKS
    )  # fmt: skip


def _met(on: Sheet, met: Reference, up: Linear, left: float, right: float) -> str:
    y, size = up.at(met.value), on.sizes.small
    dashes = f"{on.sizes.step * 0.6:g} {on.sizes.step * 0.5:g}"
    line = on.pen.line((left, y), (right, y), "ink", on.sizes.pen, dashes)
    return line + on.pen.text(right, y - size * 0.4, met.label, size, "ink", "end", False, True)


def _named(on: Sheet, p: DialPoint, x: float, y: float, ends: tuple[float, float]) -> str:
    """The words stand above and left of the dot, where the rising line leaves room; kept inside the plot."""
    size = on.sizes.small
    wide = width(p.label, size)
    end = min(max(x - on.sizes.step, ends[0] + wide + 2), ends[1])
    above = y - on.sizes.dot * 1.4 - (size * 0.9 if end > x - on.sizes.step else 0.0)
    dot = marks.estimate(on, x, y)
    return dot + on.pen.text(end, middle(above, size), p.label, size, "ink", "end", p.xi == 1.0, True)
