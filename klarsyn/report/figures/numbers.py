"""Numbers as people read them: decimal comma, no-break space and a real minus in Swedish; point and comma in English."""

from __future__ import annotations

import math
from collections.abc import Iterable

from klarsyn.report.figures.model import BadFigure, Language

NO_BREAK = "\u00a0"
MINUS = "\u2212"
_SWEDISH = str.maketrans({",": NO_BREAK, ".": ",", "-": MINUS})
_ENGLISH = str.maketrans({"-": MINUS})
_TABLES = {"sv": _SWEDISH, "en": _ENGLISH}


def number(value: float, decimals: int = 0, language: Language = "sv") -> str:
    """`value` with a fixed number of decimals.

    >>> number(1234.5, 1)
    '1\\xa0234,5'
    """
    return f"{value:z,.{decimals}f}".translate(_TABLES[language])


def decimals_for(values: Iterable[float | None]) -> int:
    """One number of decimals for a whole chart: enough to tell its values apart, never more than they can carry.

    Largest value from 100: none. From 1: one. Smaller: so many that two digits of the largest show (at most six).
    """
    largest = max((abs(v) for v in values if v is not None and math.isfinite(v)), default=0.0)
    if largest >= 100 or largest == 0:
        return 0
    if largest >= 1:
        return 1
    return min(6, 1 - math.floor(math.log10(largest)))


def interval(lower: float, upper: float, decimals: int = 0, language: Language = "sv") -> str:
    """The two ends of an interval; an open end is said in words and a negative one gets "till" instead of a dash."""
    low = number(lower, decimals, language)
    if math.isinf(upper):
        return f"{low} eller mer" if language == "sv" else f"{low} or more"
    high = number(upper, decimals, language)
    if lower < 0 or upper < 0:
        return f"{low} till {high}" if language == "sv" else f"{low} to {high}"
    return f"{low}–{high}"


def check(value: float, what: str, *, may_be_infinite: bool = False) -> float:
    """`value`, or `BadFigure` when it is not a number that can be drawn."""
    if math.isnan(value) or (math.isinf(value) and not may_be_infinite):
        raise BadFigure(f"{what}: {value} is not a number that can be drawn")
    return value
