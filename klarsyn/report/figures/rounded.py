"""Protected counts in groups: each rounded value a dot in the box that the true count lies within."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import axis, key, marks, rows
from klarsyn.report.figures.model import BadFigure, Chart, Look, RoundedGroup, RoundedRow, check_absence
from klarsyn.report.figures.numbers import number
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet, finish, sheet


def rounded_rows(groups: Sequence[RoundedGroup], unit: str, **look: Unpack[Look]) -> Chart:
    """Groups in the given order, one scale from zero, so that boxes can be compared across them.

    Where two boxes overlap, the two true counts may be equal or the other way round. A row with `value`
    None shows the mark and word of its `status`. Raises BadFigure without rows, and for a value outside
    its limits.
    """
    every = [row for group in groups for row in group.rows]
    _check(every)
    on = sheet(**look)
    lines, places = _lines(on, groups)
    grid = rows.lay(on, lines, on.top + on.sizes.step / 2)
    ticks = axis.ticks_for(
        on, 0.0, float(max((r.upper for r in every), default=0) or 1), grid.right - grid.left
    )
    scale = Linear(ticks[0], ticks[-1], grid.left, grid.right)
    tracks = grid.tracks if len(grid.tracks) == 1 else [grid.tracks[at] for at in places]
    body = [axis.below(on, scale, ticks, axis.tick_labels(on, ticks), tracks, grid.bottom)]
    body += [_row(on, row, scale, grid.centres[at], grid) for at, row in zip(places, every, strict=True)]
    body.append(grid.drawn)
    under = grid.bottom + on.sizes.small * 1.5 + on.sizes.step * 0.5
    left = 0.0 if on.sizes.is_narrow else grid.left
    drawn, under = axis.unit(on, unit, left, under, on.width - left)
    words, bottom = key.flow(on, _key(on, every), 0, under + on.sizes.step, on.width)
    is_hatched = any(r.status == "withheld" for r in every)
    return finish(on, [*body, drawn, words], bottom + 2, [marks.hatch(on)] if is_hatched else [])


def _check(every: Sequence[RoundedRow]) -> None:
    if not every:
        raise BadFigure("protected counts need at least one row")
    for row in every:
        if row.value is None:
            check_absence(row.status, row.label)
        elif not 0 <= row.lower <= row.value <= row.upper:
            raise BadFigure(
                f"{row.label}: {row.value} lies outside its own limits {row.lower} to {row.upper}"
            )


def _lines(on: Sheet, groups: Sequence[RoundedGroup]) -> tuple[list[rows.Line], list[int]]:
    """The headings and rows as lines, and which of the lines are rows."""
    lines: list[rows.Line] = []
    places = []
    for group in groups:
        if group.label:
            lines.append(rows.Line(group.label, "", "", is_home=True))
        for row in group.rows:
            places.append(len(lines))
            lines.append(rows.Line(row.label, "", _value(on, row)))
    return lines, places


def _value(on: Sheet, row: RoundedRow) -> str:
    if row.value is None:
        return on.words.hidden if row.status == "withheld" else on.words.status(row.status)
    return number(row.value, 0, on.language)


def _row(on: Sheet, row: RoundedRow, scale: Linear, y: float, grid: rows.Grid) -> str:
    if row.value is None:
        if row.status == "withheld":
            high = on.sizes.band * 1.1
            return marks.withheld(on, grid.left, y - high / 2, on.sizes.band * 3, high)
        x = grid.left + on.sizes.dot
        return marks.cross(on, x, y) if row.status == "unavailable" else marks.dash(on, x, y)
    a, b = scale.at(row.lower), scale.at(row.upper)
    box = marks.reach(on, a, b, y) if b > a else ""
    _, dot, rim = marks.fitted(b - a, on.sizes.band, on.sizes.dot)
    return box + marks.estimate(on, scale.at(row.value), y, dot, rim)


def _key(on: Sheet, every: Sequence[RoundedRow]) -> list[key.Entry]:
    shown = [r for r in every if r.value is not None]
    entries = [key.rounded(on)] if shown else []
    entries += [key.within(on)] if any(r.upper > r.lower for r in shown) else []
    absent = [r.status for r in every if r.value is None]
    if "withheld" in absent:
        entries.append(key.hidden(on))
    return entries + key.for_statuses(on, [status for status in absent if status != "withheld"])
