"""Names beside the country: each in the free sea nearest to its municipality, tied to it by a thin line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.mapshapes import Field
from klarsyn.report.figures.sheet import Sheet
from klarsyn.report.figures.text import width

_LEVEL: Final = 1.4  # a level line is easier to follow than a steep one


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
        x, y = field.centre(want.code)
        end = (box.x1 if box.x1 > x else box.x2, (box.y1 + box.y2) / 2)
        role = "accent" if want.is_home else "ink"
        lines.append(on.pen.line((x, y), end, "paper", on.sizes.pen * 3))
        lines.append(on.pen.line((x, y), end, role, on.sizes.pen))
        lines.append(on.pen.circle(x, y, on.sizes.pen * 1.6 * field.fine, role))
        at = box.x1 + on.sizes.step / 2
        words.append(
            on.pen.text(at, box.y1 + on.sizes.label, text, on.sizes.label, "ink", "", want.is_home, True)
        )
    return "".join(lines + words)


def _best(on: Sheet, field: Field, text: str, want: Wanted, boxes: Sequence[Box]) -> Box | None:
    size = on.sizes.label
    wide, high = width(text, size, want.is_home) + on.sizes.step, size * 1.3
    x, y = field.centre(want.code)
    nearest, best = math.inf, None
    reach = math.ceil(high / (field.edges[1][0] - field.edges[0][0]) / 2)
    for i, (y1, y2, _, _) in enumerate(field.edges):
        centre = (y1 + y2) / 2
        if (
            centre - high / 2 < on.top
            or centre + high / 2 > field.bottom
            or _LEVEL * abs(centre - y) >= nearest
        ):
            continue
        near_rows = field.edges[max(0, i - reach) : i + reach + 1]
        left = min([e[2] for e in near_rows]) - on.sizes.step - wide
        right = max([e[3] for e in near_rows]) + on.sizes.step
        for start, end in ((left, left + wide), (right, right)):
            distance = math.hypot(end - x, _LEVEL * (centre - y))
            if start < 0 or start + wide > on.width or distance >= nearest - 0.01:
                continue
            box = Box(start, centre - high / 2, start + wide, centre + high / 2)
            if not any(box.meets(b) for b in boxes):
                nearest, best = distance, box
    return best
