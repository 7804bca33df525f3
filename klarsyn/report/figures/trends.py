"""A series over time: every value on its interval, breaks and gaps left open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, notes
from klarsyn.report.figures.model import BadFigure, Chart, Look, Mark, Span, TrendPoint
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.series import Plot, lay, periods, series, values
from klarsyn.report.figures.sheet import Sheet, finish, fit, sheet
from klarsyn.report.figures.text import width
from klarsyn.report.figures.timeline import check_points, span_of


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where everything stands, and the words above and under the plot."""

    plot: Plot
    ys: tuple[float, ...]
    labels: list[str]
    above: notes.Notes
    head: str
    foot: str
    height: float


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
    return fit(
        sheet(**look),
        1.0,
        lambda on: _lay(on, points, breaks, operations, unit),
        lambda on, frame: _trend(on, frame, points, breaks, is_home),
    )


def _lay(
    on: Sheet, points: Sequence[TrendPoint], breaks: Sequence[Mark], operations: Sequence[Span], unit: str
) -> _Frame:
    head, top = axis.unit(on, unit, 0, on.top, on.width)
    ys, labels = axis.heights(on, axis.reach(points), on.sizes.plot * 2.4)
    left = max(width(t, on.sizes.small) for t in labels) + on.sizes.step * 1.5
    low, high = span_of(points, breaks, operations)
    x = Linear(low, high, left, on.width - on.sizes.step)
    above = notes.breaks(on, breaks, x, top + on.sizes.step / 2)
    top = above.bottom + on.sizes.step
    plot = Plot(x, Linear(ys[0], ys[-1], top + on.sizes.plot, top), left, x.b, top, top + on.sizes.plot)
    below = notes.operations(on, operations, x, plot.bottom + on.sizes.small * 1.4 + on.sizes.step)
    keyed, under = key.flow(on, _key(on, points), 0, below.bottom + on.sizes.step, on.width)
    listed, under = notes.listing(on, (*above.listed, *below.listed), under + on.sizes.step / 2)
    return _Frame(plot, ys, labels, above, head, below.drawn + keyed + listed, under + 2)


def _trend(
    on: Sheet, f: _Frame, points: Sequence[TrendPoint], breaks: Sequence[Mark], is_home: bool
) -> Chart:
    laid, plot = lay(on, f.plot, points, breaks), f.plot
    body = [
        f.head,
        axis.beside(on, plot.y, f.ys, f.labels, plot.left, plot.right),
        f.above.drawn,
        notes.break_lines(on, breaks, plot.x, f.above.bottom, plot.bottom),
        series(on, plot, laid, is_home),
        values(on, plot, laid, f.above.boxes),
        periods(on, plot, points),
        f.foot,
    ]
    return finish(on, body, f.height, [marks.hatch(on)] if any(p.value is None for p in points) else [])


def _key(on: Sheet, points: Sequence[TrendPoint]) -> list[key.Entry]:
    entries = [key.estimate(on)] if any(p.value is not None and not p.is_approximate for p in points) else []
    if any(p.lower is not None for p in points):
        entries.append(key.upright(on))
    if any(p.is_approximate for p in points):
        entries.append(key.approximate(on))
    return entries + key.for_statuses(on, [p.status for p in points if p.value is None])
