"""Numbers as people read them: decimal comma, no-break spaces and a real minus in Swedish."""

from collections.abc import Mapping
from types import MappingProxyType

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"
EN_DASH = "\u2013"
MARKS: Mapping[str, tuple[str, str]] = MappingProxyType({"sv": (NO_BREAK_SPACE, ","), "en": (",", ".")})


def written(value: float, decimals: int = 0, language: str = "sv") -> str:
    """`written(-141081.5, 1)` is "−141 081,5"; in English "−141,081.5". Unknown languages read as Swedish."""
    thousands, point = MARKS.get(language[:2], MARKS["sv"])
    plain = f"{abs(value):,.{decimals}f}"
    text = plain.translate({ord(","): thousands, ord("."): point})
    is_zero = not plain.strip("0.,")
    return text if value >= 0 or is_zero else MINUS + text


def span(lower: float, upper: float, decimals: int = 0, language: str = "sv") -> str:
    """Two numbers with a dash: "7,02–19,29"; with spaces about it when either is negative."""
    ends = written(lower, decimals, language), written(upper, decimals, language)
    dash = f" {EN_DASH} " if MINUS in "".join(ends) else EN_DASH
    return dash.join(ends)


def percent(share: float, decimals: int = 0, language: str = "sv") -> str:
    """A share of one as percent: 0.95 is "95 %" in Swedish, "95%" in English."""
    sign = "%" if language.startswith("en") else f"{NO_BREAK_SPACE}%"
    return written(100 * share, decimals, language) + sign
