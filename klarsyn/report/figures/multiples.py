"""Small multiples: the same little chart for each place, on one scale, so that shapes and levels compare."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final, Unpack

from klarsyn.report.figures import axis, key, marks, notes
from klarsyn.report.figures.model import BadFigure, Chart, Look, Mark, Panel, TrendPoint
from klarsyn.report.figures.numbers import decimals_for, number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.series import Plot, lay, periods, series, values
from klarsyn.report.figures.sheet import Sheet, finish, fit, sheet
from klarsyn.report.figures.svg import leading
from klarsyn.report.figures.text import shorten, width
from klarsyn.report.figures.timeline import check_points, span_of

ACROSS: Final = {"narrow": 2, "page": 3, "slide": 4}
HIGH: Final = 0.41  # of a panel, in plots


@dataclass(frozen=True, slots=True)
class _Grid:
    """What all panels share."""

    across: int
    left: float
    wide: float
    gap: float
    high: float
    spare: float  # room right of the last period, for its value
    years: tuple[float, float]
    ys: tuple[float, ...]
    labels: list[str]


@dataclass(frozen=True, slots=True)
class _Shown:
    """The points of all panels, and what both axes must cover: the same on every sheet."""

    points: list[TrendPoint]
    reached: tuple[float, float]
    years: tuple[float, float]
    last: list[float]  # of each panel, as far as it has points
    decimals: int


@dataclass(frozen=True, slots=True)
class _Frame:
    """The grid, the top of each row of plots, and the words above and under them."""

    grid: _Grid
    tops: list[float]
    head: str
    foot: str
    height: float


def small_multiples(
    panels: Sequence[Panel],
    unit: str = "",
    *,
    breaks: Sequence[Mark] = (),
    columns: int = 0,
    **look: Unpack[Look],
) -> Chart:
    """One panel a place, in the given order, three beside each other; two on a phone, four on a slide.

    All panels share both scales, and the chart says so. Raises BadFigure without points, and for NaN.
    """
    points = [p for panel in panels for p in panel.points]
    if not points:
        raise BadFigure("small multiples need at least one panel with points")
    check_points(points)
    on, last = sheet(**look), [panel.points[-1].value or 0.0 for panel in panels if panel.points]
    decimals = decimals_for(p.value for p in points)
    shown = _Shown(points, axis.reach(points), span_of(points, breaks, ()), last, decimals)
    plots = ceil(len(panels) / (columns or ACROSS[on.sizes.name])) * HIGH
    return fit(
        on,
        plots,
        lambda on: _lay(on, panels, shown, unit, breaks, columns),
        lambda on, frame: _multiples(on, frame, panels, points, breaks),
    )


def _lay(
    on: Sheet,
    panels: Sequence[Panel],
    shown: _Shown,
    unit: str,
    breaks: Sequence[Mark],
    columns: int,
) -> _Frame:
    said = f"{unit}. {on.words.same_scale}" if unit else on.words.same_scale
    head, y = axis.unit(on, said, 0, on.top, on.width, 3)
    grid = _grid(on, panels, shown, columns)
    title, tops = leading(on.sizes.label) + on.sizes.step, []
    y += on.sizes.step
    for _ in range(0, len(panels), grid.across):
        tops.append(y + title)
        y += title + grid.high + on.sizes.small * 1.5 + on.sizes.step * 2.5
    keyed, y = key.flow(on, _key(on, shown.points, breaks), 0, y, on.width)
    several = [(str(i), m.label) for i, m in enumerate(_ordered(breaks), 1)] if len(breaks) > 1 else []
    listed, y = notes.listing(on, several, y + on.sizes.step / 2)
    return _Frame(grid, tops, head, keyed + listed, y + 2)


def _multiples(
    on: Sheet, f: _Frame, panels: Sequence[Panel], points: Sequence[TrendPoint], breaks: Sequence[Mark]
) -> Chart:
    grid, out = f.grid, [f.head]
    for i, panel in enumerate(panels):
        row, column = divmod(i, grid.across)
        plot = _plot(grid, grid.left + column * (grid.wide + grid.gap), f.tops[row])
        out.append(_panel(on, plot, panel, breaks, grid, is_first=column == 0))
    absent = any(p.value is None for p in points)
    return finish(on, [*out, f.foot], f.height, [marks.hatch(on)] if absent else [])


def _grid(on: Sheet, panels: Sequence[Panel], shown: _Shown, columns: int) -> _Grid:
    s = on.sizes
    high = s.plot * HIGH
    ys, labels = axis.heights(on, shown.reached, high * 1.4, 4)
    across = columns or min(len(panels), ACROSS[s.name])
    left = max(width(t, s.small) for t in labels) + s.step * 1.5
    gap = s.step * (1.5 if s.is_narrow else 2.5)
    last = [number(value, shown.decimals, on.language) for value in shown.last]
    spare = max([width(t, s.label, True) for t in last], default=0.0) + s.dot
    wide = (on.width - left - gap * (across - 1)) / across
    return _Grid(across, left, wide, gap, high, spare, shown.years, ys, labels)


def _plot(grid: _Grid, x: float, top: float) -> Plot:
    years = Linear(*grid.years, x, x + grid.wide - grid.spare)
    heights = Linear(grid.ys[0], grid.ys[-1], top + grid.high, top)
    return Plot(years, heights, x, x + grid.wide, top, top + grid.high)


def _ordered(breaks: Sequence[Mark]) -> list[Mark]:
    return sorted(breaks, key=lambda m: m.year)


def _panel(
    on: Sheet, plot: Plot, panel: Panel, breaks: Sequence[Mark], grid: _Grid, *, is_first: bool
) -> str:
    size = on.sizes.label
    title = shorten(panel.title, plot.right - plot.left, size, True)
    role = "accent" if panel.is_home else "ink"
    laid = lay(on, plot, panel.points, breaks)
    labels = grid.labels if is_first else []
    out = [
        on.pen.text(plot.left, plot.top - on.sizes.step * 1.4, title, size, role, "", True),
        axis.beside(on, plot.y, grid.ys, labels, plot.left, plot.right),
        notes.break_lines(on, breaks, plot.x, plot.top, plot.bottom),
        notes.signs(on, breaks, plot.x, plot.top) if len(breaks) > 1 else "",
        series(on, plot, laid, panel.is_home),
    ]
    if panel.points:
        out += [values(on, plot, laid, most=1), periods(on, plot, _ends(panel.points))]
    return "".join(out)


def _ends(points: Sequence[TrendPoint]) -> list[TrendPoint]:
    """First and last period: enough on a small axis."""
    ordered = sorted(points, key=lambda p: p.year)
    return [ordered[0], ordered[-1]]


def _key(on: Sheet, points: Sequence[TrendPoint], breaks: Sequence[Mark]) -> list[key.Entry]:
    entries = [key.estimate(on)]
    if any(p.lower is not None for p in points):
        entries.append(key.upright(on))
    if any(p.is_approximate for p in points):
        entries.append(key.approximate(on))
    entries += key.for_statuses(on, [p.status for p in points if p.value is None])
    if len(breaks) == 1:
        tall = on.sizes.band
        draw = lambda x, y: notes.dotted(on, x, y - tall, y + tall)  # noqa: E731 - one mark, drawn once
        entries.append((draw, on.sizes.dot, breaks[0].label))
    return entries
