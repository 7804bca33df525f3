"""A small strip under a number on the first screen: the interval largest, the number a dot on it."""

from __future__ import annotations

import math
from dataclasses import dataclass

WIDTH, HEIGHT, EDGE = 300.0, 28.0, 8.0


@dataclass(frozen=True, slots=True)
class Ends:
    """Where the scale ends. `is_log`: doublings are equally wide and a dashed line stands at 1, equal."""

    least: float
    most: float
    is_log: bool

    def at(self, value: float) -> float:
        room = WIDTH - 2 * EDGE
        if not self.is_log:
            return EDGE + room * (value - self.least) / (self.most - self.least)
        low, high = math.log(self.least), math.log(self.most)
        return EDGE + room * (math.log(max(value, self.least)) - low) / (high - low)


def rate_ends(uppers: list[float]) -> Ends:
    """From zero to a little beyond the largest upper limit."""
    return Ends(0.0, 1.1 * max(uppers, default=1.0) or 1.0, is_log=False)


def ratio_ends(lowers: list[float], uppers: list[float]) -> Ends:
    """Round 1, and a little beyond both limits."""
    least = min([0.5, *(0.85 * v for v in lowers if v > 0)])
    return Ends(least, max([2.0, *(1.15 * v for v in uppers)]), is_log=True)


def strip(value: float, lower: float, upper: float, ends: Ends) -> str:
    """An SVG for the eye alone; the words beside it say the same."""
    middle, start = HEIGHT / 2, ends.at(1.0) if ends.is_log else EDGE
    dashes = ' stroke-dasharray="4 3"' if ends.is_log else ""
    thin = 'stroke-width="1.5"'
    left, wide = ends.at(lower), ends.at(upper) - ends.at(lower)
    return (
        f'<svg class="fig r-strip" viewBox="0 0 {WIDTH:.0f} {HEIGHT:.0f}" aria-hidden="true" '
        'focusable="false">'
        f'<path class="s-rule" d="M{EDGE:.0f} {middle:.0f}H{WIDTH - EDGE:.0f}" stroke="#DCE2E6" {thin}/>'
        f'<path class="s-soft" d="M{start:.1f} 2V{HEIGHT - 2:.0f}" stroke="#4A5B6A" {thin}{dashes}/>'
        f'<rect class="f-accent-band" x="{left:.1f}" y="{middle - 4:.0f}" width="{wide:.1f}" height="8" '
        f'rx="4" fill="#3C8B87"/><circle class="f-ink" cx="{ends.at(value):.1f}" cy="{middle:.0f}" r="6.5" '
        'fill="#12263A"/></svg>'
    )
