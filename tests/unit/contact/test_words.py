"""The words of times, cards and calls: as much in every language, the same places, no word that puts a label on anybody."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from klarsyn import contact
from tests.unit.portal.test_words import FORBIDDEN

FOLDER = Path(contact.__file__).parent / "words"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
PLACE = re.compile(r"\{\w+\}")


def texts(code: str) -> Iterator[tuple[str, str]]:
    held = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    for part in ("booking", "card", "call", "print"):
        yield from ((f"{part}.{key}", text) for key, text in held[part].items())


def test_there_are_nine() -> None:
    assert LANGUAGES == ["ar", "en", "es", "latt", "pl", "ro", "sv", "th", "uk"]


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_as_much_with_the_same_places(code: str) -> None:
    own, swedish = dict(texts(code)), dict(texts("sv"))
    assert list(own) == list(swedish)
    assert {k: sorted(PLACE.findall(v)) for k, v in own.items()} == {
        k: sorted(PLACE.findall(v)) for k, v in swedish.items()
    }
    assert all(text.strip() == text and text for text in own.values())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_text_labels_anybody(code: str) -> None:
    found = [k for k, text in texts(code) for word in FORBIDDEN[code] if word in text.casefold()]
    assert found == []
