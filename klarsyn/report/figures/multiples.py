"""Small multiples: the same little chart for each place, on one scale, so that shapes and levels can be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, notes
from klarsyn.report.figures.model import BadFigure, Chart, Look, Mark, Panel, TrendPoint
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import leading
from klarsyn.report.figures.text import shorten, width
from klarsyn.report.figures.timeline import check_points, span_of
from klarsyn.report.figures.trends import Plot, heights, periods, series, values


def small_multiples(
    panels: Sequence[Panel],
    unit: str = "",
    *,
    breaks: Sequence[Mark] = (),
    columns: int = 0,
    **look: Unpack[Look],
) -> Chart:
    """One panel a place, in the given order, three beside each other (two on a phone, never more than there are).

    All panels share both scales, and the chart says so. Raises BadFigure without panels or points, and for NaN.
    """
    points = [p for panel in panels for p in panel.points]
    if not points:
        raise BadFigure("small multiples need at least one panel with points")
    check_points(points)
    on = sheet(**look)
    drawn, top = axis.unit(
        on, f"{unit}. {on.words.same_scale}" if unit else on.words.same_scale, 0, on.top, on.width
    )
    ys, labels = heights(on, points, on.sizes.plot * 1.1)
    across = columns or min(len(panels), 2 if on.sizes.is_narrow else 3)
    left = max(width(t, on.sizes.small) for t in labels) + on.sizes.step * 1.5
    gap = on.sizes.step * (2 if on.sizes.is_narrow else 3)
    wide = (on.width - left - on.sizes.step - gap * (across - 1)) / across
    high = on.sizes.plot * (0.42 if not on.sizes.is_narrow else 0.4)
    low, last = span_of(points, breaks, ())
    out, y = [drawn], top + on.sizes.step
    for start in range(0, len(panels), across):
        title = leading(on.sizes.label) + on.sizes.label * 0.9
        for i, panel in enumerate(panels[start : start + across]):
            x = left + i * (wide + gap)
            plot = Plot(
                Linear(low, last, x, x + wide),
                Linear(ys[0], ys[-1], y + title + high, y + title),
                x,
                x + wide,
                y + title,
                y + title + high,
            )
            out.append(_panel(on, plot, panel, breaks, ys, labels if i == 0 else [""] * len(labels), y))
        y += title + high + on.sizes.small * 1.5 + on.sizes.step * 2.5
    drawn, under = _key(on, points, y)
    listed = [(str(i), m.label) for i, m in enumerate(sorted(breaks, key=lambda m: m.year), 1)]
    words, under = notes.listing(on, listed, under + on.sizes.step / 2)
    statuses = [p.status for p in points if p.value is None]
    return finish(on, [*out, drawn, words], under + 2, [marks.hatch(on)] if statuses else [])


def _panel(
    on: Sheet,
    plot: Plot,
    panel: Panel,
    breaks: Sequence[Mark],
    ys: Sequence[float],
    labels: Sequence[str],
    top: float,
) -> str:
    title = shorten(panel.title, plot.right - plot.left, on.sizes.label, True)
    out = [
        on.pen.text(
            plot.left,
            top + on.sizes.label,
            title,
            on.sizes.label,
            "accent" if panel.is_home else "ink",
            "",
            True,
        ),
        axis.beside(on, plot.y, ys, labels, plot.left, plot.right),
        notes.break_lines(on, breaks, plot.x, plot.top, plot.bottom),
        series(on, plot, panel.points, breaks, panel.is_home),
    ]
    if panel.points:
        out += [values(on, plot, panel.points, ()), periods(on, plot, _ends(panel.points))]
    return "".join(out)


def _ends(points: Sequence[TrendPoint]) -> list[TrendPoint]:
    """First and last period: enough on a small axis."""
    ordered = sorted(points, key=lambda p: p.year)
    return [ordered[0], ordered[-1]]


def _key(on: Sheet, points: Sequence[TrendPoint], top: float) -> tuple[str, float]:
    entries = [key.estimate(on)]
    if any(p.lower is not None and not math.isnan(p.lower) for p in points):
        entries.append(key.upright(on))
    if any(p.is_approximate for p in points):
        entries.append(key.approximate(on))
    entries += key.for_statuses(on, [p.status for p in points if p.value is None])
    return key.flow(on, entries, 0, top, on.width)
