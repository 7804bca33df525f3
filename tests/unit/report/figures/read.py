"""Reads a chart back: elements by kind, and the boxes that its words take by estimated width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # the type only; parsing is defusedxml's

from defusedxml.ElementTree import fromstring

from klarsyn.report.figures import Chart
from klarsyn.report.figures.labels import Box
from klarsyn.report.figures.text import width

SVG = "{http://www.w3.org/2000/svg}"


def root(chart: Chart) -> Element:
    """The parsed picture; anything but well-formed XML raises."""
    return fromstring(chart.svg, forbid_dtd=True)


def named(chart: Chart, tag: str, role: str = "") -> list[Element]:
    """All elements of a kind, with `role` among their classes."""
    return [e for e in root(chart).iter(SVG + tag) if not role or role in (e.get("class") or "").split()]


def texts(chart: Chart) -> list[str]:
    """The words, a lone ≈ with the number it belongs to."""
    words: list[str] = []
    for e in named(chart, "text"):
        is_about = bool(words) and words[-1] == "≈"
        words[-1 if is_about else len(words) :] = [f"≈ {e.text}" if is_about else e.text or ""]
    return words


def word_boxes(chart: Chart) -> list[tuple[str, Box]]:
    """Words that are not turned, and the boxes they take (capitals and digits: 0.66 em over the baseline)."""
    svg = root(chart)
    turned = {e for g in svg.iter(SVG + "g") if "rotate" in (g.get("transform") or "") for e in g.iter()}
    return [(e.text, _box(e)) for e in svg.iter(SVG + "text") if e not in turned and e.text]


def _box(e: Element) -> Box:
    size, x, y = float(e.get("font-size", 0)), float(e.get("x", 0)), float(e.get("y", 0))
    wide = width(re.sub("[\u2068\u2069]", "", e.text or ""), size, e.get("font-weight") == "600")
    left = {"middle": x - wide / 2, "end": x - wide}.get(e.get("text-anchor") or "", x)
    return Box(left, y - size * 0.66, left + wide, y)


def circles(chart: Chart, role: str) -> list[tuple[float, float]]:
    return [(float(e.get("cx", 0)), float(e.get("cy", 0))) for e in named(chart, "circle", role)]


def number(e: Element, name: str) -> float:
    return float(e.get(name, "nan"))


def pairs(boxes: list[tuple[str, Box]]) -> Iterator[tuple[str, str]]:
    """Pairs of words that stand on each other."""
    for i, (a, box) in enumerate(boxes):
        for b, other in boxes[i + 1 :]:
            if box.meets(other):
                yield a, b
