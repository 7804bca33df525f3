"""The report's own words and dated facts, read from the files beside this one."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """`read("law")` is law.toml as plain dicts."""
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


def filled(text: str, words: dict[str, str]) -> str:
    """The text with {municipality}, {year} … put in. KeyError names a word that nobody gives."""
    return text.format_map(words)


def english(words: str) -> str:
    """A source's Swedish words in English where we have them, else as the source wrote them."""
    return str(read("english").get(words, words))


def in_language(words: str, language: str) -> str:
    return english(words) if language == "en" else words
