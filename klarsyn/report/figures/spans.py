"""Survey shares: intervals where the number asked is known, published spans as spans, points as points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, rows
from klarsyn.report.figures.model import BadFigure, Chart, Look, SpanRow
from klarsyn.report.figures.numbers import check, interval, number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import ABOUT


def span_plot(rows_: Sequence[SpanRow], unit: str = "", **look: Unpack[Look]) -> Chart:
    """Shares in per cent, one a row, in the given order, on a scale from zero.

    kind "interval": percent with lower and upper; "span": lower and upper as published (lower None: "under
    upper"); "point": percent alone, whose uncertainty nobody has stated.
    Raises BadFigure without rows, for NaN and outside 0 to 100.
    """
    if not rows_:
        raise BadFigure("a span plot needs at least one row")
    for r in rows_:
        _check(r)
    on = sheet(**look)
    values = [v for r in rows_ for v in _numbers(r)]
    lines = [rows.Line(r.label, r.note, _value(on, r, _decimals(r))) for r in rows_]
    top = on.top + on.sizes.step / 2
    grid = rows.lay(on, lines, top)
    ticks = axis.ticks_for(on, 0, max(values) or 1.0, grid.right - grid.left, 6)
    scale = Linear(ticks[0], ticks[-1], grid.left, grid.right)
    body = [axis.below(on, scale, ticks, axis.tick_labels(on, ticks), grid.tracks, grid.bottom)]
    body += [_row(on, r, scale, y) for r, y in zip(rows_, grid.centres, strict=True)]
    left = 0.0 if on.sizes.is_narrow else grid.left
    under = grid.bottom + on.sizes.small * 1.5 + on.sizes.step / 2
    drawn, under = axis.unit(on, unit or _percent(on), left, under, on.width - left)
    body += [grid.drawn, drawn]
    drawn, under = key.flow(on, _key(on, rows_), left, under + on.sizes.step, on.width)
    return finish(on, [*body, drawn], under + 2)


def _numbers(r: SpanRow) -> list[float]:
    return [v for v in (r.percent, r.lower, r.upper) if v is not None]


def _decimals(r: SpanRow) -> int:
    """As published: whole per cents stay whole."""
    return next(
        (d for d in range(2) if all(abs(v - round(v, d)) < 1e-9 for v in _numbers(r))),
        2 if max(_numbers(r)) < 1 else 1,
    )


def _percent(on: Sheet) -> str:
    return "procent" if on.language == "sv" else "per cent"


def _check(r: SpanRow) -> None:
    needs = {"interval": (r.percent, r.lower, r.upper), "span": (r.upper,), "point": (r.percent,)}[r.kind]
    if any(v is None for v in needs):
        raise BadFigure(f"{r.label}: a row of kind {r.kind!r} lacks a number")
    for v in (r.percent, r.lower, r.upper):
        if v is not None and not 0 <= check(v, r.label) <= 100:
            raise BadFigure(f"{r.label}: {v} is not a share in per cent")
    if r.kind == "interval" and not (r.lower or 0) <= (r.percent or 0) <= (r.upper or 0):
        raise BadFigure(f"{r.label}: {r.percent} lies outside its own interval {r.lower} to {r.upper}")


def _value(on: Sheet, r: SpanRow, decimals: int) -> str:
    sign = " %" if on.language == "sv" else "%"
    about = ABOUT if r.is_approximate else ""
    if r.kind == "span" and r.lower is None:
        return f"{about}{on.words.under} {number(r.upper or 0, decimals, on.language)}{sign}"
    if r.kind == "span":
        return f"{about}{interval(r.lower or 0, r.upper or 0, decimals, on.language)}{sign}"
    written = f"{about}{number(r.percent or 0, decimals, on.language)}{sign}"
    if r.kind == "point":
        return written
    return f"{written} ({interval(r.lower or 0, r.upper or 0, decimals, on.language)})"


def _row(on: Sheet, r: SpanRow, scale: Linear, y: float) -> str:
    if r.kind == "point":
        return marks.diamond(on, scale.at(r.percent or 0), y)
    low, high = scale.at(r.lower or 0), scale.at(r.upper or 0)
    if r.kind == "span":
        return marks.span(on, low, high, y, r.lower is None)
    thick, dot, rim = marks.fitted(high - low, on.sizes.band, on.sizes.dot)
    dots = marks.estimate(on, scale.at(r.percent or 0), y, dot, rim)
    return marks.interval(on, low, high, y, "band", thick) + dots


def _key(on: Sheet, rows_: Sequence[SpanRow]) -> list[key.Entry]:
    kinds = {r.kind for r in rows_}
    entries = [key.estimate(on), key.interval(on)] if "interval" in kinds else []
    if "span" in kinds:
        half = on.sizes.band * 1.5
        entries.append(((lambda x, y: marks.span(on, x - half, x + half, y)), half * 2, on.words.span))
    return entries + ([key.diamond(on)] if "point" in kinds else [])
