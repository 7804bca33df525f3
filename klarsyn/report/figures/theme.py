"""Colours and sizes. Every colour is a role with a class: the stylesheet changes it, the chart stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from klarsyn.report.figures.model import Ground

FONT: Final = "'Source Sans 3', 'Source Sans Pro', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"

Palette = dict[str, str]

LIGHT: Final[Palette] = {
    "ink": "#12263A",  # text, estimates
    "soft": "#4A5B6A",  # secondary text, axes
    "rule": "#DCE2E6",  # grid: helps the eye, carries nothing
    "band": "#788B9B",  # intervals
    "accent": "#0B6E69",  # the home municipality
    "accent-band": "#3C8B87",  # its interval
    "grey": "#687A89",  # other areas
    "paper": "#FFFFFF",
    "wash": "#EEF2F4",  # between the 95 and 99.8 per cent limits
    "wash-2": "#DDE5EA",  # inside the 95 per cent limits
    "amber": "#8A5200",
    "amber-paper": "#FFF4DC",
    "none": "#ECE8E1",  # no figure
    "c1": "#DCE6EE",
    "c2": "#A3B9CB",
    "c3": "#6F8FA9",
    "c4": "#3E627F",
    "c5": "#12304C",
    "c1-line": "#12263A",
    "c2-line": "#12263A",
    "c3-line": "#12263A",
    "c4-line": "#FFFFFF",
    "c5-line": "#FFFFFF",
}
DARK: Final[Palette] = {
    "ink": "#F6F2EA",
    "soft": "#BECAD4",
    "rule": "#31475C",
    "band": "#7489A0",
    "accent": "#6CCFC4",
    "accent-band": "#46888A",
    "grey": "#8FA3B4",
    "paper": "#12263A",
    "wash": "#1B3249",
    "wash-2": "#284159",
    "amber": "#F5BE62",
    "amber-paper": "#3A2A0C",
    "none": "#1C2B38",
    "c1": "#2F4F6B",
    "c2": "#4A7396",
    "c3": "#7AA2C0",
    "c4": "#B0CDE0",
    "c5": "#EDF5FA",
    "c1-line": "#F6F2EA",
    "c2-line": "#F6F2EA",
    "c3-line": "#12263A",
    "c4-line": "#12263A",
    "c5-line": "#12263A",
}


def palette(ground: Ground) -> Palette:
    return LIGHT if ground == "light" else DARK


@dataclass(frozen=True, slots=True)
class Sizes:
    """Lengths for one kind of place, in the units of the viewBox."""

    name: str  # page | narrow | slide: class on the <svg>
    label: float  # type size of names and values
    small: float  # type size of ticks and notes
    head: float  # type size of a title drawn in the picture
    dot: float  # radius of an estimate
    band: float  # width of an interval
    hair: float  # grid lines and axes
    pen: float  # drawn lines: targets, series, rings
    step: float  # the grid that distances are multiples of
    plot: float  # height of a plot with a vertical axis

    @property
    def is_narrow(self) -> bool:
        return self.name == "narrow"


PAGE: Final = Sizes("page", 16, 14, 22, 6, 11, 1, 1.5, 8, 300)
NARROW: Final = Sizes("narrow", 17, 15, 21, 6, 11, 1, 1.5, 8, 260)
SLIDE: Final = Sizes("slide", 44, 40, 60, 14, 26, 2, 4, 20, 500)


def sizes_for(width: int) -> Sizes:
    if width < 500:
        return NARROW
    return PAGE if width < 1200 else SLIDE
