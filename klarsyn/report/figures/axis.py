"""Axes: few ticks, quiet lines, the unit in words and never on its side."""

from __future__ import annotations

import math
from collections.abc import Sequence

from klarsyn.report.figures.model import TrendPoint
from klarsyn.report.figures.numbers import number
from klarsyn.report.figures.scale import Scale, fitting_ticks, tick_decimals
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import leading, middle, n
from klarsyn.report.figures.text import width, wrap

Tracks = Sequence[tuple[float, float]]


def ticks_for(on: Sheet, low: float, high: float, room: float, most: int = 7) -> tuple[float, ...]:
    """Round ticks whose labels have room beside each other."""
    size = on.sizes.small
    return fitting_ticks(low, high, room, lambda t, d: width(number(t, d, on.language), size), most)


def tick_labels(on: Sheet, ticks: Sequence[float]) -> list[str]:
    decimals = tick_decimals(tuple(ticks))
    return [number(t, decimals, on.language) for t in ticks]


def below(
    on: Sheet, scale: Scale, ticks: Sequence[float], labels: Sequence[str], tracks: Tracks, bottom: float
) -> str:
    """A level axis: grid lines through the tracks, tick labels under `bottom`, kept inside the sheet."""
    pen, size, out = on.pen, on.sizes.small, []
    for tick, label in zip(ticks, labels, strict=True):
        x = scale.at(tick)
        out += [pen.line((x, y1), (x, y2), "rule", on.sizes.hair) for y1, y2 in tracks]
        half = width(label, size) / 2
        shown = min(max(x, half), on.width - half)
        out.append(pen.text(shown, bottom + size * 1.3, label, size, "soft", "middle"))
    return "".join(out)


def beside(
    on: Sheet, scale: Scale, ticks: Sequence[float], labels: Sequence[str], left: float, right: float
) -> str:
    """A standing axis: grid lines from `left` to `right`, tick labels (if any) ending just before them."""
    pen, size = on.pen, on.sizes.small
    ys, start, end = scale.all(ticks), f"M{n(left)} ", f"H{n(right)}"
    grid = "".join([f"{start}{n(y)}{end}" for y, tick in zip(ys, ticks, strict=True) if tick])
    out = [f'<path d="{grid}" fill="none" {pen.stroke("rule", on.sizes.hair)}/>']
    if 0.0 in ticks:
        out.append(pen.line((left, scale.at(0.0)), (right, scale.at(0.0)), "soft", on.sizes.hair))
    for y, label in zip(ys, labels, strict=False):
        out.append(pen.text(left - on.sizes.step, middle(y, size), label, size, "soft", "end"))
    return "".join(out)


def unit(on: Sheet, words: str, x: float, top: float, room: float, most: int = 2) -> tuple[str, float]:
    """The unit in words from `x`; returns the drawing and the y below it."""
    size = on.sizes.small
    rows = wrap(words, room, size, False, most)
    drawn = on.pen.lines(x, top + size * 0.9, rows, size, "soft")
    return drawn, top + leading(size) * len(rows)


def reach(points: Sequence[TrendPoint]) -> tuple[float, float]:
    """What a standing axis must cover: from zero to the highest value or finite limit."""
    known = [p for p in points if p.value is not None]
    drawn = [p.value for p in known] + [p.lower for p in known] + [p.upper for p in known]
    finite = [v for v in drawn if v is not None and math.isfinite(v)]
    return min(finite, default=0.0), max(finite, default=0.0)


def heights(
    on: Sheet, reached: tuple[float, float], room: float, most: int = 6
) -> tuple[tuple[float, ...], list[str]]:
    """Ticks of the standing axis, to a little above what is reached, and their labels."""
    low, high = reached
    ticks = ticks_for(on, min(0.0, low), high * 1.04 or 1.0, room, most)
    return ticks, tick_labels(on, ticks)
