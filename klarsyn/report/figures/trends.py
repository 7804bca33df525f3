"""A series over time: every value on its interval, breaks and gaps left open."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, notes
from klarsyn.report.figures.labels import Box, Want, place
from klarsyn.report.figures.model import BadFigure, Chart, Look, Mark, Span, TrendPoint
from klarsyn.report.figures.numbers import decimals_for, number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.text import width
from klarsyn.report.figures.timeline import check_points, decimal_year, joined, middle, span_of

__all__ = ["decimal_year", "trend"]
FEW = 9  # up to here every value is written, beyond it the first, the last, the lowest and the highest


@dataclass(frozen=True, slots=True)
class Plot:
    """The field that a series is drawn in."""

    x: Linear
    y: Linear
    left: float
    right: float
    top: float
    bottom: float


def trend(
    points: Sequence[TrendPoint],
    breaks: Sequence[Mark] = (),
    operations: Sequence[Span] = (),
    unit: str = "",
    *,
    is_home: bool = False,
    **look: Unpack[Look],
) -> Chart:
    """Values over time from zero. Neighbouring years are joined; nothing is joined over a gap or a break.

    Points with the same `label` are one source; two sources for one period stand side by side, never joined.
    Raises BadFigure without points and for NaN.
    """
    if not points:
        raise BadFigure("a series needs at least one point")
    check_points(points)
    on = sheet(**look)
    drawn, top = axis.unit(on, unit, 0, on.top, on.width)
    ys, labels = heights(on, points, on.sizes.plot * 2.4)
    left = max(width(t, on.sizes.small) for t in labels) + on.sizes.step * 1.5
    low, high = span_of(points, breaks, operations)
    x = Linear(low, high, left, on.width - on.sizes.step)
    above = notes.breaks(on, breaks, x, top + on.sizes.step / 2)
    top = above.bottom + on.sizes.step
    plot = Plot(x, Linear(ys[0], ys[-1], top + on.sizes.plot, top), left, x.b, top, top + on.sizes.plot)
    body = [drawn, axis.beside(on, plot.y, ys, labels, left, plot.right), above.drawn]
    body.append(notes.break_lines(on, breaks, x, above.bottom, plot.bottom))
    body += [series(on, plot, points, breaks, is_home), values(on, plot, points, above.boxes)]
    body.append(periods(on, plot, points))
    below = notes.operations(on, operations, x, plot.bottom + on.sizes.small * 1.4 + on.sizes.step)
    drawn, under = key.flow(on, _key(on, points), 0, below.bottom + on.sizes.step, on.width)
    body += [below.drawn, drawn]
    drawn, under = notes.listing(on, (*above.listed, *below.listed), under + on.sizes.step / 2)
    statuses = [p.status for p in points if p.value is None]
    return finish(on, [*body, drawn], under + 2, [marks.hatch(on)] if statuses else [])


def heights(on: Sheet, points: Sequence[TrendPoint], room: float) -> tuple[tuple[float, ...], list[str]]:
    """Ticks of the standing axis: from zero to above the highest value or finite limit."""
    drawn = [v for p in points if p.value is not None for v in (p.value, p.lower, p.upper) if v is not None]
    finite = [v for v in drawn if math.isfinite(v)]
    high = max(finite, default=0.0)
    ticks = axis.ticks_for(on, min(0.0, *finite, 0.0), high * 1.04 or 1.0, room, 6)
    return ticks, axis.tick_labels(on, ticks)


def series(
    on: Sheet, plot: Plot, points: Sequence[TrendPoint], breaks: Sequence[Mark], is_home: bool = False
) -> str:
    """Intervals first, then the joining lines, then the values."""
    at = places(on, plot, points)
    role = "accent-band" if is_home else "band"
    room = (plot.right - plot.left) / max(1, len(points))
    thick = min(on.sizes.band * 0.85, room * 0.5)
    dot = min(on.sizes.dot, room * 0.42)
    out = []
    for p in points:
        if p.value is not None and p.lower is not None and p.upper is not None:
            x, high = at[p][0], plot.top if math.isinf(p.upper) else plot.y.at(p.upper)
            out.append(marks.upright(on, x, plot.y.at(p.lower), high, role, thick))
    for a, b in joined(points, breaks):
        out.append(on.pen.line(at[a], at[b], "ink", on.sizes.pen))
    for p in points:
        x, y = at[p]
        if p.value is None:
            out.append(_absent(on, plot, p, x))
        else:
            out.append(
                marks.approximate(on, x, y, dot) if p.is_approximate else marks.estimate(on, x, y, dot)
            )
    return "".join(out)


def places(on: Sheet, plot: Plot, points: Sequence[TrendPoint]) -> dict[TrendPoint, tuple[float, float]]:
    """Where each point stands; several sources for one period stand beside each other."""
    by_period: dict[float, list[TrendPoint]] = {}
    for p in points:
        by_period.setdefault(middle(p), []).append(p)
    found = {}
    for when, group in by_period.items():
        for i, p in enumerate(group):
            aside = (i - (len(group) - 1) / 2) * on.sizes.dot * 2.6
            y = plot.bottom if p.value is None else plot.y.at(p.value)
            found[p] = (plot.x.at(when) + aside, y)
    return found


def _absent(on: Sheet, plot: Plot, p: TrendPoint, x: float) -> str:
    y = plot.bottom - on.sizes.dot * 1.6
    if p.status == "withheld":
        wide, high = on.sizes.band * 1.2, on.sizes.band * 2
        return marks.withheld(on, x - wide / 2, plot.bottom - high, wide, high)
    return marks.cross(on, x, y) if p.status == "unavailable" else marks.dash(on, x, y)


def values(on: Sheet, plot: Plot, points: Sequence[TrendPoint], taken: Sequence[Box]) -> str:
    """Values written at their dots, as many as stand clear of each other."""
    s, at = on.sizes, places(on, plot, points)
    decimals = decimals_for(p.value for p in points)
    seen = [p for p in points if p.value is not None]
    wants = []
    for p in _telling(seen):
        words = ("≈ " if p.is_approximate else "") + number(p.value or 0.0, decimals, on.language)
        words += f" {p.label}" if p.label else ""
        x, y = at[p]
        must = len(seen) <= FEW or p is seen[-1] or p.is_approximate
        wants.append(Want(words, x, y, s.label, s.dot * 1.6, p is seen[-1], must, "NEWSenws"))
    obstacles = [*taken, *(_extent(on, plot, p, at[p]) for p in seen)]
    bounds = Box(plot.left, plot.top - s.label, on.width, plot.bottom)
    return "".join(
        on.pen.text(w.x, w.baseline, w.want.text, w.want.size, "ink", "", w.want.bold, True)
        for w in place(wants, obstacles, bounds)
    )


def _telling(seen: Sequence[TrendPoint]) -> list[TrendPoint]:
    """The points whose values are written, most telling first."""
    if len(seen) <= FEW:
        return list(seen)
    by_value = sorted(seen, key=lambda p: p.value or 0.0)
    chosen = [seen[-1], seen[0], by_value[-1], by_value[0], *(p for p in seen if p.is_approximate)]
    return list(dict.fromkeys(chosen))


def _extent(on: Sheet, plot: Plot, p: TrendPoint, at: tuple[float, float]) -> Box:
    r = on.sizes.dot
    high = plot.top if p.upper is not None and math.isinf(p.upper) else plot.y.at(p.upper or p.value or 0.0)
    low = plot.y.at(p.lower if p.lower is not None else p.value or 0.0)
    return Box(at[0] - r, min(high, at[1] - r), at[0] + r, max(low, at[1] + r))


def periods(on: Sheet, plot: Plot, points: Sequence[TrendPoint], size: float = 0.0) -> str:
    """Periods under the axis: all that fit; the last and the first before the others."""
    size = size or on.sizes.small
    names = {middle(p): p.period for p in points}
    moments = sorted(names)
    order = [moments[-1], moments[0], *moments[1:-1]] if len(moments) > 1 else moments
    gap, out, taken = on.sizes.step * 0.75, [], list[tuple[float, float]]()
    for when in order:
        x, half = plot.x.at(when), width(names[when], size) / 2
        shown = min(max(x, half), on.width - half)
        out.append(on.pen.line((x, plot.bottom), (x, plot.bottom + on.sizes.step / 2), "soft", on.sizes.hair))
        if all(shown + half + gap <= a or b + gap <= shown - half for a, b in taken):
            out.append(on.pen.text(shown, plot.bottom + size * 1.4, names[when], size, "soft", "middle"))
            taken.append((shown - half, shown + half))
    return "".join(out)


def _key(on: Sheet, points: Sequence[TrendPoint]) -> list[key.Entry]:
    entries = [key.estimate(on)] if any(p.value is not None and not p.is_approximate for p in points) else []
    if any(p.lower is not None for p in points):
        entries.append(key.upright(on))
    if any(p.is_approximate for p in points):
        entries.append(key.approximate(on))
    return entries + key.for_statuses(on, [p.status for p in points if p.value is None])
