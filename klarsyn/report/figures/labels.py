"""Places labels beside their marks so that nothing stands on anything else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from klarsyn.report.figures.text import width


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
    """A label that wants to stand near (x, y), `clear` away from it. Those that `must` are placed whatever it costs."""

    text: str
    x: float
    y: float
    size: float
    clear: float
    bold: bool = False
    must: bool = False
    ways: str = "NESW"  # compass points to try, best first; lower case = between two ("e" = NE, "n" = NW, "s" = SE, "w" = SW)


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label went: its baseline start and its box."""

    want: Want
    x: float
    baseline: float
    box: Box


def place(wants: Sequence[Want], obstacles: Iterable[Box], bounds: Box) -> list[Placed]:
    """Each label at its first free place, in the order given. One that finds none is left out, unless it must stand."""
    taken, done = list(obstacles), []
    for want in wants:
        options = [box for way in want.ways if bounds.holds(box := _box(want, way))]
        near = [t for t in taken if _is_near(t, want, bounds)] if len(taken) > 40 else taken
        free = next((box for box in options if not any(box.meets(t) for t in near)), None)
        if free is None and want.must and options:
            free = min(options, key=lambda box: sum(box.shared(t) for t in taken))
        if free is None and want.must:
            free = _pushed(_box(want, want.ways[0]), bounds)
        if free is not None:
            taken.append(free)
            done.append(Placed(want, free.x1, free.y1 + want.size * 0.86, free))
    return done


def _box(want: Want, way: str) -> Box:
    wide, high, c = width(want.text, want.size, want.bold), want.size * 1.1, want.clear
    d = c * 0.75
    left, top = {
        "N": (want.x - wide / 2, want.y - c - high),
        "S": (want.x - wide / 2, want.y + c),
        "E": (want.x + c, want.y - high / 2),
        "W": (want.x - c - wide, want.y - high / 2),
        "e": (want.x + d, want.y - d - high),
        "n": (want.x - d - wide, want.y - d - high),
        "s": (want.x + d, want.y + d),
        "w": (want.x - d - wide, want.y + d),
    }[way]
    return Box(left, top, left + wide, top + high)


def _is_near(box: Box, want: Want, bounds: Box) -> bool:
    reach = width(want.text, want.size, want.bold) + want.clear * 2
    tall = want.size * 2 + want.clear * 2
    return abs((box.x1 + box.x2) / 2 - want.x) < reach + (box.x2 - box.x1) and (
        abs((box.y1 + box.y2) / 2 - want.y) < tall + (box.y2 - box.y1)
    )


def _pushed(box: Box, bounds: Box) -> Box:
    """The box moved inside the bounds as far as it goes."""
    dx = min(0.0, bounds.x2 - box.x2) or max(0.0, bounds.x1 - box.x1)
    dy = min(0.0, bounds.y2 - box.y2) or max(0.0, bounds.y1 - box.y1)
    return Box(box.x1 + dx, box.y1 + dy, box.x2 + dx, box.y2 + dy)
