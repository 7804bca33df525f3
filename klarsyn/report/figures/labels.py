"""Places labels beside their marks so that nothing stands on anything else."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from klarsyn.report.figures.text import width


class Box(NamedTuple):
    """A rectangle: left, top, right, bottom."""

    x1: float
    y1: float
    x2: float
    y2: float

    def meets(self, other: Box) -> bool:
        return self.x1 < other.x2 and other.x1 < self.x2 and self.y1 < other.y2 and other.y1 < self.y2


Rect = tuple[float, float, float, float]  # what a Box is, without its name: quicker to make by the hundred


@dataclass(frozen=True, slots=True)
class Want:
    """A label that wants to stand near (x, y), `clear` away from it.

    `ways`: compass points to try, best first; small letters lie between two (e = NE, n = NW, s = SE, w = SW).
    `far`: distances to try, as multiples of `clear`; beyond the first the label gets a line to its mark.
    A label that `must` stand is placed where it covers least, never on another label if that can be helped.
    """

    text: str
    x: float
    y: float
    size: float
    clear: float
    bold: bool = False
    must: bool = False
    ways: str = "NESWensw"
    far: tuple[float, ...] = (1.0,)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label went: start of baseline, box, and whether it is so far off that it needs a line."""

    want: Want
    x: float
    baseline: float
    box: Box
    is_far: bool


def place(wants: Sequence[Want], words: Sequence[Box], marks: Sequence[Rect], bounds: Box) -> list[Placed]:
    """Each label at its first free place inside `bounds`, in the order given.

    `words` are labels that already stand, `marks` what is drawn. A label that finds no free place is left
    out, unless it must stand.
    """
    taken, done = list(words), list[Placed]()
    for want in wants:
        found = _find(want, taken, marks, bounds)
        if found is not None:
            far, box = found
            taken.append(box)
            done.append(Placed(want, box.x1, box.y1 + want.size * 0.86, box, far))
    return done


def _find(want: Want, taken: Sequence[Box], marks: Sequence[Rect], bounds: Box) -> tuple[bool, Box] | None:
    """The first free place; else, for a label that must stand, the one that covers least."""
    best, least = None, (math.inf, math.inf)
    wide, (left, top, right, bottom) = width(want.text, want.size, want.bold), bounds
    near = _near(want, wide, marks)
    for far in want.far:
        clear = want.clear * far
        for way in want.ways:
            box = _rect(want, way, wide, clear)
            if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
                continue
            words = _covered(box, taken, least[0])
            if words > least[0]:
                continue
            covered = words, _covered(box, near, least[1] if words == least[0] else math.inf)
            if covered < least:
                best, least = (far > want.far[0], Box(*box)), covered
            if covered == (0.0, 0.0):
                return best
    if not want.must:
        return None
    return best or (False, _pushed(box_at(want, want.ways[0], want.far[0]), bounds))


# Left and top edge of a label: multiples of its width, of its height and of its distance, from the mark.
_WAYS: Final = {
    "N": (-0.5, 0.0, -1.0, -1.0),
    "S": (-0.5, 0.0, 0.0, 1.0),
    "E": (0.0, 1.0, -0.5, 0.0),
    "W": (-1.0, -1.0, -0.5, 0.0),
    "e": (0.0, 0.75, -1.0, -0.75),
    "n": (-1.0, -0.75, -1.0, -0.75),
    "s": (0.0, 0.75, 0.0, 0.75),
    "w": (-1.0, -0.75, 0.0, 0.75),
}


def box_at(want: Want, way: str, far: float = 1.0) -> Box:
    """The box of a label that stands `way` of its mark."""
    return Box(*_rect(want, way, width(want.text, want.size, want.bold), want.clear * far))


def _rect(want: Want, way: str, wide: float, clear: float) -> Rect:
    a, b, c, d = _WAYS[way]
    high = want.size * 1.1
    left, top = want.x + a * wide + b * clear, want.y + c * high + d * clear
    return left, top, left + wide, top + high


def reach(wants: Sequence[Want]) -> Rect:
    """What these labels could meet lies in here: the caller need make no boxes of marks beyond it."""
    all_ = [_reach(w, width(w.text, w.size, w.bold)) for w in wants]
    lefts, tops, rights, bottoms = zip(*all_, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _reach(want: Want, wide: float) -> Rect:
    far = want.clear * max(want.far)
    high = want.size * 1.1 + far
    return want.x - wide - far, want.y - high, want.x + wide + far, want.y + high


def _near(want: Want, wide: float, marks: Sequence[Rect]) -> list[Rect]:
    """The marks that a label could meet wherever it goes: every place asks only those."""
    x1, y1, x2, y2 = _reach(want, wide)
    return [m for m in marks if m[0] < x2 and m[2] > x1 and m[1] < y2 and m[3] > y1]


def _covered(box: Rect, others: Iterable[Rect], enough: float = math.inf) -> float:
    """The area of `others` under a box; counting stops at `enough`."""
    x1, y1, x2, y2 = box
    total = 0.0
    for a, b, c, d in others:
        if x1 < c and a < x2 and y1 < d and b < y2:
            total += (min(x2, c) - max(x1, a)) * (min(y2, d) - max(y1, b))
            if total > enough:
                break
    return round(total, 3)


def _pushed(box: Box, bounds: Box) -> Box:
    """The box moved inside the bounds as far as it goes."""
    dx = min(0.0, bounds.x2 - box.x2) or max(0.0, bounds.x1 - box.x1)
    dy = min(0.0, bounds.y2 - box.y2) or max(0.0, bounds.y1 - box.y1)
    return Box(box.x1 + dx, box.y1 + dy, box.x2 + dx, box.y2 + dy)
