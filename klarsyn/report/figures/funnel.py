"""A funnel: how far from the common level chance alone takes a place of that size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from klarsyn.report.figures import axis, key, marks
from klarsyn.report.figures.labels import Box, Placed, Want, place
from klarsyn.report.figures.model import BadFigure, Chart, FunnelLimit, FunnelPoint, Look
from klarsyn.report.figures.numbers import check, decimals_for, number
from klarsyn.report.figures.scale import Linear, Log, log_ticks
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import Point, n
from klarsyn.report.figures.text import shorten, width

FEW = 12  # up to here every place is named, beyond it only the home and those outside the outer limits


@dataclass(frozen=True, slots=True)
class _Frame:
    x: Log
    y: Linear
    left: float
    right: float
    top: float
    bottom: float


def funnel_plot(
    points: Sequence[FunnelPoint],
    limits: Sequence[FunnelLimit],
    unit: str,
    *,
    target_label: str = "",
    **look: Unpack[Look],
) -> Chart:
    """Rates against population (logarithmic), with the 95 and 99.8 per cent limits round the common level.

    `limits` are rows (population, low_998, low_95, target, high_95, high_998) in rising population.
    Raises BadFigure without points or limits, for NaN, and for a population that is not positive.
    """
    _check(points, limits)
    on = sheet(**look)
    drawn, top = axis.unit(on, unit, 0, on.top, on.width)
    ys, labels = _heights(on, points, limits)
    frame = _frame(on, points, limits, ys, labels, top)
    body = [drawn, axis.beside(on, frame.y, ys, labels, frame.left, frame.right)]
    body += [_bands(on, frame, limits), _people(on, frame)]
    names, boxes = _names(on, frame, limits, target_label)
    body += [_dots(on, frame, points), names, _labels(on, frame, points, boxes)]
    under = frame.bottom + on.sizes.small * 1.4 + on.sizes.step / 2
    words, under = axis.unit(on, on.words.population, frame.left, under, on.width - frame.left)
    body.append(words)
    clip = (
        f'<clipPath id="{on.id}-clip"><rect x="{n(frame.left)}" y="{n(frame.top)}" '
        f'width="{n(frame.right - frame.left)}" height="{n(frame.bottom - frame.top)}"/></clipPath>'
    )
    entries: list[key.Entry] = [key.estimate(on)]
    if len(points) > FEW:
        entries = [_home_entry(on, points), ((lambda x, y: _grey(on, x, y)), on.sizes.dot, on.words.others)]
    drawn, under = key.flow(on, entries, frame.left, under + on.sizes.step / 2, on.width)
    return finish(on, [*body, drawn], under + 2, [clip])


def _check(points: Sequence[FunnelPoint], limits: Sequence[FunnelLimit]) -> None:
    if not points or len(limits) < 2:
        raise BadFigure("a funnel needs at least one point and two rows of limits")
    for p in points:
        check(p.rate, p.label)
        if check(p.population, p.label) <= 0:
            raise BadFigure(f"{p.label}: a population must be positive")
    for row in limits:
        for value in row:
            check(value, f"limits at population {row[0]}")


def _heights(
    on: Sheet, points: Sequence[FunnelPoint], limits: Sequence[FunnelLimit]
) -> tuple[tuple[float, ...], list[str]]:
    least, most = min(p.population for p in points), max(p.population for p in points)
    near = [r[4] for r in limits if least <= r[0] <= most]
    high = max(max(p.rate for p in points) * 1.08, limits[0][3] * 1.6, *(near or [0.0]), 0.0)
    ticks = axis.ticks_for(on, 0.0, high or 1.0, on.sizes.plot * 2.2, 6)
    return ticks, axis.tick_labels(on, ticks)


def _frame(
    on: Sheet,
    points: Sequence[FunnelPoint],
    limits: Sequence[FunnelLimit],
    ys: Sequence[float],
    labels: Sequence[str],
    top: float,
) -> _Frame:
    s = on.sizes
    left = max(width(t, s.small) for t in labels) + s.step * 1.5
    right = on.width - width("99,8 %", s.small) - s.step * 1.5
    top += s.small * 0.6
    bottom = top + s.plot * 1.2
    low = min(limits[0][0], *(p.population for p in points), limits[0][0])
    high = max(limits[-1][0], *(p.population for p in points), limits[-1][0])
    return _Frame(Log(low, high, left, right), Linear(ys[0], ys[-1], bottom, top), left, right, top, bottom)


def _bands(on: Sheet, f: _Frame, limits: Sequence[FunnelLimit]) -> str:
    def trace(column: int) -> list[Point]:
        return [(f.x.at(r[0]), max(f.y.at(r[column]), f.top - on.sizes.plot)) for r in limits]

    outer = on.pen.shape([*trace(5), *reversed(trace(1))], "wash")
    inner = on.pen.shape([*trace(4), *reversed(trace(2))], "wash-2")
    lines = "".join(on.pen.path(trace(c), "band", on.sizes.pen) for c in (1, 5))
    lines += "".join(on.pen.path(trace(c), "soft", on.sizes.pen) for c in (2, 4))
    dashes = f"{on.sizes.step * 0.6:g} {on.sizes.step * 0.5:g}"
    target = on.pen.path(trace(3), "ink", on.sizes.pen, dashes)
    return f'<g clip-path="url(#{on.id}-clip)">{outer}{inner}{lines}{target}</g>'


def _people(on: Sheet, f: _Frame) -> str:
    size, out, last = on.sizes.small, [], -1e9
    for tick in log_ticks(f.x.low, f.x.high, 9 if not on.sizes.is_narrow else 5):
        if f.x.low <= tick <= f.x.high:
            label, x = number(tick, 0, on.language), f.x.at(tick)
            half = width(label, size) / 2
            x_text = min(max(x, half), on.width - half)
            if x_text - half > last + on.sizes.step:
                out.append(
                    on.pen.line((x, f.bottom), (x, f.bottom + on.sizes.step / 2), "soft", on.sizes.hair)
                )
                out.append(on.pen.text(x_text, f.bottom + size * 1.4, label, size, "soft", "middle"))
                last = x_text + half
    return "".join(out)


def _names(on: Sheet, f: _Frame, limits: Sequence[FunnelLimit], target_label: str) -> tuple[str, list[Box]]:
    """The limits and the common level, named where they end."""
    size, out, boxes, last = on.sizes.small, [], [], f.top - on.sizes.small * 2
    x = f.right + on.sizes.step / 2
    row = limits[-1]
    per = "95 %" if on.language == "sv" else "95%"
    far = "99,8 %" if on.language == "sv" else "99.8%"
    for value, word in ((row[5], far), (row[4], per), (row[2], per), (row[1], far)):
        y = f.y.at(value)
        if f.top <= y <= f.bottom and y - last >= size * 0.95:
            out.append(on.pen.text(x, y + size * 0.33, word, size, "soft"))
            last = y
    if target_label:
        label = shorten(target_label, (f.right - f.left) * 0.7, size)
        y = f.y.at(row[3]) - on.sizes.step * 0.5
        wide = width(label, size)
        out.append(on.pen.text(f.right - on.sizes.step / 2, y, label, size, "ink", "end", False, True))
        boxes.append(Box(f.right - wide - on.sizes.step, y - size, f.right, y + size * 0.3))
    return "".join(out), boxes


def _grey(on: Sheet, x: float, y: float) -> str:
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(on.sizes.dot * 0.5)}" {on.pen.fill("grey")}/>'


def _home(on: Sheet, x: float, y: float) -> str:
    look = on.pen.both("accent", "paper", on.sizes.pen * 1.5)
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(on.sizes.dot * 1.4)}" {look}/>'


def _home_entry(on: Sheet, points: Sequence[FunnelPoint]) -> key.Entry:
    home = next((p for p in points if p.is_home), None)
    return (lambda x, y: _home(on, x, y)), on.sizes.dot * 3, (home.label if home else on.words.value)


def _dots(on: Sheet, f: _Frame, points: Sequence[FunnelPoint]) -> str:
    few = len(points) <= FEW
    radius, out, homes = n(on.sizes.dot * 0.5), [], []
    look = on.pen.fill("grey")
    for p in points:
        x, y = f.x.at(p.population), f.y.at(p.rate)
        if p.is_home:
            homes.append(_home(on, x, y))
        elif few:
            out.append(marks.estimate(on, x, y))
        else:
            out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" {look}/>')
    return "".join(out + homes)


def _labels(on: Sheet, f: _Frame, points: Sequence[FunnelPoint], boxes: list[Box]) -> str:
    s, few = on.sizes, len(points) <= FEW
    decimals = decimals_for(p.rate for p in points)
    r = s.dot * (1.1 if few else 0.55)
    dots = [
        Box(x - r, y - r, x + r, y + r) for x, y in ((f.x.at(p.population), f.y.at(p.rate)) for p in points)
    ]
    named = [p for p in points if p.is_home] + ([p for p in points if not p.is_home] if few else [])
    wants = [
        Want(
            shorten(
                f"{p.label} {number(p.rate, decimals, on.language)}",
                (f.right - f.left) * 0.6,
                s.label,
                p.is_home,
            ),
            f.x.at(p.population),
            f.y.at(p.rate),
            s.label,
            s.dot * 1.7,
            p.is_home,
            p.is_home or few,
            "NEWSenws",
        )
        for p in named
    ]
    bounds = Box(f.left, f.top - s.label, f.right + s.step, f.bottom)
    return "".join(_draw(on, p) for p in place(wants, dots + boxes, bounds))


def _draw(on: Sheet, placed: Placed) -> str:
    want = placed.want
    return on.pen.text(placed.x, placed.baseline, want.text, want.size, "ink", "", want.bold, True)
