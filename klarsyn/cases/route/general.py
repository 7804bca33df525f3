"""A question to the regional coordinator in general terms: nothing in it may point to anybody."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused

LONGEST: Final = 1000
_NUMBER: Final = re.compile(r"\d")
_ADDRESS: Final = re.compile(r"@|https?:|www\.|\b\w+\.(?:se|com|org|net|eu|nu)\b", re.I)
_SENTENCE: Final = re.compile(r"(?:^|[.!?:]\s+|\n\s*)([\"”’'(–-]*\s*)(\w+)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_FILE: Final = tomllib.loads(Path(__file__).with_name("general.toml").read_text(encoding="utf-8"))
_OPENERS: Final = frozenset(word.casefold() for word in _FILE["openers"].split())
_ALWAYS: Final = frozenset(_FILE["always"])


def check_general(text: str, names: tuple[str, ...] = ()) -> str:
    """The text, when nothing in it looks like a name or a number. Raises Refused, naming the word's place.

    `names`: words that must not stand there in any case of letters. A capital inside a sentence is taken
    for a name, and so is a first word that is no ordinary one: too often rather than too seldom. A name in
    small letters is not seen; whoever writes still reads it through.
    """
    said = text.strip()
    if not said:
        raise Refused(_("Skriv en fråga. Inget är sparat."))
    if len(said) > LONGEST:
        raise Refused(_("Frågan är för lång. Inget är sparat. Håll den under tusen tecken."))
    if _NUMBER.search(said):
        raise Refused(_("Frågan innehåller en siffra. Skriv utan nummer, datum och ålder. Inget är sparat."))
    if _ADDRESS.search(said):
        raise Refused(_("Frågan innehåller en adress. Skriv utan adresser och konton. Inget är sparat."))
    _check_names(said, names)
    return said


def _check_names(said: str, names: tuple[str, ...]) -> None:
    openers = {match.start(2) for match in _SENTENCE.finditer(said)}
    told = {name.casefold() for name in names if len(name) > 1}
    for number, match in enumerate(_WORD.finditer(said), start=1):
        word = match.group()
        is_capital = any(letter.isupper() for letter in word) and word not in _ALWAYS
        is_opener = (
            match.start() in openers and word.casefold() in _OPENERS and word[1:].islower() | (len(word) == 1)
        )
        if word.casefold() in told or (is_capital and not is_opener) or not _is_cased(word):
            raise Refused(
                _(
                    "Ord %(number)d kan vara ett namn. Skriv utan namn på människor och platser. "
                    "Inget är sparat."
                )
                % {"number": number}
            )


def _is_cased(word: str) -> bool:
    """Whether the script has capitals at all: in others a name cannot be told from a word."""
    return word.lower() != word.upper()
