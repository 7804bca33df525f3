"""The smallest pieces of a picture: numbers, lines, shapes and text as SVG strings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from klarsyn.report.figures.text import em_width, escape
from klarsyn.report.figures.theme import Palette

Point = tuple[float, float]
ABOUT: Final = "≈ "


def n(value: float) -> str:
    """A coordinate: one decimal, no useless zero."""
    return f"{value:.1f}".removesuffix(".0")


def _attributes(written: str) -> str:
    """Coordinates written as attributes with one decimal, without the useless zeros: `n` for all at once."""
    return written.replace('.0"', '"')


class Pen:
    """Draws in the roles of one palette; attributes written once are remembered."""

    __slots__ = ("_known", "_line_looks", "_text_looks", "palette")

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self._known: dict[tuple[str, str, float], str] = {}
        self._line_looks: dict[tuple[str, float, str, str], str] = {}
        self._text_looks: dict[tuple[float, str, str, bool, bool], str] = {}

    def fill(self, role: str) -> str:
        return f'class="f-{role}" fill="{self.palette[role]}"'

    def stroke(self, role: str, width: float) -> str:
        found = self._known.get(("", role, width))
        if found is None:
            found = f'class="s-{role}" stroke="{self.palette[role]}" stroke-width="{n(width)}"'
            self._known[("", role, width)] = found
        return found

    def both(self, fill: str, line: str, width: float) -> str:
        """Attributes for a filled shape with an outline."""
        found = self._known.get((fill, line, width))
        if found is None:
            found = (
                f'class="f-{fill} s-{line}" fill="{self.palette[fill]}" '
                f'stroke="{self.palette[line]}" stroke-width="{n(width)}"'
            )
            self._known[(fill, line, width)] = found
        return found

    def line(self, a: Point, b: Point, role: str, width: float, dash: str = "", cap: str = "") -> str:
        look = self._line_looks.get((role, width, dash, cap))
        if look is None:
            look = self.stroke(role, width)
            look += f' stroke-dasharray="{dash}"' if dash else ""
            look += f' stroke-linecap="{cap}"' if cap else ""
            self._line_looks[role, width, dash, cap] = look
        at = f'<line x1="{a[0]:.1f}" y1="{a[1]:.1f}" x2="{b[0]:.1f}" y2="{b[1]:.1f}" '
        return f"{_attributes(at)}{look}/>"

    def path(self, points: Iterable[Point], role: str, width: float, dash: str = "") -> str:
        extra = f' stroke-dasharray="{dash}"' if dash else ""
        look = f'fill="none" {self.stroke(role, width)} stroke-linejoin="round"{extra}'
        return f'<path d="{trace(points)}" {look}/>'

    def shape(self, points: Iterable[Point], role: str) -> str:
        return f'<path d="{trace(points)}z" {self.fill(role)}/>'

    def circle(self, x: float, y: float, radius: float, role: str) -> str:
        return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}" {self.fill(role)}/>'

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        role: str = "ink",
        anchor: str = "",
        bold: bool = False,
        halo: bool = False,
    ) -> str:
        """`y` is the baseline; `anchor` "", "middle" or "end"; `halo` = a rim of paper under the words."""
        if words.startswith(ABOUT):
            return self._about(x, y, words, size, role, anchor, bold, halo)
        look = self._text_looks.get((size, role, anchor, bold, halo))
        if look is None:
            look = self._text_look(size, role, anchor, bold, halo)
            self._text_looks[size, role, anchor, bold, halo] = look
        at = f'<text x="{x:.1f}" y="{y:.1f}" '
        return f"{_attributes(at)}{look}>{escape(words)}</text>"

    def _text_look(self, size: float, role: str, anchor: str, bold: bool, halo: bool) -> str:
        look = self.fill(role)
        if halo:
            look = self.both(role, "paper", size / 4) + ' paint-order="stroke" stroke-linejoin="round"'
        look += f' text-anchor="{anchor}"' if anchor else ""
        look += ' font-weight="600"' if bold else ""
        return f'font-size="{n(size)}" {look}'

    def _about(
        self, x: float, y: float, words: str, size: float, role: str, anchor: str, bold: bool, halo: bool
    ) -> str:
        """The sign ≈ by itself: it is not in every cut of the font, and a renderer that must borrow it would
        otherwise borrow the whole number."""
        left = x - em_width(words, bold) * size * {"middle": 0.5, "end": 1.0}.get(anchor, 0.0)
        sign = self.text(left, y, ABOUT.strip(), size, role, "", bold, halo)
        after = left + em_width(ABOUT, bold) * size
        return sign + self.text(after, y, words.removeprefix(ABOUT), size, role, "", bold, halo)

    def lines(
        self,
        x: float,
        y: float,
        rows: Sequence[str],
        size: float,
        role: str = "ink",
        anchor: str = "",
        bold: bool = False,
        halo: bool = False,
    ) -> str:
        """Several lines of text; `y` is the first baseline."""
        return "".join(
            self.text(x, y + i * leading(size), row, size, role, anchor, bold, halo)
            for i, row in enumerate(rows)
        )


def trace(points: Iterable[Point]) -> str:
    """Points as path data: M…L…"""
    written = "L".join([f"{x:.1f} {y:.1f}" for x, y in points])
    return "M" + written.replace(".0 ", " ").replace(".0L", "L").removesuffix(".0")


def leading(size: float) -> float:
    """From baseline to baseline."""
    return size * 1.25


def middle(y: float, size: float) -> float:
    """The baseline that centres digits and capitals on `y` (cap height 0.66 em)."""
    return y + size * 0.33
