"""Compared places: each estimate on its interval, a comparison value as a thin dashed line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, rows
from klarsyn.report.figures.model import BadFigure, Chart, IntervalRow, Look, Reference, check_absence
from klarsyn.report.figures.numbers import check, decimals_for, interval, number
from klarsyn.report.figures.scale import Linear, Log, Scale, ratio_ticks
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import leading
from klarsyn.report.figures.text import shorten, width


def interval_plot(
    rows_: Sequence[IntervalRow],
    reference: Reference | None,
    unit: str,
    *,
    log: bool = False,
    decimals: int | None = None,
    **look: Unpack[Look],
) -> Chart:
    """Places in the given order, one a row. `log=True` for ratios: doublings on the axis, reference 1.

    `unit` in words ("lagförda per 100 000 invånare"). An infinite `upper` and, with `log`, a `lower` of 0 are
    drawn as arrows. A row with `value` None shows the mark and word of its `status`.
    Raises BadFigure without rows, for NaN, and where value, lower and upper are out of order.
    """
    _check(rows_, reference, log)
    on = sheet(**look)
    places = _decimals(rows_, log) if decimals is None else decimals
    lines = [rows.Line(r.label, r.note, _value(on, r, places), r.is_home) for r in rows_]
    lane = leading(on.sizes.small) + on.sizes.step if reference else on.sizes.step / 2
    grid = rows.lay(on, lines, on.top + lane)
    scale, ticks = _scale(on, rows_, reference, log, grid)
    labels = axis.tick_labels(on, ticks) if not log else [_ratio(on, t) for t in ticks]
    body = [axis.below(on, scale, ticks, labels, grid.tracks, grid.bottom)]
    if reference:
        body.append(_reference(on, reference, scale, on.top, grid))
    body += [_row(on, r, scale, y, grid, log) for r, y in zip(rows_, grid.centres, strict=True)]
    body.append(grid.drawn)
    under = grid.bottom + on.sizes.small * 1.5 + on.sizes.step * 0.5
    left = 0.0 if on.sizes.is_narrow else grid.left
    drawn, under = axis.unit(on, unit, left, under, on.width - left)
    body.append(drawn)
    drawn, under = key.flow(on, _key(on, rows_), left, under + on.sizes.step, on.width)
    body.append(drawn)
    return finish(on, body, under + 2, [marks.hatch(on)] if _statuses(rows_) else [])


def _check(rows_: Sequence[IntervalRow], reference: Reference | None, log: bool) -> None:
    if not rows_:
        raise BadFigure("an interval plot needs at least one row")
    if reference:
        check(reference.value, reference.label)
    for r in rows_:
        if r.value is None:
            check_absence(r.status, r.label)
            continue
        for v in (r.value, r.lower, r.ring):
            check(0.0 if v is None else v, r.label)
        upper = check(r.value if r.upper is None else r.upper, r.label, may_be_infinite=True)
        lower = r.value if r.lower is None else r.lower
        if not lower <= r.value <= upper:
            raise BadFigure(f"{r.label}: {r.value} lies outside its own interval {lower} to {upper}")
        if log and (lower < 0 or r.value < 0):
            raise BadFigure(f"{r.label}: a ratio cannot be negative")


def _statuses(rows_: Sequence[IntervalRow]) -> list[str]:
    return [r.status for r in rows_ if r.value is None]


def _decimals(rows_: Sequence[IntervalRow], log: bool) -> int:
    values = [v for r in rows_ for v in (r.value, r.lower) if v] or [r.upper for r in rows_ if r.upper]
    return max(2, decimals_for(values)) if max(values, default=0) < 100 else decimals_for(values)


def _value(on: Sheet, r: IntervalRow, decimals: int) -> str:
    if r.value is None:
        return on.words.status(r.status)
    written = number(r.value, decimals if r.value else 0, on.language)
    if r.lower is None or r.upper is None:
        return written
    return f"{written} ({interval(r.lower, r.upper, decimals, on.language)})"


def _scale(
    on: Sheet, rows_: Sequence[IntervalRow], reference: Reference | None, log: bool, grid: rows.Grid
) -> tuple[Scale, tuple[float, ...]]:
    values = [
        v for r in rows_ if r.value is not None for v in (r.value, r.lower, r.upper, r.ring) if v is not None
    ]
    values = [v for v in values if math.isfinite(v)] + ([reference.value] if reference else [])
    if log:
        positive = [v for v in values if v > 0] or [1.0]
        ticks = ratio_ticks(min(positive), max(positive))
        return Log(ticks[0], ticks[-1], grid.left, grid.right), ticks
    low, high = min(0.0, *values, 0.0), max(0.0, *values, 0.0)
    ticks = axis.ticks_for(on, low, high or 1.0, grid.right - grid.left)
    return Linear(ticks[0], ticks[-1], grid.left, grid.right), ticks


def _ratio(on: Sheet, tick: float) -> str:
    return number(tick, max(0, -math.floor(math.log2(tick))) if tick < 1 else 0, on.language)


def _reference(on: Sheet, reference: Reference, scale: Scale, top: float, grid: rows.Grid) -> str:
    x, size = scale.at(reference.value), on.sizes.small
    label = shorten(reference.label, on.width - 2, size)
    wide = width(label, size)
    start = min(max(x - wide / 2, 0), on.width - wide - 1)
    dashes = f"{on.sizes.step * 0.6:g} {on.sizes.step * 0.5:g}"
    line = on.pen.line((x, top + leading(size) + 2), (x, grid.bottom), "ink", on.sizes.pen, dashes)
    return line + on.pen.text(start, top + size, label, size)


def _row(on: Sheet, r: IntervalRow, scale: Scale, y: float, grid: rows.Grid, log: bool) -> str:
    if r.value is None:
        return _absent(on, r.status, y, grid)
    role, out = "accent-band" if r.is_home else "band", []
    weight = 1.25 if r.is_home else 1.0
    thick, dot, rim = on.sizes.band * weight, on.sizes.dot * weight, True
    if r.lower is not None and r.upper is not None:
        open_left, open_right = log and r.lower <= 0, math.isinf(r.upper)
        a = grid.left if open_left else scale.at(r.lower)
        b = grid.right if open_right else scale.at(r.upper)
        thick, dot, rim = marks.fitted(b - a, thick, dot)
        inner = on.sizes.band * 0.7
        out.append(marks.interval(on, a + inner * open_left, b - inner * open_right, y, role, thick))
        out += [marks.arrow(on, b, y, 1, role)] * open_right + [marks.arrow(on, a, y, -1, role)] * open_left
    if r.ring is not None and (r.ring > 0 or not log):
        out.append(marks.ring(on, scale.at(r.ring), y))
    if r.value > 0 or not log:
        out.append(marks.estimate(on, scale.at(r.value), y, dot, rim))
    return "".join(out)


def _absent(on: Sheet, status: str, y: float, grid: rows.Grid) -> str:
    if status == "withheld":
        high = on.sizes.band * 1.1
        return marks.withheld(on, grid.left, y - high / 2, on.sizes.band * 3, high)
    x = grid.left + on.sizes.dot
    return marks.cross(on, x, y) if status == "unavailable" else marks.dash(on, x, y)


def _key(on: Sheet, rows_: Sequence[IntervalRow]) -> list[key.Entry]:
    drawn = [r for r in rows_ if r.value is not None]
    entries = [key.estimate(on)] if drawn else []
    if any(r.lower is not None for r in drawn):
        entries.append(key.interval(on))
    if any(r.ring is not None for r in drawn):
        entries.append(key.ring(on))
    return entries + key.for_statuses(on, _statuses(rows_))
