"""Names beside the country: each in the free sea nearest to its municipality, tied to it by a thin line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.mapshapes import Field
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.text import width


@dataclass(frozen=True, slots=True)
class Wanted:
    """A municipality to be named, and what is said of it."""

    code: str
    name: str
    said: str
    is_home: bool


def draw_labels(on: Sheet, field: Field, wanted: Sequence[Wanted], taken: Sequence[Box]) -> str:
    """Lines first, words on top. Each label takes the place with the shortest line that is still free."""
    boxes, lines, words = list(taken), [], []
    for want in wanted:
        text = f"{want.name} {want.said}"
        box = _best(on, field, text, want, boxes)
        if box is None:
            continue
        boxes.append(box)
        x, y = field.centres[want.code]
        end = (box.x1 if box.x1 > x else box.x2, (box.y1 + box.y2) / 2)
        role = "accent" if want.is_home else "ink"
        lines.append(on.pen.line((x, y), end, "paper", on.sizes.pen * 3))
        lines.append(on.pen.line((x, y), end, role, on.sizes.pen))
        lines.append(on.pen.circle(x, y, on.sizes.pen * 1.6, role))
        at = box.x1 + on.sizes.step / 2
        words.append(
            on.pen.text(at, box.y1 + on.sizes.label, text, on.sizes.label, "ink", "", want.is_home, True)
        )
    return "".join(lines + words)


def _best(on: Sheet, field: Field, text: str, want: Wanted, boxes: Sequence[Box]) -> Box | None:
    size = on.sizes.label
    wide, high = width(text, size, want.is_home) + on.sizes.step, size * 1.3
    x, y = field.centres[want.code]
    options = []
    for y1, y2, _, _ in field.edges:
        centre = (y1 + y2) / 2
        if centre - high / 2 < on.top or centre + high / 2 > field.bottom:
            continue
        left, right = _shore(field, centre - high / 2, centre + high / 2)
        for start in (left - on.sizes.step - wide, right + on.sizes.step):
            box = Box(start, centre - high / 2, start + wide, centre + high / 2)
            if start >= 0 and start + wide <= on.width and not any(box.meets(b) for b in boxes):
                near = box.x1 if box.x1 > x else box.x2
                options.append((round(math.hypot(near - x, centre - y), 1), box))
    return min(options, key=lambda o: o[0])[1] if options else None


def _shore(field: Field, top: float, bottom: float) -> tuple[float, float]:
    """The country's left and right between two heights."""
    bands = [(a, b) for y1, y2, a, b in field.edges if y1 < bottom and y2 > top]
    return min(a for a, _ in bands), max(b for _, b in bands)
