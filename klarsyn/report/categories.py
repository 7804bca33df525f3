"""Variables, categories and symbols of protected tables in words."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext

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


def cell(name: str, language: str) -> str:
    """A cell as programmes write it, "2024|gender=women", as "2024, kvinnor"; of everybody "2024, alla"."""
    period, *pairs = name.split("|")
    parts = (pair.partition("=") for pair in pairs)
    words = [category(variable, one, language) for variable, _equals, one in parts]
    return ", ".join([numbers.period(period, language), *(words or [gettext("alla")])])


def symbol(mark: str, language: str) -> str:
    """What stands in place of a number, in words."""
    words = texts.read("categories")["symbols"].get(mark)
    return str(words[language]) if words else mark
