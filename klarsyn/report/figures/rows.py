"""Rows of names, pictures and figures: beside each other on a page, above each other on a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from klarsyn.report.figures.sheet import SLIDE_HEIGHT, Sheet
from klarsyn.report.figures.svg import leading
from klarsyn.report.figures.text import shorten, width, wrap

UNDER: Final = 5  # lines below the rows of a slide: ticks, unit and key
MANY: Final = 40  # from here on rows are set tight and without notes


@dataclass(frozen=True, slots=True)
class Line:
    """The words of one row."""

    label: str
    note: str
    value: str
    is_home: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """Where the rows went: the plot runs from `left` to `right`, row i has its marks on `centres[i]`."""

    left: float
    right: float
    centres: tuple[float, ...]
    bottom: float
    drawn: str
    tracks: tuple[tuple[float, float], ...]  # top and bottom of what grid lines may cross


def lay(on: Sheet, lines: Sequence[Line], top: float) -> Grid:
    """Names, notes and values drawn, and room left for the marks."""
    return _stacked(on, lines, top) if on.sizes.is_narrow else _beside(on, lines, top)


def _beside(on: Sheet, lines: Sequence[Line], top: float) -> Grid:
    s, tight = on.sizes, len(lines) >= MANY
    size = s.small if tight else s.label
    names = max(width(i.label, size, i.is_home) for i in lines)
    notes = 0.0 if tight else max(width(i.note, s.small) for i in lines)
    column = min(max(names, notes) + 1, on.width * 0.38)
    values = min(max(width(i.value, size, i.is_home) for i in lines) + 1, on.width * 0.34)
    left, right = column + s.step * 3, on.width - values - (s.step * 3 if values > 1 else s.dot * 2)
    y, centres, out = top, [], []
    gap = s.step * 0.4 if tight else _gap(on, lines, top)
    for line in lines:
        label = wrap(line.label, column, size, line.is_home, 1 if tight else 2)
        note = () if tight else wrap(line.note, column, s.small, False, 2)
        high = leading(size) * len(label) + leading(s.small) * len(note)
        row = max(high, s.band * (1.2 if tight else 2)) + gap
        centre = y + row / 2
        first = centre - high / 2 + size * 0.92
        out.append(on.pen.lines(0, first, label, size, "ink", "", line.is_home))
        out.append(
            on.pen.lines(
                0, first + leading(size) * (len(label) - 1) + leading(s.small), note, s.small, "soft"
            )
        )
        shown = shorten(line.value, values, size, line.is_home)
        out.append(on.pen.text(on.width - 1, centre + size * 0.33, shown, size, "ink", "end", line.is_home))
        centres.append(centre)
        y += row
    return Grid(left, right, tuple(centres), y, "".join(out), ((top, y),))


def _gap(on: Sheet, lines: Sequence[Line], top: float) -> float:
    """The air between two rows: on a slide as much as leaves room for all of them, the axis and the key."""
    s = on.sizes
    if s.name != "slide":
        return s.step * 2
    room = SLIDE_HEIGHT - top - UNDER * s.small - len(lines) * max(leading(s.label), s.band * 2)
    return min(s.step * 2, max(s.step * 0.1, room / len(lines)))


def _stacked(on: Sheet, lines: Sequence[Line], top: float) -> Grid:
    s = on.sizes
    y, centres, out = top, [], []
    for line in lines:
        value = shorten(line.value, on.width * 0.62, s.label, line.is_home)
        taken = width(value, s.label, line.is_home)
        label = wrap(line.label, on.width - taken - s.step * 1.5, s.label, line.is_home, 2) or ("",)
        note = wrap(line.note, on.width - 2, s.small, False, 3)
        y += leading(s.label)
        out.append(on.pen.lines(0, y, label, s.label, "ink", "", line.is_home, True))
        out.append(on.pen.text(on.width - 1, y, value, s.label, "ink", "end", line.is_home, True))
        y += leading(s.label) * (len(label) - 1) + leading(s.small)
        out.append(on.pen.lines(0, y, note, s.small, "soft", "", False, True))
        y += leading(s.small) * (len(note) - 1) + s.step + s.band * 0.6
        centres.append(y)
        y += s.band * 0.5 + s.step * 1.25
    tracks = tuple((c - s.band * 0.85, c + s.band * 0.85) for c in centres)
    return Grid(s.dot + 1, on.width - s.dot - 1, tuple(centres), y, "".join(out), tracks)
