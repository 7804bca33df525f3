"""Which charts a figure gets, and what they are given: rows of its tables in, charts out, at any width."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, Literal

from klarsyn.mapping.definitions import Method
from klarsyn.mapping.results import FigureResult
from klarsyn.report import drawn_counts, drawn_hidden, drawn_protected, drawn_rates, texts
from klarsyn.report.drawing import Draw, Drawing
from klarsyn.report.figures import Chart
from klarsyn.report.view import Picture

WIDE, NARROW = 720, 360
Plan = Callable[[FigureResult, str], dict[str, Draw]]
_PLANS: Final[Mapping[Method, Plan]] = {
    Method.RATES_COMPARED: drawn_rates.compared,
    Method.EXPECTED: drawn_rates.expected,
    Method.SERIES: drawn_counts.series,
    Method.REGIONS: drawn_counts.regions,
    Method.VICTIMS: drawn_counts.victims,
    Method.SHARES: drawn_counts.shares,
    Method.HIDDEN_POPULATION: drawn_hidden.hidden,
    Method.PROTECTED: drawn_protected.protected,
}


def pictures(figure: FigureResult, title: str, line: str, language: str) -> tuple[Picture, ...]:
    """The charts of a figure, wide and narrow. A figure of words alone (places, statements) has none."""
    drawn = plan(figure, language).items()
    return tuple(_picture(figure, kind, draw, title, line, language) for kind, draw in drawn)


def _picture(figure: FigureResult, kind: str, draw: Draw, title: str, line: str, language: str) -> Picture:
    """Outlines weigh as much as all other charts together: the true map is a file that loads late."""
    name = f"bild/{figure.indicator.id}-{kind}".replace("_", "-") if kind.startswith("map") else ""
    dark = draw_one(figure, kind, draw, title, line, language, NARROW, "d", ground="dark") if name else None
    return Picture(
        kind=kind,
        caption=_words(kind, "caption", language),
        reading=_words(kind, "reading", language),
        wide=draw_one(figure, kind, draw, title, line, language, WIDE, "w"),
        narrow=draw_one(figure, kind, draw, title, line, language, NARROW, "n"),
        dark=dark,
        file=f"{name}.svg" if name else "",
        dark_file=f"{name}-dark.svg" if name else "",
    )


def plan(figure: FigureResult, language: str) -> dict[str, Draw]:
    """Kind of chart → how to draw it, for those who want another width (slides 1600) or a dark ground."""
    made = _PLANS.get(figure.indicator.method)
    return made(figure, language) if made and figure.tables else {}


def fewer(figure: FigureResult, language: str) -> tuple[str, list[Draw]]:
    """A kind of chart and the same with ever less in it, for a slide that has no room for any whole chart."""
    is_protected = figure.indicator.method == Method.PROTECTED
    return drawn_protected.PARTS, drawn_protected.fewer_parts(figure, language) if is_protected else []


def draw_one(
    figure: FigureResult, kind: str, draw: Draw, title: str, line: str, language: str, width: int,
    suffix: str, ground: Literal["light", "dark"] = "light", heading: bool = False,
) -> Chart:  # fmt: skip
    """One chart. `suffix` keeps ids apart when the same chart stands in a page twice."""
    drawing = Drawing(
        id=f"{figure.indicator.id}-{kind}-{suffix}".replace("_", "-"),
        title=title,
        line=f"{_words(kind, 'caption', language)}. {line}",
        language="en" if language == "en" else "sv",
        width=width,
        ground=ground,
        heading=heading,
        invented=any(t.is_invented for t in figure.tables),
    )
    return draw(drawing)


def _words(kind: str, which: str, language: str) -> str:
    return str(texts.read("tables")["pictures"][kind][which][language])
