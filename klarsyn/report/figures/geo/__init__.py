"""Outlines, hexagons and names of the 290 municipalities: read once, kept as they are."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
TRUE_WIDTH: Final = 678
TRUE_HEIGHT: Final = 1600
COLUMNS: Final = 19  # hexagons across, half steps included
ROWS: Final = 39
# A point in SWEREF 99 TM falls on the outlines at ((east - _WEST) / _METRES, (_NORTH - north) / _METRES);
# least squares over the 290 outlines.
_WEST: Final = 260_067.0
_NORTH: Final = 7_690_000.0
_METRES: Final = 981.6

Edge = tuple[float, float]  # the country's left and right at a height


@dataclass(frozen=True, slots=True)
class Municipality:
    """One municipality: its outline as path data in a box of 678 x 1600, and its place among the hexagons."""

    code: str
    name: str
    outline: str
    x: float  # of a point inside the outline
    y: float
    column: float  # in widths of a hexagon, halves included
    row: int


@cache
def municipalities() -> tuple[Municipality, ...]:
    """All 290, in the order of their codes."""
    outlines = {r["kommun_kod"]: r["d"] for r in _rows("kommuner_svgpaths.csv")}
    hexes = {r["kommun_kod"]: (float(r["x"]), int(r["rad"])) for r in _rows("hexkarta.csv")}
    return tuple(
        Municipality(
            r["kommun_kod"],
            r["kommun"],
            outlines[r["kommun_kod"]],
            (float(r["sweref_e"]) - _WEST) / _METRES,
            (_NORTH - float(r["sweref_n"])) / _METRES,
            *hexes[r["kommun_kod"]],
        )
        for r in sorted(_rows("kommuner.csv"), key=lambda r: r["kommun_kod"])
    )


@cache
def hexagon_edges() -> tuple[Edge, ...]:
    """Leftmost and rightmost edge of the hexagons, row by row, in widths of a hexagon."""
    by_row: dict[int, list[float]] = {}
    for m in municipalities():
        by_row.setdefault(m.row, []).append(m.column)
    return tuple((min(by_row[r]), max(by_row[r]) + 1.0) for r in range(ROWS))


@cache
def outline_edges(bands: int = 50) -> tuple[Edge, ...]:
    """Leftmost and rightmost land in each of `bands` level bands of the true map, in its own units."""
    edges = [(float(TRUE_WIDTH), 0.0)] * bands
    for m in municipalities():
        for (xa, ya), (xb, yb) in _segments(m.outline):
            for band in {min(bands - 1, int(y * bands / TRUE_HEIGHT)) for y in (ya, yb)}:
                left, right = edges[band]
                edges[band] = (min(left, xa, xb), max(right, xa, xb))
    return tuple(edges)


def _segments(outline: str) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The straight pieces of path data of the form M x y l dx dy … z."""
    found = []
    for ring in filter(None, outline.split("z")):
        numbers = [int(v) for v in re.findall(r"-?\d+", ring)]
        points = [(float(numbers[0]), float(numbers[1]))]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        found += list(pairwise(points))
    return found


def _rows(name: str) -> list[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
