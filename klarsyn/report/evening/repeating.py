"""A text of the evening repeats numbers that its edition has released, and makes no new one."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Final

from django.utils.translation import gettext

from klarsyn.base.errors import Refused
from klarsyn.report import store

SMALLEST: Final = 5  # below it a number of people points at somebody, wherever else the sign may stand
_MONTHS: Final = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december|"
    "january|february|march|may|june|july|august|october"
)
# What has digits and counts nobody: laws, registry numbers, days, years, money, offices' own numbering.
_NO_COUNT: Final = re.compile(
    rf"""\b(?:19|20)\d\d:\d+ | \b\d+(?:\ ?[a-f])?\ ?(?:§+|kap\.?) | §+\ ?\d+(?:\ ?[a-f]\b)? | \b\d+:\d+\b
    | \b[A-ZÅÄÖ]{{2,6}}[ -]\d{{2,4}}/\d+ | \b\d{{4}}-\d\d-\d\d\b | \b\d{{1,2}}\ (?:{_MONTHS})\b
    | \b(?:19|20)\d\d\b | \b\d[\d .,]*\ ?(?:kr|kronor|tkr|mkr|miljon(?:er)?|SEK|million)\b""",
    re.VERBOSE | re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\d+(?: \d{3})*(?:[.,]\d+)?")
_TAG: Final = re.compile(r"<[^>]*>")
_SPACES: Final = re.compile("[\u00a0\u2007\u2009\u202f]")


def check_repeats(text: str, *, slug: str) -> None:
    """Raises Refused for a number, written with digits, that does not stand in the edition `slug`."""
    told = _released(slug)
    for found in _numbers(_NO_COUNT.sub(" ", _SPACES.sub(" ", text))):
        if found not in told or float(found) < SMALLEST:
            raise Refused(
                gettext(
                    "Talet %(number)s står inte i utgåvan, eller är så litet att det kan peka ut någon. "
                    "Här upprepas bara publicerade tal: nya går genom skyddet, i nästa kartläggning. "
                    "Inget är sparat. Ta bort talet."
                )
                % {"number": found.replace(".", ",")}
            )


def _numbers(text: str) -> list[str]:
    return [found.replace(" ", "").replace(",", ".") for found in _NUMBER.findall(text)]


def _released(slug: str) -> frozenset[str]:
    """Every number on the edition's Swedish page; none when it is not there."""
    path = store.home(slug) / "sv" / "index.html"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return frozenset()


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> frozenset[str]:
    return frozenset(_numbers(_SPACES.sub(" ", unescape(_TAG.sub(" ", path.read_text(encoding="utf-8"))))))
