"""The sheet a chart is drawn on: checked arguments first, the `<svg>` with its text alternative last."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Protocol, TypeVar, Unpack

from klarsyn.report.figures import text as type_
from klarsyn.report.figures.model import BadFigure, Chart, ChartText, Ground, Language, Look
from klarsyn.report.figures.svg import Pen, leading, n
from klarsyn.report.figures.text import escape
from klarsyn.report.figures.theme import FONT, Sizes, palette, sizes_for
from klarsyn.report.figures.words import Words, words

_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_NARROWEST: Final = 280
SLIDE_HEIGHT: Final = 720  # with its heading and source line the slide is full
_LEAST: Final = 0.45  # of a plot's height: lower, and differences cannot be seen


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything a chart needs to know about where it stands."""

    id: str
    text: ChartText
    language: Language
    width: int
    ground: Ground
    sizes: Sizes
    pen: Pen
    words: Words
    invented: bool
    top: float  # where the chart begins, under heading and tag
    head: str  # drawn heading and tag


def sheet(*, corner: bool = False, **look: Unpack[Look]) -> Sheet:
    """A sheet from a chart's common arguments. `corner`: the chart draws its own mark of invented figures."""
    id, width, ground = look["id"], look.get("width", 720), look.get("ground", "light")
    if not _ID.match(id):
        raise BadFigure(f"id {id!r} must begin with a letter and hold letters, digits, - and _ only")
    if width < _NARROWEST:
        raise BadFigure(f"width {width} is under {_NARROWEST}: nothing can be read there")
    language, invented = look.get("language", "sv"), look.get("invented", False)
    pen, sizes, own = Pen(palette(ground)), sizes_for(width), words(language)
    top, head = 0.0, ""
    if invented and not corner:
        head, top = tag(pen, sizes, own.invented), sizes.small * 1.4 + sizes.step
    if look.get("heading", False):
        drawn, top = _heading(pen, sizes, width, look["text"], top)
        head += drawn
    return Sheet(id, look["text"], language, width, ground, sizes, pen, own, invented, top, head)


class Framed(Protocol):
    """What stands before a chart is drawn: at least how high it will be."""

    @property
    def height(self) -> float: ...


Frame = TypeVar("Frame", bound=Framed)


def fit(
    on: Sheet, plots: float, lay: Callable[[Sheet], Frame], draw: Callable[[Sheet, Frame], Chart]
) -> Chart:
    """What `lay` has laid out, drawn; on a slide with a lower plot where it would else run off the screen.

    `plots`: how many times the height of a plot goes into the chart.
    """
    frame, plot = lay(on), on.sizes.plot
    over = math.ceil(frame.height) - SLIDE_HEIGHT
    if on.sizes.name == "slide" and over > 0:
        lower = max(_LEAST * plot, plot - (over + 1) / plots)
        on = replace(on, sizes=replace(on.sizes, plot=lower))
        frame = lay(on)
    return draw(on, frame)


def finish(on: Sheet, body: Sequence[str], height: float, defs: Sequence[str] = ()) -> Chart:
    """The finished `<svg>`: role, title and description tied to it by id, then what is drawn."""
    h, id = math.ceil(height), on.id
    ground = f'<rect width="{on.width}" height="{h}" {on.pen.fill("paper")}/>' if on.ground == "dark" else ""
    svg = "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="fig fig-{on.sizes.name} fig-on-{on.ground}" '
            f'id="{id}" role="img" aria-labelledby="{id}-title {id}-desc" viewBox="0 0 {on.width} {h}" '
            f'width="{on.width}" height="{h}" font-family="{FONT}">',
            f'<title id="{id}-title">{escape(on.text.title)}</title>',
            f'<desc id="{id}-desc">{escape(on.text.description)}</desc>',
            f"<defs>{''.join(defs)}</defs>" if defs else "",
            ground,
            on.head,
            *body,
            "</svg>",
        )
    )
    return Chart(svg, on.text.title, on.text.description, on.width, h)


def tag(pen: Pen, sizes: Sizes, label: str) -> str:
    """The mark of invented figures: a small sign before everything else."""
    size = sizes.small * (1 if sizes.name == "slide" else 0.85)  # in a hall nothing is smaller than the ticks
    wide, high = type_.width(label, size, True) + size * 1.2, size * 1.6
    box = (
        f'<rect x="1" y="1" width="{n(wide)}" height="{n(high)}" rx="{n(high / 6)}" '
        f"{pen.both('amber-paper', 'amber', sizes.hair)}/>"
    )
    return box + pen.text(1 + wide / 2, 1 + high / 2 + size * 0.34, label, size, "amber", "middle", True)


def _heading(pen: Pen, sizes: Sizes, width: int, text: ChartText, top: float) -> tuple[str, float]:
    title = type_.wrap(text.title, width - 2, sizes.head, True, 4)
    line = type_.wrap(text.subtitle, width - 2, sizes.label, False, 3)
    y = top + sizes.head * 0.9
    drawn = pen.lines(0, y, title, sizes.head, bold=True)
    y += leading(sizes.head) * (len(title) - 1) + leading(sizes.label) + sizes.step / 2
    drawn += pen.lines(0, y, line, sizes.label, "soft")
    return drawn, y + leading(sizes.label) * max(0, len(line) - 1) + sizes.step * 3
