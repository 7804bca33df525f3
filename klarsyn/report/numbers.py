"""Numbers as sentences and tables of the report write them, in Swedish and English."""

from __future__ import annotations

import math
import re
from typing import Final

from klarsyn.base.numbers import EN_DASH, NO_BREAK_SPACE, written
from klarsyn.report.dates import month

_MONTHS_OF: Final = re.compile(r"(\d{4})-(\d{2})/(\d{4})-(\d{2})")
_YEARS: Final = re.compile(r"(?<=\b\d{4})-(?=\d{4}\b)")
_SIBILANTS: Final = ("s", "x", "z")


def count(value: float, language: str) -> str:
    return written(round(value), 0, language)


def rate(value: float, language: str) -> str:
    """A rate with two decimals below 100, as sources print it; the interval says how little is certain."""
    return written(value, 2 if value < 100 else 1, language)


def mean(value: float, language: str) -> str:
    """An expected count: one decimal, two below 1."""
    return written(value, 1 if value >= 1 or value == 0 else 2, language)


def ratio(value: float, language: str) -> str:
    """A ratio with two decimals, more only where two would round it onto 1 and change what it says."""
    decimals = 2
    while value != 1 and round(value, decimals) == 1 and decimals < 5:
        decimals += 1
    return written(value, decimals, language)


def percent(value: float, language: str) -> str:
    """A share given in percent: "9,5 %"; whole numbers without a decimal."""
    return written(value, 0 if float(value).is_integer() else 1, language) + _sign(language)


def chance(value: float, language: str) -> str:
    """A probability as percent; never "0 %" or "100 %", since a rounded 1 is not a certainty."""
    if value < 0.01:
        return ("mindre än 1" if language == "sv" else "less than 1") + _sign(language)
    if value > 0.99:
        return ("mer än 99" if language == "sv" else "more than 99") + _sign(language)
    return written(100 * value, 0, language) + _sign(language)


def _sign(language: str) -> str:
    return f"{NO_BREAK_SPACE}%" if language == "sv" else "%"


def interval(lower: float, upper: float, language: str, write: object = rate) -> str:
    """Two ends with a dash; an end that is not finite is said in words."""
    assert callable(write)
    if math.isinf(upper):
        return f"{'från' if language == 'sv' else 'from'} {write(lower, language)} {_unbounded(language)}"
    return f"{write(lower, language)}{EN_DASH}{write(upper, language)}"


def _unbounded(language: str) -> str:
    return "utan övre gräns" if language == "sv" else "without an upper limit"


def period(value: str, language: str = "sv") -> str:
    """2007/2019 as 2007–2019, 2023-2024 as 2023–2024, 2020-01/2020-08 as januari–augusti 2020."""
    found = _MONTHS_OF.fullmatch(value)
    if found and found[1] == found[3]:
        return f"{month(int(found[2]), language)}{EN_DASH}{month(int(found[4]), language)} {found[1]}"
    return _YEARS.sub(EN_DASH, value.replace("/", EN_DASH))


def region(name: str) -> str:
    """Öst, for sentences that already say police region."""
    return name.removeprefix("Polisregion ")


def genitive(name: str, language: str) -> str:
    """Jönköpings, Borås, Växjös; in English Jönköping’s, Borås’."""
    if language == "sv":
        return name if name.lower().endswith(_SIBILANTS) else name + "s"
    return f"{name}’" if name.lower().endswith("s") else f"{name}’s"


def listing(words: list[str], language: str) -> str:
    """a, b och c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'och' if language == 'sv' else 'and'} {words[-1]}"


def capital(text: str) -> str:
    """The first letter large, the rest as it was."""
    return text[:1].upper() + text[1:]
