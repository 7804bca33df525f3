"""Places labels beside their marks so that nothing stands on anything else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from klarsyn.report.figures.text import width

_STRIP: Final = 24.0


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, right, bottom."""

    x1: float
    y1: float
    x2: float
    y2: float

    def meets(self, other: Box) -> bool:
        return self.x1 < other.x2 and other.x1 < self.x2 and self.y1 < other.y2 and other.y1 < self.y2

    def holds(self, other: Box) -> bool:
        return self.x1 <= other.x1 and self.y1 <= other.y1 and self.x2 >= other.x2 and self.y2 >= other.y2

    def shared(self, other: Box) -> float:
        """The area of the overlap."""
        across = min(self.x2, other.x2) - max(self.x1, other.x1)
        down = min(self.y2, other.y2) - max(self.y1, other.y1)
        return across * down if across > 0 and down > 0 else 0.0


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


def place(wants: Sequence[Want], words: Sequence[Box], marks: Sequence[Box], bounds: Box) -> list[Placed]:
    """Each label at its first free place inside `bounds`, in the order given.

    `words` are labels that already stand, `marks` what is drawn. A label that finds no free place is left
    out, unless it must stand.
    """
    taken, done, strips = list(words), list[Placed](), _strips(marks)
    for want in wants:
        found: tuple[bool, Box] | None = None
        tried = []
        for far, box in _options(want):
            if not bounds.holds(box):
                continue
            tried.append((far, box))
            if not any(box.meets(t) for t in taken) and not _hits(box, strips):
                found = (far, box)
                break
        if found is None and want.must:
            tried = tried or [(False, _pushed(box_at(want, want.ways[0], want.far[0]), bounds))]
            found = min(tried, key=lambda o: (_covered(o[1], taken), _covered(o[1], marks)))
        if found is not None:
            far, box = found
            taken.append(box)
            done.append(Placed(want, box.x1, box.y1 + want.size * 0.86, box, far))
    return done


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
    return _box(want, way, width(want.text, want.size, want.bold), want.clear * far)


def _options(want: Want) -> Iterator[tuple[bool, Box]]:
    wide = width(want.text, want.size, want.bold)
    for far in want.far:
        for way in want.ways:
            yield far > want.far[0], _box(want, way, wide, want.clear * far)


def _box(want: Want, way: str, wide: float, clear: float) -> Box:
    a, b, c, d = _WAYS[way]
    high = want.size * 1.1
    left, top = want.x + a * wide + b * clear, want.y + c * high + d * clear
    return Box(left, top, left + wide, top + high)


def _strips(marks: Sequence[Box]) -> dict[int, list[Box]]:
    """Marks by the upright strips they stand in, so that a label asks only those near it."""
    strips: dict[int, list[Box]] = {}
    for mark in marks:
        for i in range(int(mark.x1 // _STRIP), int(mark.x2 // _STRIP) + 1):
            strips.setdefault(i, []).append(mark)
    return strips


def _hits(box: Box, strips: dict[int, list[Box]]) -> bool:
    x1, y1, x2, y2 = box.x1, box.y1, box.x2, box.y2
    return any(
        x1 < m.x2 and m.x1 < x2 and y1 < m.y2 and m.y1 < y2
        for i in range(int(x1 // _STRIP), int(x2 // _STRIP) + 1)
        for m in strips.get(i, ())
    )


def _covered(box: Box, others: Sequence[Box]) -> float:
    return round(sum(box.shared(o) for o in others), 3)


def _pushed(box: Box, bounds: Box) -> Box:
    """The box moved inside the bounds as far as it goes."""
    dx = min(0.0, bounds.x2 - box.x2) or max(0.0, bounds.x1 - box.x1)
    dy = min(0.0, bounds.y2 - box.y2) or max(0.0, bounds.y1 - box.y1)
    return Box(box.x1 + dx, box.y1 + dy, box.x2 + dx, box.y2 + dy)
