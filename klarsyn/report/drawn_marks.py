"""The marks of a protected chart read backwards: which count does each stand for, by the chart's own axis?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Final

from klarsyn.mapping.searching import Mark, counts_in

GRAIN: Final = (
    0.2  # pixels: coordinates have one decimal, and an end of a box is a sum of two, on a scale of two
)
_DRAWING: Final = re.compile(r"<svg\b.*?</svg>", re.S)
_SHAPE: Final = re.compile(r"<(line|circle|rect|text)\b([^>]*)>([^<]*)")
_ATTRIBUTE: Final = re.compile(r'([\w-]+)="([^"]*)"')


class NoAxis(ValueError):
    """A chart whose marks have no scale to be read by."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """`zero`: pixel of the count 0; `one`: pixels a person; `bottom`: the line of the scale's numbers."""

    zero: float
    one: float
    bottom: float

    def mark(self, where: str, x: float, *, is_limit: bool = False) -> Mark:
        return Mark(where, (x - self.zero) / self.one, GRAIN / self.one, is_limit)


Shape = tuple[str, dict[str, str], str]


def marks(name: str, html: str) -> Iterator[Mark]:
    """Every dot and both ends of every box in the charts of a page. NoAxis when one has no scale."""
    for number, drawing in enumerate(_DRAWING.findall(html), 1):
        shapes = [_shape(found) for found in _SHAPE.finditer(drawing)]
        if any("fig-reach" in given.get("class", "") for _, given, _ in shapes):
            yield from _of(f"{name}, chart {number}", shapes)


def scale(svg: str) -> list[str]:
    """The numbers of the scale as they are printed, from left to right."""
    shapes = [_shape(found) for found in _SHAPE.finditer(svg)]
    said = [text for tag, given, text in shapes if tag == "text" and given.get("text-anchor") == "middle"]
    return [text for text in said if counts_in(text)]


def _shape(found: re.Match[str]) -> Shape:
    return found[1], dict(_ATTRIBUTE.findall(found[2])), unescape(found[3]).strip()


def _of(where: str, shapes: list[Shape]) -> Iterator[Mark]:
    axis = _axis(where, shapes)
    for tag, given, _ in shapes:
        if tag == "circle" and float(given["cy"]) < axis.bottom:
            yield axis.mark(f"{where}, dot", float(given["cx"]))
        if tag == "rect" and "fig-reach" in given.get("class", "") and float(given["y"]) < axis.bottom:
            left = float(given["x"])
            for x in (left, left + float(given["width"])):
                yield axis.mark(f"{where}, box", x, is_limit=True)


def _axis(where: str, shapes: list[Shape]) -> _Axis:
    """The scale by its first and last line and number."""
    lines = sorted({float(g["x1"]) for tag, g, _ in shapes if tag == "line" and g["x1"] == g["x2"]})
    said = [(g, text) for tag, g, text in shapes if tag == "text" and g.get("text-anchor") == "middle"]
    counts = sorted(count for _, text in said for count in counts_in(text))
    if len(counts) < 2 or len(counts) != len(lines):
        raise NoAxis(f"{where}: {len(lines)} lines and {len(counts)} numbers make no scale")
    one = (lines[-1] - lines[0]) / (counts[-1] - counts[0])
    return _Axis(lines[0] - counts[0] * one, one, max(float(given["y"]) for given, _ in said))
