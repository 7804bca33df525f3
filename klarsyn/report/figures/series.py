"""How a series is drawn in its field: intervals, joining lines, values, periods."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final

from klarsyn.report.figures import marks
from klarsyn.report.figures.labels import Box, Rect, Want, place
from klarsyn.report.figures.model import Mark, TrendPoint
from klarsyn.report.figures.numbers import decimals_for, number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import ABOUT, Point
from klarsyn.report.figures.text import shorten, width
from klarsyn.report.figures.timeline import joined, middle

FEW: Final = 9  # up to here every value is written, beyond it the first, the last, the lowest and the highest


@dataclass(frozen=True, slots=True)
class Plot:
    """The field that a series is drawn in."""

    x: Linear
    y: Linear
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Laid:
    """A series in its field: where each point stands, by its `id`, and which neighbours a line joins."""

    points: Sequence[TrendPoint]
    at: dict[int, Point]
    joined: list[tuple[TrendPoint, TrendPoint]]
    breaks: Sequence[Mark]


def lay(on: Sheet, plot: Plot, points: Sequence[TrendPoint], breaks: Sequence[Mark]) -> Laid:
    return Laid(points, places(on, plot, points), joined(points, breaks), breaks)


def series(on: Sheet, plot: Plot, laid: Laid, is_home: bool = False) -> str:
    """Intervals first, then the joining lines, then the values."""
    role, at = "accent-band" if is_home else "band", laid.at
    room = (plot.right - plot.left) / max(1, len(laid.points))
    thick, dot = min(on.sizes.band * 0.85, room * 0.5), min(on.sizes.dot, room * 0.42)
    under, over = [], []
    for p in laid.points:
        x, y = spot = at[id(p)]
        if p.value is None:
            over.append(_absent(on, plot, p, x))
        elif p.is_approximate:
            over.append(marks.approximate(on, x, y, dot))
        else:
            interval, value = _measured(on, plot, p, spot, role, thick, dot)
            under.append(interval)
            over.append(value)
    for run, is_rough in _runs(laid.joined):
        rough = f"{on.sizes.pen * 3:g} {on.sizes.pen * 2:g}" if is_rough else ""
        under.append(on.pen.path([at[id(p)] for p in run], "ink", on.sizes.pen, rough))
    return "".join(under + over)


def _runs(pairs: Sequence[tuple[TrendPoint, TrendPoint]]) -> list[tuple[list[TrendPoint], bool]]:
    """Joined neighbours as unbroken runs; what leads to or from an approximate value is a run of its own."""
    runs: list[tuple[list[TrendPoint], bool]] = []
    for a, b in pairs:
        is_rough = a.is_approximate or b.is_approximate
        if runs and runs[-1][0][-1] is a and runs[-1][1] == is_rough:
            runs[-1][0].append(b)
        else:
            runs.append(([a, b], is_rough))
    return runs


def _measured(
    on: Sheet, plot: Plot, p: TrendPoint, at: Point, role: str, thick: float, dot: float
) -> tuple[str, str]:
    """An interval and the value that stands on it; a value without one keeps its full dot."""
    x, y = at
    long, low, high = plot.bottom - plot.top, None, None
    if p.lower is not None and p.upper is not None:
        low = plot.y.at(p.lower)
        if not math.isinf(p.upper):
            high = plot.y.at(p.upper)
            long = abs(low - high)
    broad, radius, rim = marks.fitted(long, thick, dot)
    drawn = marks.estimate(on, x, y, radius, rim)
    if low is None:
        return "", drawn
    if high is None:
        return _open(on, plot, x, low, role, broad), drawn
    return marks.upright(on, x, low, high, role, broad), drawn


def _open(on: Sheet, plot: Plot, x: float, low: float, role: str, thick: float) -> str:
    """An interval that goes on beyond the scale."""
    shaft = marks.upright(on, x, low, plot.top + thick, role, thick)
    return shaft + on.pen.shape(
        ((x, plot.top), (x - thick, plot.top + thick * 1.4), (x + thick, plot.top + thick * 1.4)), role
    )


def places(on: Sheet, plot: Plot, points: Sequence[TrendPoint]) -> dict[int, Point]:
    """Where each point stands, by its `id`; several sources for one period stand beside each other."""
    moments = [p.year + p.length / 2 for p in points]  # `middle`, without a call for each
    if len(set(moments)) < len(moments):
        return _beside(on, plot, points)
    bottom, xs = plot.bottom, plot.x.all(moments)
    ys = plot.y.all([p.value or 0.0 for p in points])
    return {id(p): (x, bottom if p.value is None else y) for p, x, y in zip(points, xs, ys, strict=True)}


def _beside(on: Sheet, plot: Plot, points: Sequence[TrendPoint]) -> dict[int, Point]:
    by_period: dict[float, list[TrendPoint]] = {}
    for p in points:
        by_period.setdefault(middle(p), []).append(p)
    last = max(by_period, default=0.0)
    lasting = {(p.label, when) for when, group in by_period.items() for p in group}
    found: dict[int, Point] = {}
    for when, group in by_period.items():
        # A source that goes on stands on the side it goes to: its line does not cross the other's dot.
        group = sorted(group, key=lambda p: (p.label, last) in lasting and when != last)
        for i, p in enumerate(group):
            aside = (i - (len(group) - 1) / 2) * on.sizes.dot * 2.6
            y = plot.bottom if p.value is None else plot.y.at(p.value)
            found[id(p)] = (plot.x.at(when) + aside, y)
    return found


def _absent(on: Sheet, plot: Plot, p: TrendPoint, x: float) -> str:
    y = plot.bottom - on.sizes.dot * 1.6
    if p.status == "withheld":
        wide, high = on.sizes.band * 1.2, on.sizes.band * 2
        return marks.withheld(on, x - wide / 2, plot.bottom - high, wide, high)
    return marks.cross(on, x, y) if p.status == "unavailable" else marks.dash(on, x, y)


def values(on: Sheet, plot: Plot, laid: Laid, taken: Sequence[Box] = (), most: int = FEW) -> str:
    """Values written at their dots where they stand clear: all up to `most`, else the telling ones."""
    s = on.sizes
    decimals = decimals_for(p.value for p in laid.points)
    seen = sorted([p for p in laid.points if p.value is not None], key=attrgetter("year"))
    wants = []
    for p in _telling(seen, most):
        words = (ABOUT if p.is_approximate else "") + number(
            p.value or 0.0, decimals if p.value else 0, on.language
        )
        words = shorten(f"{words} {p.label}", (plot.right - plot.left) * 0.6, s.label) if p.label else words
        x, y = laid.at[id(p)]
        must = len(seen) <= most or p is seen[-1] or p.is_approximate
        wants.append(
            Want(words, x, y, s.label, s.dot * 1.6, p is seen[-1], must, "ENWSensw", (1.0, 1.5, 2.2))
        )
    bounds = Box(plot.left, plot.top - s.label, min(plot.right + s.step, on.width), plot.bottom)
    return "".join(
        on.pen.text(w.x, w.baseline, w.want.text, w.want.size, "ink", "", w.want.bold, True)
        for w in place(wants, taken, _obstacles(on, plot, laid, wants), bounds)
    )


def _obstacles(on: Sheet, plot: Plot, laid: Laid, wants: Sequence[Want]) -> list[Rect]:
    """What the labels must keep clear of: lines, intervals, breaks and marks within their reach."""
    dot, at = on.sizes.dot, laid.at
    reaches = [width(w.text, w.size, w.bold) + dot * 4 for w in wants]
    left = min([w.x - r for w, r in zip(wants, reaches, strict=True)], default=0.0)
    right = max([w.x + r for w, r in zip(wants, reaches, strict=True)], default=0.0)
    found = list[Rect]()
    for p, q in laid.joined:
        a, b = at[id(p)], at[id(q)]
        if b[0] > left and a[0] < right:
            found += _steps(a, b)
    for p in laid.points:
        x, y = at[id(p)]
        if left < x < right:
            # An absence has its mark at the foot of the chart.
            found.append(
                _extent(dot, plot, p, x, y) if p.value is not None else (x - dot, y - dot * 3, x + dot, y)
            )
    return found + [(x - 2, plot.top, x + 2, plot.bottom) for x in plot.x.all([m.year for m in laid.breaks])]


def _steps(a: Point, b: Point, pieces: int = 6) -> list[Rect]:
    """A slanting line as small boxes."""
    (x, y), wide, high, found = a, b[0] - a[0], b[1] - a[1], list[Rect]()
    x1, y1 = a
    for i in range(1, pieces + 1):
        x2, y2 = x + wide * i / pieces, y + high * i / pieces
        found.append((x1, y1 - 1, x2, y2 + 1) if high > 0 else (x1, y2 - 1, x2, y1 + 1))
        x1, y1 = x2, y2
    return found


def _telling(seen: Sequence[TrendPoint], most: int) -> list[TrendPoint]:
    """The points whose values are written, most telling first: last, first, highest, lowest."""
    if len(seen) <= most or not seen:
        return list(seen)
    if most == 1:
        return [seen[-1], *(p for p in seen[:-1] if p.label)]
    by_value = sorted(seen, key=lambda p: p.value or 0.0)
    chosen = [seen[-1], seen[0], by_value[-1], by_value[0], *(p for p in seen if p.is_approximate)]
    return list(dict.fromkeys(chosen))


def _extent(r: float, plot: Plot, p: TrendPoint, x: float, y: float) -> Rect:
    high = plot.top if p.upper is not None and math.isinf(p.upper) else plot.y.at(p.upper or p.value or 0.0)
    low = plot.y.at(p.lower if p.lower is not None else p.value or 0.0)
    return x - r, min(high, y - r), x + r, max(low, y + r)


def periods(on: Sheet, plot: Plot, points: Sequence[TrendPoint], size: float = 0.0) -> str:
    """Periods under the axis: all that fit; the last and the first before the others."""
    size = size or on.sizes.small
    room, foot = plot.right - plot.left, plot.bottom + on.sizes.step / 2
    names = {middle(p): shorten(p.period, room, size) for p in points}
    moments = sorted(names)
    order = [moments[-1], moments[0], *moments[1:-1]] if len(moments) > 1 else moments
    gap, out, taken = on.sizes.step * 0.75, [], list[tuple[float, float]]()
    for when in order:
        x, half = plot.x.at(when), width(names[when], size) / 2
        shown = min(max(x, half), on.width - half)
        out.append(on.pen.line((x, plot.bottom), (x, foot), "soft", on.sizes.hair))
        if not taken or all(shown + half + gap <= a or b + gap <= shown - half for a, b in taken):
            out.append(on.pen.text(shown, plot.bottom + size * 1.4, names[when], size, "soft", "middle"))
            taken.append((shown - half, shown + half))
    return "".join(out)
