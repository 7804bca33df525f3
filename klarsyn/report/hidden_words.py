"""Lists, places and reasons of the hidden number in words."""

from __future__ import annotations

from typing import Final

from klarsyn.report import texts

JOINT: Final = "+"  # between lists that hold the same people, as the mapping writes them


def listed(name: str, language: str) -> str:
    """ "polisen"; the name itself where nobody has given it words."""
    return _word("lists", name, language)


def listed_all(names: str, language: str) -> str:
    """ "polisen + socialtjänsten" of "police+social"."""
    return f" {JOINT} ".join(listed(name, language) for name in names.split(JOINT))


def place(code: str, language: str) -> str:
    """Whose lists they are, at the head of a sentence."""
    return _word("places", code, language)


def reason(code: str, language: str) -> str:
    """Why the rule does not let more be said. KeyError for a code without words: no reason is left out."""
    return str(texts.read("hidden")["reasons"][code][language])


def _word(kind: str, name: str, language: str) -> str:
    words = texts.read("hidden")[kind].get(name)
    return str(words[language]) if words else name
