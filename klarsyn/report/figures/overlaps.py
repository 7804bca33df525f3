"""Who stands on which lists: a row for each combination, dots for its lists, a bar for its people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

from klarsyn.report.figures import key
from klarsyn.report.figures.model import BadFigure, Chart, Look, OverlapRow
from klarsyn.report.figures.numbers import number
from klarsyn.report.figures.sheet import Sheet, finish, sheet
from klarsyn.report.figures.svg import leading, middle, n
from klarsyn.report.figures.text import width, wrap


def overlap_rows(lists: Sequence[str], rows_: Sequence[OverlapRow], unit: str, **look: Unpack[Look]) -> Chart:
    """Combinations in the given order; the lists are numbered, and named under the picture.

    Rows instead of columns, so that a phone has room for as many as there are. Raises BadFigure without rows,
    for a list that has no name, and for a count below 0.
    """
    _check(lists, rows_)
    on = sheet(**look)
    s = on.sizes
    apart, high = s.dot * 3.6, s.dot * 3.2
    left = s.dot * 2
    bars = left + apart * (len(lists) - 1) + s.step * 3
    room = on.width - bars - width(number(max(r.count for r in rows_), 0, on.language), s.label) - s.step * 2
    top = on.top + leading(s.label)
    body = [
        on.pen.text(left + apart * at, on.top + s.label * 0.9, str(at + 1), s.label, "soft", "middle", True)
        for at in range(len(lists))
    ]
    most = max((r.count for r in rows_), default=0) or 1
    for at, row in enumerate(rows_):
        y = top + high * (at + 0.5)
        body.append(_dots(on, row, len(lists), left, apart, y))
        long = room * row.count / most
        body.append(_bar(on, bars, y, long))
        words = number(row.count, 0, on.language)
        body.append(on.pen.text(bars + long + s.step, middle(y, s.label), words, s.label))
    drawn, bottom = _names(on, lists, unit, top + high * len(rows_) + s.step)
    entry: key.Entry = ((lambda x, y: on.pen.circle(x, y, s.dot, "ink")), s.dot * 2, on.words.on_list)
    under, bottom = key.flow(on, [entry], 0.0, bottom + s.step / 2, on.width)
    return finish(on, [*body, drawn, under], bottom + 2)


def _check(lists: Sequence[str], rows_: Sequence[OverlapRow]) -> None:
    if not rows_:
        raise BadFigure("an overlap picture needs at least one row")
    for row in rows_:
        if not row.on or not all(0 <= at < len(lists) for at in row.on):
            raise BadFigure(f"row {row.on}: the lists have the places 0 to {len(lists) - 1}")
        if row.count < 0:
            raise BadFigure(f"row {row.on}: {row.count} is not a number of people")


def _dots(on: Sheet, row: OverlapRow, lists: int, left: float, apart: float, y: float) -> str:
    """Filled where the row is on the list, faint where not, joined from first to last."""
    places = [left + apart * at for at in range(lists)]
    first, last = places[min(row.on)], places[max(row.on)]
    joint = on.pen.line((first, y), (last, y), "ink", on.sizes.pen * 1.5) if last > first else ""
    faint, full = on.sizes.dot * 0.55, on.sizes.dot
    dots = [
        on.pen.circle(x, y, full, "ink") if at in row.on else on.pen.circle(x, y, faint, "rule")
        for at, x in enumerate(places)
    ]
    return joint + "".join(dots)


def _bar(on: Sheet, x: float, y: float, long: float) -> str:
    """A bar from zero; at least a hair, so that one person is seen."""
    tall = on.sizes.dot * 2
    shown = max(long, on.sizes.hair * 2)
    at = f'x="{n(x)}" y="{n(y - tall / 2)}" width="{n(shown)}" height="{n(tall)}"'
    return f"<rect {at} {on.pen.fill('band')}/>"


def _names(on: Sheet, lists: Sequence[str], unit: str, top: float) -> tuple[str, float]:
    size, out, y = on.sizes.small, [], top
    for words in (*(f"{at}  {name}" for at, name in enumerate(lists, 1)), unit):
        lines = wrap(words, on.width - 2, size, False, 2)
        out.append(on.pen.lines(0, y + size, lines, size, "soft"))
        y += leading(size) * len(lines)
    return "".join(out), y + on.sizes.step / 2
