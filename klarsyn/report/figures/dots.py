"""Counts without a denominator: groups as rows, periods as columns, each count a dot on a stem from zero."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import axis, key, marks
from klarsyn.report.figures.model import BadFigure, Chart, DotRow, DotValue, Look, check_absence
from klarsyn.report.figures.numbers import check, number
from klarsyn.report.figures.sheet import Sheet, finish, fit, sheet
from klarsyn.report.figures.svg import ABOUT, leading
from klarsyn.report.figures.text import shorten, width, wrap


def dot_rows(rows: Sequence[DotRow], unit: str = "", **look: Unpack[Look]) -> Chart:
    """Groups in the given order; one scale for all rows, so that heights can be compared across them.

    Years stand at their distance in time when the periods are years; a year without any figure is left empty.
    A value None shows the mark of its `status`. Raises BadFigure without values, for NaN and below zero.
    """
    values = [v for r in rows for v in r.values]
    if not values:
        raise BadFigure("dot rows need at least one row with a value")
    for v in values:
        if v.value is None:
            check_absence(v.status, v.period)
        if check(v.value or 0.0, v.period) < 0:
            raise BadFigure(f"{v.period}: a count cannot be negative")
    highest = max(v.value or 0.0 for v in values) or 1.0
    plots = sum(max((v.value or 0.0 for v in r.values), default=0.0) for r in rows) / highest * 0.5
    return fit(
        sheet(**look), plots or 1.0, lambda on: _dot_rows(on, rows, values, unit), lambda _, chart: chart
    )


def _dot_rows(on: Sheet, rows: Sequence[DotRow], values: Sequence[DotValue], unit: str) -> Chart:
    s = on.sizes
    drawn, y = axis.unit(on, unit, 0, on.top, on.width) if unit else ("", on.top)
    y += s.step / 2
    names = 0.0 if s.is_narrow else min(max(width(r.label, s.label, True) for r in rows), on.width * 0.3)
    columns = _columns(rows, names + (0 if s.is_narrow else s.step * 2), float(on.width))
    per = s.plot * 0.5 / (max(v.value or 0 for v in values) or 1)
    out = [drawn]
    for r in rows:
        row, y = _row(on, r, columns, names, per, y)
        out.append(row)
    out.append(_periods(on, columns, y))
    statuses = [v.status for v in values if v.value is None]
    entries = [key.approximate(on)] if any(v.is_approximate for v in values) else []
    words, under = key.flow(
        on, entries + key.for_statuses(on, statuses), 0, y + s.small * 1.4 + s.step, on.width
    )
    return finish(on, [*out, words], under + 2, [marks.hatch(on)] if statuses else [])


def _columns(rows: Sequence[DotRow], left: float, right: float) -> dict[str, float]:
    """The middle of each period's column."""
    periods = sorted({v.period for r in rows for v in r.values})
    if all(p.isdecimal() and len(p) == 4 for p in periods) and int(periods[-1]) - int(periods[0]) <= 14:
        first, slots = int(periods[0]), int(periods[-1]) - int(periods[0]) + 1
        return {p: left + (int(p) - first + 0.5) * (right - left) / slots for p in periods}
    return {p: left + (i + 0.5) * (right - left) / len(periods) for i, p in enumerate(periods)}


def _row(
    on: Sheet, r: DotRow, columns: dict[str, float], names: float, per: float, y: float
) -> tuple[str, float]:
    s, out = on.sizes, []
    if s.is_narrow:
        out.append(on.pen.text(0, y + s.label, shorten(r.label, on.width, s.label, True), s.label, bold=True))
        y += leading(s.label)
    tallest = max((v.value or 0 for v in r.values), default=0) * per
    base = y + max(tallest, s.label * 0.6) + s.small * 1.3 + s.dot
    out.append(on.pen.line((min(columns.values()) - s.dot * 2, base), (on.width, base), "band", s.hair))
    if not s.is_narrow:
        label = wrap(r.label, names, s.label, True, 2)
        note = wrap(r.note, names, s.small, False, 2)
        first = base - leading(s.label) * (len(label) - 1) - leading(s.small) * len(note)
        out.append(on.pen.lines(0, first, label, s.label, bold=True))
        out.append(
            on.pen.lines(
                0, first + leading(s.label) * (len(label) - 1) + leading(s.small), note, s.small, "soft"
            )
        )
    out += [_dot(on, v, columns[v.period], base, per) for v in r.values]
    return "".join(out), base + s.step * 1.5


def _dot(on: Sheet, v: DotValue, x: float, base: float, per: float) -> str:
    s = on.sizes
    if v.value is None:
        if v.status == "withheld":
            wide, high = s.band * 1.1, s.band * 1.5
            return marks.withheld(on, x - wide / 2, base - high, wide, high)
        y = base - s.dot * 1.6
        return marks.cross(on, x, y) if v.status == "unavailable" else marks.dash(on, x, y)
    y = base - v.value * per
    written = (ABOUT if v.is_approximate else "") + number(v.value, 0, on.language)
    stem = on.pen.line((x, base), (x, y), "band", s.band * 0.45) if v.value else ""
    dot = (marks.approximate if v.is_approximate else marks.estimate)(on, x, y, s.dot * 0.85)
    return stem + dot + on.pen.text(x, y - s.dot * 1.5, written, s.small, "ink", "middle")


def _periods(on: Sheet, columns: dict[str, float], y: float) -> str:
    size, out, last = on.sizes.small, [], -1e9
    for period, x in columns.items():
        period = shorten(period, on.width / 2, size)
        half = width(period, size) / 2
        shown = min(max(x, half), on.width - half)
        if shown - half >= last:
            out.append(on.pen.text(shown, y + size * 0.9, period, size, "soft", "middle"))
            last = shown + half
    return "".join(out)
