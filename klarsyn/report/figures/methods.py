"""Methods side by side: each answer on its interval, with how the calculation went as a mark and a word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Unpack

from klarsyn.report.figures import axis, key, marks, rows
from klarsyn.report.figures.model import BadFigure, Chart, Look, MethodRow, Reference
from klarsyn.report.figures.numbers import check, interval, number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import leading
from klarsyn.report.figures.text import shorten, width

STATES: Final = ("interior", "boundary", "unbounded", "not_converged", "refused", "withheld_by_rule")


def method_panel(rows_: Sequence[MethodRow], met: Reference, unit: str, **look: Unpack[Look]) -> Chart:
    """Methods in the given order, one a row, on a scale from zero; `met`: how many were met, a dashed line.

    A filled dot carries the answer, a ring stands beside; a diamond lies on the boundary. Without a number
    the row has a mark and the word of its state. Raises BadFigure without rows, for an unknown state, and
    where value, lower and upper are out of order.
    """
    _check(rows_)
    on = sheet(**look)
    lines = [rows.Line(r.label, r.word, _value(on, r), r.carries) for r in rows_]
    grid = rows.lay(on, lines, on.top + leading(on.sizes.small) + on.sizes.step)
    highest = max([check(met.value, met.label), *(v for r in rows_ for v in (r.value, r.upper) if v)])
    ticks = axis.ticks_for(on, 0.0, highest or 1.0, grid.right - grid.left)
    scale = Linear(ticks[0], ticks[-1], grid.left, grid.right)
    body = [axis.below(on, scale, ticks, axis.tick_labels(on, ticks), grid.tracks, grid.bottom)]
    body.append(_met(on, met, scale, grid))
    body += [_row(on, r, scale, y, grid) for r, y in zip(rows_, grid.centres, strict=True)]
    body.append(grid.drawn)
    left = 0.0 if on.sizes.is_narrow else grid.left
    under = grid.bottom + on.sizes.small * 1.5 + on.sizes.step * 0.5
    drawn, under = axis.unit(on, unit, left, under, on.width - left)
    words, bottom = key.flow(on, _key(on, rows_), 0.0, under + on.sizes.step, on.width)
    is_hatched = any(r.state == "withheld_by_rule" for r in rows_)
    return finish(on, [*body, drawn, words], bottom + 2, [marks.hatch(on)] if is_hatched else [])


def _check(rows_: Sequence[MethodRow]) -> None:
    if not rows_:
        raise BadFigure("a panel of methods needs at least one row")
    for r in rows_:
        if r.state not in STATES:
            raise BadFigure(f"{r.label}: the state {r.state!r} is none of {', '.join(STATES)}")
        if r.value is None:
            continue
        if r.state not in ("interior", "boundary"):
            raise BadFigure(f"{r.label}: a method whose state is {r.state!r} has no number to show")
        lower = r.value if r.lower is None else r.lower
        upper = r.value if r.upper is None else r.upper
        if not all(math.isfinite(v) for v in (lower, r.value, upper)) or not lower <= r.value <= upper:
            raise BadFigure(f"{r.label}: {r.value} lies outside its own interval {lower} to {upper}")


def _value(on: Sheet, r: MethodRow) -> str:
    if r.value is None:
        return on.words.no_number
    written = number(r.value, 0, on.language)
    if r.lower is None or r.upper is None:
        return written
    return f"{written} ({interval(r.lower, r.upper, 0, on.language)})"


def _met(on: Sheet, met: Reference, scale: Linear, grid: rows.Grid) -> str:
    x, size = scale.at(met.value), on.sizes.small
    label = shorten(met.label, on.width - 2, size)
    wide = width(label, size)
    start = min(max(x - wide / 2, 0), on.width - wide - 1)
    dashes = f"{on.sizes.step * 0.6:g} {on.sizes.step * 0.5:g}"
    top = on.top + leading(size) + 2
    tracks = grid.tracks if on.sizes.is_narrow else ((top, grid.bottom),)  # there words stand between
    line = "".join(on.pen.line((x, a), (x, b), "ink", on.sizes.pen, dashes) for a, b in tracks)
    return line + on.pen.text(start, on.top + size, label, size)


def _row(on: Sheet, r: MethodRow, scale: Linear, y: float, grid: rows.Grid) -> str:
    if r.value is None:
        return _absent(on, r, y, grid)
    if r.lower is None or r.upper is None:
        return _mark(on, r, scale.at(r.value), y, on.sizes.dot, True)
    a, b = scale.at(r.lower), scale.at(r.upper)
    thick, dot, rim = marks.fitted(b - a, on.sizes.band, on.sizes.dot)
    bar = marks.interval(on, a, b, y, "accent-band" if r.carries else "band", thick)
    return bar + _mark(on, r, scale.at(r.value), y, dot, rim)


def _mark(on: Sheet, r: MethodRow, x: float, y: float, radius: float, rim: bool) -> str:
    if r.state == "boundary":
        return marks.diamond(on, x, y, radius)
    return marks.estimate(on, x, y, radius, rim) if r.carries else marks.ring(on, x, y, radius)


def _absent(on: Sheet, r: MethodRow, y: float, grid: rows.Grid) -> str:
    if r.state == "withheld_by_rule":
        high = on.sizes.band * 1.1
        return marks.withheld(on, grid.left, y - high / 2, on.sizes.band * 3, high)
    if r.state == "unbounded":
        long = on.sizes.band * 4
        bar = marks.interval(on, grid.left, grid.left + long, y, "band", on.sizes.band * 0.5)
        return bar + marks.arrow(on, grid.left + long + on.sizes.band, y, 1)
    return marks.cross(on, grid.left + on.sizes.dot, y)


def _key(on: Sheet, rows_: Sequence[MethodRow]) -> list[key.Entry]:
    dot, words = on.sizes.dot, on.words
    shown = [r for r in rows_ if r.value is not None]
    entries: list[key.Entry] = []
    if any(r.carries for r in shown):
        entries.append(((lambda x, y: marks.estimate(on, x, y)), dot * 2, words.answers))
    if any(not r.carries and r.state == "interior" for r in shown):
        entries.append(((lambda x, y: marks.ring(on, x, y)), dot * 3, words.beside))
    if any(r.state == "boundary" for r in shown):
        entries.append(((lambda x, y: marks.diamond(on, x, y)), dot * 3, words.edge))
    if any(r.lower is not None for r in shown):
        entries.append(key.interval(on))
    if any(r.state == "withheld_by_rule" for r in rows_):
        draw, wide, _ = key.withheld(on)
        entries.append((draw, wide, words.withheld_by_rule))
    if any(r.value is None and r.state in ("not_converged", "refused") for r in rows_):
        entries.append(((lambda x, y: marks.cross(on, x, y)), dot * 2, words.no_number))
    return entries
