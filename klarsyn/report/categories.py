"""Variables, categories and symbols of protected tables in words."""

from __future__ import annotations

from typing import Final

from klarsyn.report import numbers, texts

MERGED: Final = " & "  # how a programme names categories that were merged for want of people


def variable(name: str, language: str) -> str:
    """ "ålder"; the name itself where nobody has given it words."""
    words = texts.read("categories")["variables"].get(name)
    return str(words[language]) if words else name


def category(variable: str, name: str, language: str) -> str:
    """ "18–24 år"; merged categories are listed."""
    return numbers.listing([_one(variable, part, language) for part in name.split(MERGED)], language)


def _one(variable: str, name: str, language: str) -> str:
    words = texts.read("categories")["categories"].get(variable, {}).get(name)
    return str(words[language]) if words else name


def symbol(mark: str, language: str) -> str:
    """What stands in place of a number, in words."""
    words = texts.read("categories")["symbols"].get(mark)
    return str(words[language]) if words else mark
