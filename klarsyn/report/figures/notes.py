"""Breaks and police operations: named in place where the words fit, else numbered and listed underneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.model import Mark, Span
from klarsyn.report.figures.scale import Linear
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.svg import leading, middle, n
from klarsyn.report.figures.text import width, wrap

LANES = 3  # more lanes of words than this above a chart, and they are numbered instead


@dataclass(frozen=True, slots=True)
class Notes:
    """Drawn notes, the y below them, where they stand, and what must be listed under the chart."""

    drawn: str
    bottom: float
    boxes: tuple[Box, ...] = ()
    listed: tuple[tuple[str, str], ...] = ()  # (sign, words)


def breaks(on: Sheet, marks: Sequence[Mark], x: Linear, top: float) -> Notes:
    """The reasons of the breaks in lanes above the plot, each beside its own line."""
    if not marks:
        return Notes("", top)
    ordered = sorted(marks, key=lambda m: m.year)
    lanes = None if on.sizes.is_narrow else _lanes(on, [(x.at(m.year), m.label) for m in ordered])
    if lanes is None:
        return _numbered(on, [(x.at(m.year), m.label) for m in ordered], top)
    size, high = on.sizes.small, leading(on.sizes.small)
    depth = max(lane for lane, _ in lanes) + 1
    out, boxes = [], []
    for (lane, box), mark in zip(lanes, ordered, strict=True):
        y = top + lane * high
        at = x.at(mark.year)
        out.append(
            on.pen.line((at, y + 2), (at, top + depth * high), "ink", on.sizes.pen, _dots(on), "round")
        )
        out.append(on.pen.text(box.x1, y + size * 0.9, mark.label, size))
        boxes.append(Box(box.x1, y, box.x2, y + high))
    return Notes("".join(out), top + depth * high, tuple(boxes))


def break_lines(on: Sheet, marks: Sequence[Mark], x: Linear, top: float, bottom: float) -> str:
    """The dotted verticals."""
    return "".join(f'<g class="fig-break">{dotted(on, x.at(m.year), top, bottom)}</g>' for m in marks)


def dotted(on: Sheet, x: float, top: float, bottom: float) -> str:
    """One dotted vertical."""
    return on.pen.line((x, top), (x, bottom), "ink", on.sizes.pen, _dots(on), "round")


def signs(on: Sheet, marks: Sequence[Mark], x: Linear, y: float) -> str:
    """A digit on top of each break, for reasons that are listed under the chart."""
    size = on.sizes.small * _fine(on)
    ordered = sorted(marks, key=lambda m: m.year)
    return "".join(sign_at(on, str(i), x.at(m.year), y, size) for i, m in enumerate(ordered, 1))


def _dots(on: Sheet) -> str:
    return f"0.1 {on.sizes.pen * 3:g}"


def _lanes(on: Sheet, wanted: Sequence[tuple[float, str]]) -> list[tuple[int, Box]] | None:
    """A lane and a box for each label, or None when there is no way to keep words and lines apart.

    A dotted line begins in its own lane and runs down through the lanes below it.
    """
    size, gap, found = on.sizes.small, on.sizes.step * 0.75, list[tuple[int, Box, float]]()
    for at, label in reversed(wanted):
        wide = width(label, size)
        sides = (Box(at + gap, 0, at + gap + wide, 1), Box(at - gap - wide, 0, at - gap, 1))
        options = (
            (lane, box, at) for lane in range(LANES) for box in sides if box.x1 >= 0 and box.x2 <= on.width
        )
        option = next((o for o in options if all(_apart(o, other, gap) for other in found)), None)
        if option is None:
            return None
        found.append(option)
    return [(lane, box) for lane, box, _ in reversed(found)]


def _apart(one: tuple[int, Box, float], other: tuple[int, Box, float], gap: float) -> bool:
    """Two labels that do not touch, and neither label is crossed by the other's line."""
    (lane, box, at), (lane_2, box_2, at_2) = one, other
    if lane == lane_2 and box.x1 < box_2.x2 + gap and box_2.x1 < box.x2 + gap:
        return False
    if lane <= lane_2 and box_2.x1 - gap / 2 <= at <= box_2.x2 + gap / 2:
        return False
    return not (lane_2 <= lane and box.x1 - gap / 2 <= at_2 <= box.x2 + gap / 2)


def _numbered(on: Sheet, wanted: Sequence[tuple[float, str]], top: float) -> Notes:
    """A digit on each line, the reasons listed under the chart."""
    size, r = on.sizes.small, on.sizes.small * 0.72
    out, listed, lanes = [], [], list[float]()
    placed = []
    for i, (at, label) in enumerate(wanted, 1):
        x = min(max(at, r), on.width - r)
        lane = next((k for k, edge in enumerate(lanes) if edge <= x - r), len(lanes))
        lanes[lane : lane + 1] = [x + r + 2]
        placed.append((x, lane, at))
        listed.append((str(i), label))
    high = r * 2.2
    bottom = top + len(lanes) * high
    for (x, lane, at), (sign, _) in zip(placed, listed, strict=True):
        y = top + lane * high + r
        out.append(dotted(on, at, y + r, bottom))
        out.append(sign_at(on, sign, x, y, size))
    return Notes("".join(out), bottom, (), tuple(listed))


def sign_at(on: Sheet, sign: str, x: float, y: float, size: float) -> str:
    """A digit or letter in a circle."""
    circle = (
        f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(size * 0.7)}" {on.pen.both("paper", "ink", on.sizes.hair)}/>'
    )
    size *= _fine(on)
    return circle + on.pen.text(x, middle(y, size), sign, size, "ink", "middle", True)


def _fine(on: Sheet) -> float:
    """What stands in a circle is smaller than other words, in a hall no word is."""
    return 1 if on.sizes.name == "slide" else 0.85


def operations(on: Sheet, spans: Sequence[Span], x: Linear, top: float) -> Notes:
    """Police operations as brackets under the axis, named beside them or lettered when there is no room."""
    if not spans:
        return Notes("", top)
    size, gap, high = on.sizes.small, on.sizes.step * 0.75, leading(on.sizes.small) * 1.05
    caption = f"{on.words.operations}:"
    out = [on.pen.text(0, middle(top + high / 2, size), caption, size, "soft")]
    listed, lanes = list[tuple[str, str]](), [width(caption, size) + gap * 2]
    for i, span in enumerate(sorted(spans, key=lambda o: (o.start, o.end, o.label))):
        a, b = x.at(span.start), max(x.at(span.end), x.at(span.start) + on.sizes.pen * 3)
        wide = width(span.label, size)
        letter = chr(ord("A") + i % 26)
        if b + gap + wide <= on.width:
            word, at = span.label, b + gap
        elif a - gap - wide >= 0:
            word, at = span.label, a - gap - wide
        else:
            before = max(0.0, a - gap - size)
            word, at = letter, b + gap if b + gap + size <= on.width else before
            listed.append((letter, span.label))
        ends = min(a, at), max(b, at + width(word, size)) + gap * 2
        lane = next((k for k, edge in enumerate(lanes) if edge <= ends[0]), len(lanes))
        lanes[lane : lane + 1] = [ends[1]]
        centre = top + lane * high + high / 2
        out.append(_bracket(on, a, b, centre) + on.pen.text(at, middle(centre, size), word, size, "ink"))
    return Notes("".join(out), top + len(lanes) * high, (), tuple(listed))


def _bracket(on: Sheet, a: float, b: float, y: float) -> str:
    tall, pen = on.sizes.dot, on.sizes.pen * 1.5
    line = on.pen.line((a, y), (b, y), "amber", pen * 1.4)
    ends = "".join(on.pen.line((v, y - tall), (v, y + tall), "amber", pen) for v in (a, b))
    return f'<g class="fig-operation">{line}{ends}</g>'


def listing(on: Sheet, listed: Sequence[tuple[str, str]], top: float) -> tuple[str, float]:
    """The numbered reasons in words: beside each other where they fit, else one under the other."""
    size, x, y, high, out = on.sizes.small, 0.0, top, 0.0, []
    indent = size * 2
    for sign, words in listed:
        long = indent + width(words, size)
        if x and x + long > on.width:
            x, y = 0.0, y + high + size * 0.4
        rows = wrap(words, on.width - indent, size)
        out.append(sign_at(on, sign, x + size * 0.75, y + size * 0.75, size))
        out.append(on.pen.lines(x + indent, y + size * 1.05, rows, size, "ink"))
        high = leading(size) * max(1, len(rows))
        x += long + size * 1.5
    return "".join(out), (y + high + size * 0.4 if listed else top)
