"""Where the municipalities stand: 290 shapes, their middles, and the free sea round the country."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from klarsyn.report.figures.geo import (
    COLUMNS,
    ROWS,
    TRUE_HEIGHT,
    TRUE_WIDTH,
    Edge,
    hexagon_edges,
    municipalities,
    outline_edges,
)
from klarsyn.report.figures.sheet import SLIDE_HEIGHT, Sheet
from klarsyn.report.figures.svg import n

_ROOT_3: Final = 3**0.5
_SHARE: Final = (
    0.61  # of the width of a page for the map; the legend has the rest and the sea beside Norrland
)
_SLIDE_HEIGHT: Final = SLIDE_HEIGHT - 20.0


@dataclass(frozen=True, slots=True)
class Field:
    """A laid-out map: `shapes` and `middles` in units of its `transform`, `edges` in those of the sheet."""

    shapes: dict[str, str]
    middles: dict[str, tuple[float, float]]
    transform: str
    scale: float
    left: float
    top: float
    bottom: float
    fine: float  # lines and patterns as a share of their usual size, where the fields are small
    clear: float  # how far right of `left` nothing is drawn in the upper third
    edges: tuple[tuple[float, float, float, float], ...]  # y1, y2, left, right

    def centre(self, code: str) -> tuple[float, float]:
        """A point inside a municipality, in the units of the sheet."""
        x, y = self.middles[code]
        return self.left + x * self.scale, self.top + y * self.scale

    def home(self, on: Sheet, code: str) -> str:
        """The home municipality's own outline: an accent on a rim of paper, heavier than any other line."""
        if not code:
            return ""
        thick = on.sizes.pen * self.fine / self.scale
        rim = on.pen.stroke("paper", thick * 4)
        line = on.pen.stroke("accent", thick * 2.2)
        shape = self.shapes[code]
        return (
            f'<g transform="{self.transform}" fill="none" stroke-linejoin="round">'
            f"<g {rim}>{shape}</g><g {line}>{shape}</g></g>"
        )


def field_of(on: Sheet, kind: str, legend: float) -> Field:
    """The laid-out map; `legend` is the width of the words beside it."""
    return _hexagons(on, legend) if kind == "hex" else _outlines(on, legend)


def _hexagons(on: Sheet, legend: float) -> Field:
    top = on.top + on.sizes.step / 2
    if on.sizes.name == "slide":
        radius = _SLIDE_HEIGHT / (1.5 * (ROWS - 1) + 2)
    else:
        room = on.width * (1.0 if on.sizes.is_narrow else _SHARE) - 4
        radius = room / COLUMNS / _ROOT_3
    wide = radius * _ROOT_3
    spare = on.width - wide * COLUMNS
    left = {"narrow": spare / 2, "slide": (legend + spare) / 2}.get(on.sizes.name, spare - 2)
    shapes, middles = _hexagon_shapes(round(radius, 2))
    edges = tuple(
        (top + 1.5 * radius * i, top + 1.5 * radius * i + 2 * radius, left + a * wide, left + b * wide)
        for i, (a, b) in enumerate(hexagon_edges())
    )
    bottom = top + radius * (1.5 * (ROWS - 1) + 2)
    place, fine = f"translate({n(left)} {n(top)})", min(1.0, radius / on.sizes.step * 0.62)
    return Field(shapes, middles, place, 1.0, left, top, bottom, fine, wide * 6, edges)


@lru_cache(maxsize=16)
def _hexagon_shapes(radius: float) -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    wide = radius * _ROOT_3
    r = radius * 0.93  # the gap that keeps neighbours apart
    w = r * _ROOT_3 / 2
    ring = f"l{w:.2f} {r / 2:.2f}v{r:.2f}l{-w:.2f} {r / 2:.2f}l{-w:.2f} {-r / 2:.2f}v{-r:.2f}z"
    middles = {m.code: ((m.column + 0.5) * wide, radius + m.row * 1.5 * radius) for m in municipalities()}
    shapes = {c: f'<path data-code="{c}" d="M{x:.2f} {y - r:.2f}{ring}"/>' for c, (x, y) in middles.items()}
    return shapes, middles


def _outlines(on: Sheet, legend: float) -> Field:
    top = on.top + on.sizes.step / 2
    high = {"slide": _SLIDE_HEIGHT, "narrow": on.width * 2.0}.get(on.sizes.name, on.width * 1.12)
    scale = high / TRUE_HEIGHT
    wide = TRUE_WIDTH * scale
    free = 0.0 if on.sizes.is_narrow else legend
    left = free + (on.width - free - wide) / 2
    step = high / len(outline_edges())
    edges = tuple(_sheet_edge(e, top + step * i, step, left, scale) for i, e in enumerate(outline_edges()))
    return Field(
        *_outline_shapes(),
        f"translate({n(left)} {n(top)}) scale({scale:.4f})",
        scale,
        left,
        top,
        top + high,
        0.45 if on.sizes.name == "slide" else 1.0,
        wide * 0.3,
        edges,
    )


def _sheet_edge(
    edge: Edge, y: float, step: float, left: float, scale: float
) -> tuple[float, float, float, float]:
    return y, y + step, left + edge[0] * scale, left + edge[1] * scale


@lru_cache(maxsize=1)
def _outline_shapes() -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    shapes = {m.code: f'<path data-code="{m.code}" d="{m.outline}"/>' for m in municipalities()}
    return shapes, {m.code: (m.x, m.y) for m in municipalities()}
