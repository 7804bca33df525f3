"""How exact a hidden number may be said: totals to tens, limits outwards, shares in per cent."""

from __future__ import annotations

import math
from typing import Final

from smallcounts.results import Cell

STEP: Final = 10  # persons: what totals and their limits are rounded to


def nearest(value: float | None) -> float | None:
    """To the nearest ten; None where there is no finite number."""
    return None if value is None or not math.isfinite(value) else float(round(value / STEP) * STEP)


def below(value: float | None) -> float | None:
    """To ten, outwards: a limit never says more than it knows."""
    return None if value is None or not math.isfinite(value) else float(math.floor(value / STEP) * STEP)


def above(value: float | None) -> float | None:
    """To ten, outwards."""
    return None if value is None or not math.isfinite(value) else float(math.ceil(value / STEP) * STEP)


def share(value: Cell) -> float | None:
    """A share as per cent with one decimal; None where there is no finite number."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(100 * float(value), 1)
