"""A funnel: how far from the common level chance alone takes a place of that size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from math import fsum, inf, isfinite
from typing import Final, Unpack

from klarsyn.report.figures import axis, key, marks
from klarsyn.report.figures.labels import Box, Placed, Rect, Want, place, reach
from klarsyn.report.figures.model import BadFigure, Chart, FunnelLimit, FunnelPoint, Look
from klarsyn.report.figures.numbers import check, decimals_for, number
from klarsyn.report.figures.scale import Linear, Log, log_ticks
from klarsyn.report.figures.sheet import Sheet, finish, fit, sheet
from klarsyn.report.figures.svg import Point, leading, middle, n
from klarsyn.report.figures.text import shorten, width, wrap

_PIECE: Final = 9.0
FEW: Final = 12  # up to here every place is named, beyond it the home municipality alone
LOW_998, LOW_95, TARGET, HIGH_95, HIGH_998 = 1, 2, 3, 4, 5


@dataclass(frozen=True, slots=True)
class _Places:
    """The places and, in the same order, their numbers."""

    points: Sequence[FunnelPoint]
    populations: list[float]
    rates: list[float]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where everything stands, and the words above and under the plot."""

    x: Log
    y: Linear
    left: float
    right: float
    top: float
    bottom: float
    ys: tuple[float, ...]
    labels: list[str]
    target: Sequence[str]
    head: str
    foot: str
    height: float


def funnel_plot(
    points: Sequence[FunnelPoint],
    limits: Sequence[FunnelLimit],
    unit: str,
    *,
    target_label: str = "",
    **look: Unpack[Look],
) -> Chart:
    """Rates against population (logarithmic), with the 95 and 99.8 per cent limits round the common level.

    `limits` are rows (population, low_998, low_95, target, high_95, high_998) in rising population; the first
    and the last are the ends of the axis. The height follows the points: limits may run out of the chart.
    Raises BadFigure without points or limits, for NaN, and for a population that is not positive.
    """
    places = _checked(points, limits)
    return fit(
        sheet(**look),
        1.1,
        lambda on: _lay(on, places, limits, unit, target_label),
        lambda on, frame: _funnel(on, frame, places, limits),
    )


def _funnel(on: Sheet, f: _Frame, places: _Places, limits: Sequence[FunnelLimit]) -> Chart:
    lines = _lines(on, f, limits)
    at = list(zip(f.x.all(places.populations), f.y.all(places.rates), strict=True))
    body = [
        f.head,
        axis.beside(on, f.y, f.ys, f.labels, f.left, f.right),
        _bands(on, f, lines),
        _people(on, f),
        _dots(on, places.points, at),
        _target(on, f, limits),
        _words(on, f, places, at, lines),
        f.foot,
    ]
    clip = (
        f'<clipPath id="{on.id}-clip"><rect x="{n(f.left)}" y="{n(f.top)}" '
        f'width="{n(f.right - f.left)}" height="{n(f.bottom - f.top)}"/></clipPath>'
    )
    return finish(on, body, f.height, [clip])


def _checked(points: Sequence[FunnelPoint], limits: Sequence[FunnelLimit]) -> _Places:
    if not points or len(limits) < 2:
        raise BadFigure("a funnel needs at least one point and two rows of limits")
    populations, rates = [p.population for p in points], [p.rate for p in points]
    # The sums hold every NaN and infinity; only when something is wrong is it looked for.
    if not (min(rates) >= 0 < min(populations) and isfinite(sum(rates)) and isfinite(sum(populations))):
        _blame(points)
    for row in limits:
        if not isfinite(fsum(row)):
            check(fsum(row), f"limits at population {row[0]}")
    if limits[0][0] <= 0 or any(a[0] >= b[0] for a, b in pairwise(limits)):
        raise BadFigure("limits must stand in rising population, above zero")
    return _Places(points, populations, rates)


def _blame(points: Sequence[FunnelPoint]) -> None:
    for p in points:
        if not (0 <= p.rate < inf and 0 < p.population < inf):
            raise BadFigure(
                f"{p.label}: a rate from 0 and a population above 0, not {p.rate} and {p.population}"
            )


def _lay(on: Sheet, places: _Places, limits: Sequence[FunnelLimit], unit: str, target_label: str) -> _Frame:
    s = on.sizes
    head, top = axis.unit(on, unit, 0, on.top, on.width)
    target = wrap(target_label or on.words.common_level, s.small * 5.5, s.small, False, 3)
    high = max(max(places.rates) * 1.12, limits[-1][HIGH_998] * 1.2, limits[0][TARGET] * 2.5)
    ys = axis.ticks_for(on, 0.0, high or 1.0, s.plot * 2.6, 6)
    labels = axis.tick_labels(on, ys)
    left = max(width(t, s.small) for t in labels) + s.step * 1.5
    right = on.width - max((width(t, s.small) for t in target), default=0.0) - s.step
    top += s.small * 0.6
    bottom = top + s.plot * (1.25 if s.name == "page" else 1.1)
    low, last = min(limits[0][0], min(places.populations)), max(limits[-1][0], max(places.populations))
    x, y = Log(low, last, left, right), Linear(0.0, ys[-1], bottom, top)
    under = bottom + s.small * 1.6 + s.step / 2
    words, under = axis.unit(on, on.words.population, left, under, on.width - left)
    keyed, under = key.flow(on, _key(on, places.points), left, under + s.step, on.width)
    return _Frame(x, y, left, right, top, bottom, ys, labels, target, head, words + keyed, under + 2)


def _lines(on: Sheet, f: _Frame, limits: Sequence[FunnelLimit]) -> list[list[Point]]:
    """The five lines in the order of the columns; what runs far out of the chart is cut."""
    columns = list(zip(*limits, strict=True))
    xs, ceiling = f.x.all(columns[0]), f.top - on.sizes.plot
    return [
        list(zip(xs, [y if y > ceiling else ceiling for y in f.y.all(columns[column])], strict=True))
        for column in (LOW_998, LOW_95, TARGET, HIGH_95, HIGH_998)
    ]


def _bands(on: Sheet, f: _Frame, lines: Sequence[Sequence[Point]]) -> str:
    """The two fields and their edges, each line written once and used twice."""
    xs = [f"{x:.1f} " for x, _ in lines[0]]
    steps = [[f"{x}{y:.1f}" for x, (_, y) in zip(xs, line, strict=True)] for line in lines]
    paths = ["M" + "L".join(step) for step in steps]
    out = [
        f'<path d="{paths[high]}L{"L".join(reversed(steps[low]))}z" {on.pen.fill(role)}/>'
        for low, high, role in ((0, 4, "wash"), (1, 3, "wash-2"))
    ]
    dashes = f"{on.sizes.step * 0.6:g} {on.sizes.step * 0.5:g}"
    for i, (path, role) in enumerate(zip(paths, ("band", "soft", "ink", "soft", "band"), strict=True)):
        dash = f' stroke-dasharray="{dashes}"' if i == 2 else ""
        out.append(f'<path d="{path}" fill="none" {on.pen.stroke(role, on.sizes.pen)}{dash}/>')
    return f'<g clip-path="url(#{on.id}-clip)">{"".join(out)}</g>'


def _people(on: Sheet, f: _Frame) -> str:
    size, out, last = on.sizes.small, [], -1e9
    for tick in log_ticks(f.x.low, f.x.high, 5 if on.sizes.is_narrow else 9):
        if f.x.low <= tick <= f.x.high:
            label, x = number(tick, 0, on.language), f.x.at(tick)
            half = width(label, size) / 2
            at = min(max(x, half), on.width - half)
            if at - half > last + on.sizes.step:
                foot = (x, f.bottom + on.sizes.step / 2)
                out.append(on.pen.line((x, f.bottom), foot, "soft", on.sizes.hair))
                out.append(on.pen.text(at, f.bottom + size * 1.4, label, size, "soft", "middle"))
                last = at + half
    return "".join(out)


def _target(on: Sheet, f: _Frame, limits: Sequence[FunnelLimit]) -> str:
    """The common level, named at the end of its line."""
    size, target = on.sizes.small, f.target
    y = f.y.at(limits[-1][TARGET]) - leading(size) * (len(target) - 1) / 2
    y = min(max(middle(y, size), f.top + size), f.bottom - leading(size) * (len(target) - 1))
    return on.pen.lines(f.right + on.sizes.step * 0.75, y, target, size)


def _dots(on: Sheet, points: Sequence[FunnelPoint], at: Sequence[Point]) -> str:
    homes = "".join([_home(on, *spot) for p, spot in zip(points, at, strict=True) if p.is_home])
    others = [spot for p, spot in zip(points, at, strict=True) if not p.is_home]
    if len(points) <= FEW:
        return "".join([marks.estimate(on, x, y) for x, y in others]) + homes
    # Points without length and with round ends: one path is a third of what as many circles weigh.
    trace = ("M%.1f %.1fh0" * len(others)) % tuple(chain.from_iterable(others))
    look = on.pen.stroke("grey", on.sizes.dot)
    return f'<path d="{trace}" fill="none" {look} stroke-linecap="round"/>{homes}'


def _home(on: Sheet, x: float, y: float) -> str:
    look = on.pen.both("accent", "paper", on.sizes.pen * 1.5)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(on.sizes.dot * 1.4)}" {look}/>'


def _words(
    on: Sheet, f: _Frame, places: _Places, at: Sequence[Point], lines: Sequence[Sequence[Point]]
) -> str:
    """The places and the two upper limits, each named where it stands."""
    s, few = on.sizes, len(places.points) <= FEW
    decimals = decimals_for([max(places.rates)])
    r = s.dot * (1.1 if few else 0.55)
    far = (1.0, 1.6) if few else (1.0, 2.5, 5.0, 9.0)
    wants = []
    named = [i for i, p in enumerate(places.points) if p.is_home]
    named += [i for i, p in enumerate(places.points) if not p.is_home] if few else []
    for i in named:
        p, (x, y) = places.points[i], at[i]
        rate = number(p.rate, decimals if p.rate else 0, on.language)
        words = shorten(f"{p.label} {rate}", (f.right - f.left) * 0.6, s.label, p.is_home)
        wants.append(Want(words, x, y, s.label, s.dot * 1.8, p.is_home, True, "ENWSensw", far))
    for line, per in ((lines[4], "99.8"), (lines[3], "95")):
        wants.append(_limit_name(on, f, line, per))
    bounds = Box(f.left + 2, f.top + 2, f.right, f.bottom - 2)
    curves = [box for line in lines for box in _along(line, f.top)]
    left, top, right, bottom = reach(wants)
    left, top, right, bottom = left - r, top - r, right + r, bottom + r
    dots = [(x - r, y - r, x + r, y + r) for x, y in at if left < x < right and top < y < bottom]
    return "".join(_draw(on, p) for p in place(wants, (), [*dots, *curves], bounds))


def _limit_name(on: Sheet, f: _Frame, line: Sequence[Point], per: str) -> Want:
    """A limit is named where it comes into the chart from above, on its outer side."""
    inside = [p for p in line if p[1] >= f.top + on.sizes.small * 1.7]
    x, y = (inside or [(f.left, f.top)])[0]
    word = f"{per.replace('.', ',')} %" if on.language == "sv" else f"{per}%"
    if not on.sizes.is_narrow:
        word += "-gräns" if on.language == "sv" else " limit"
    return Want(word, x, y, on.sizes.small, on.sizes.step * 0.75, ways="eE", far=(1.0, 1.6, 2.4, 3.5))


def _along(line: Sequence[Point], top: float) -> list[Rect]:
    """A limit as boxes for the labels to keep clear of; level pieces in long boxes, steep ones in short."""
    found = list[Rect]()
    (from_x, from_y), last = line[0], len(line) - 1
    for i, (x, y) in enumerate(line):
        if i and (not -_PIECE <= y - from_y <= _PIECE or i == last):
            high, low = (from_y, y) if from_y < y else (y, from_y)
            if low > top:
                found.append((from_x, high if high > top else top, x, low))
            from_x, from_y = x, y
    return found


def _draw(on: Sheet, placed: Placed) -> str:
    want, box, line = placed.want, placed.box, ""
    role = "ink" if want.must else "soft"
    if placed.is_far and want.must:
        end = (min(max(want.x, box.x1), box.x2), box.y2 if box.y2 < want.y else box.y1)
        line = on.pen.line((want.x, want.y), end, "ink", on.sizes.hair)
    return line + on.pen.text(placed.x, placed.baseline, want.text, want.size, role, "", want.bold, True)


def _key(on: Sheet, points: Sequence[FunnelPoint]) -> list[key.Entry]:
    home = next((p.label for p in points if p.is_home), "")
    entries: list[key.Entry] = []
    if home:
        entries.append(((lambda x, y: _home(on, x, y)), on.sizes.dot * 2.8, home))
    if len(points) <= FEW:
        return [*entries, key.estimate(on)]
    r = n(on.sizes.dot * 0.5)
    look = on.pen.fill("grey")
    entries.append(
        ((lambda x, y: f'<circle cx="{n(x)}" cy="{n(y)}" r="{r}" {look}/>'), on.sizes.dot, on.words.others)
    )
    return entries
