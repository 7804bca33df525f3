"""The key under a chart: each mark once, with its word, on as few lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from klarsyn.report.figures import marks
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import leading, middle
from klarsyn.report.figures.text import shorten, width

Draw = Callable[[float, float], str]  # draws the mark centred on (x, y)
Entry = tuple[Draw, float, str]  # mark, width of the mark, word


def flow(on: Sheet, entries: Sequence[Entry], left: float, top: float, right: float) -> tuple[str, float]:
    """The drawn entries and the y below them; wraps to the next line where the next entry would not fit."""
    size, gap = on.sizes.small, on.sizes.step
    x, y, out = left, top + size * 0.7, []
    for draw, wide, word in entries:
        word = shorten(word, right - left - wide - gap, size)
        long = wide + gap * 0.75 + width(word, size)
        if x > left and x + long > right:
            x, y = left, y + leading(size) * 1.1
        out.append(draw(x + wide / 2, y))
        out.append(on.pen.text(x + wide + gap * 0.75, middle(y, size), word, size, "soft"))
        x += long + gap * 2.5
    return "".join(out), (y + size * 0.7 if entries else top)


def estimate(on: Sheet) -> Entry:
    return (lambda x, y: marks.estimate(on, x, y)), on.sizes.dot * 2, on.words.value


def interval(on: Sheet) -> Entry:
    half = on.sizes.band * 1.5
    return (lambda x, y: marks.interval(on, x - half, x + half, y)), half * 2, on.words.interval


def upright(on: Sheet) -> Entry:
    half = on.sizes.band
    return (lambda x, y: marks.upright(on, x, y - half, y + half)), on.sizes.band, on.words.interval


def ring(on: Sheet) -> Entry:
    return (lambda x, y: marks.ring(on, x, y)), on.sizes.dot * 3, on.words.shrunken


def diamond(on: Sheet) -> Entry:
    return (lambda x, y: marks.diamond(on, x, y)), on.sizes.dot * 3, on.words.no_interval


def rounded(on: Sheet) -> Entry:
    return (lambda x, y: marks.estimate(on, x, y)), on.sizes.dot * 2, on.words.rounded


def within(on: Sheet) -> Entry:
    half = on.sizes.band * 1.5
    return (lambda x, y: marks.reach(on, x - half, x + half, y)), half * 2, on.words.within


def withheld(on: Sheet) -> Entry:
    w, h = on.sizes.band * 2, on.sizes.band * 1.2
    return (lambda x, y: marks.withheld(on, x - w / 2, y - h / 2, w, h)), w, on.words.withheld


def hidden(on: Sheet) -> Entry:
    draw, wide, _ = withheld(on)
    return draw, wide, on.words.recognised


def unavailable(on: Sheet) -> Entry:
    return (lambda x, y: marks.cross(on, x, y)), on.sizes.dot * 2, on.words.unavailable


def not_applicable(on: Sheet) -> Entry:
    return (lambda x, y: marks.dash(on, x, y)), on.sizes.dot * 2, on.words.not_applicable


def for_statuses(on: Sheet, statuses: Sequence[str]) -> list[Entry]:
    """The entries that these statuses need, each once, in a fixed order."""
    made = {"withheld": withheld, "unavailable": unavailable, "not_applicable": not_applicable}
    return [entry(on) for status, entry in made.items() if status in statuses]


def approximate(on: Sheet) -> Entry:
    return (lambda x, y: marks.approximate(on, x, y)), on.sizes.dot * 2, f"≈ {on.words.approximate}"
