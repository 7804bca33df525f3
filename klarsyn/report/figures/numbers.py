"""Numbers as people read them: in Swedish decimal comma, no-break space and a real minus."""

from __future__ import annotations

import math
from collections.abc import Iterable

from klarsyn.report.figures.model import BadFigure, Language

NO_BREAK = "\u00a0"
MINUS = "\u2212"
_FORMATS = tuple(f"z,.{decimals}f" for decimals in range(13))  # z: never a minus before nought


def number(value: float, decimals: int = 0, language: Language = "sv") -> str:
    """`value` with a fixed number of decimals (0 to 12).

    >>> number(1234.5, 1)
    '1\\xa0234,5'
    """
    written = format(value, _FORMATS[decimals])
    if language == "sv":
        written = written.replace(",", NO_BREAK).replace(".", ",")
    return written if value >= 0 else written.replace("-", MINUS)


def decimals_for(values: Iterable[float | None]) -> int:
    """One number of decimals for a whole chart: enough to tell values apart, never more than they carry.

    Largest value from 100: none. From 1: one. Smaller: two digits of the largest show (at most six).
    """
    largest = max([abs(v) for v in values if v is not None and math.isfinite(v)], default=0.0)
    if largest >= 100 or largest == 0:
        return 0
    if largest >= 1:
        return 1
    return min(6, 1 - math.floor(math.log10(largest)))


def interval(lower: float, upper: float, decimals: int = 0, language: Language = "sv") -> str:
    """The two ends of an interval; an open end is said in words, negative ones get a dash with spaces."""
    low = number(lower, decimals if lower else 0, language)
    if math.isinf(upper):
        return f"{low} eller mer" if language == "sv" else f"{low} or more"
    high = number(upper, decimals, language)
    if lower < 0 or upper < 0:
        return f"{low} – {high}"
    return f"{low}–{high}"


def check(value: float, what: str, *, may_be_infinite: bool = False) -> float:
    """`value`, or `BadFigure` when it is not a number that can be drawn."""
    if math.isnan(value) or (math.isinf(value) and not may_be_infinite):
        raise BadFigure(f"{what}: {value} is not a number that can be drawn")
    return value
