"""Every text on screen has its English, with the same places for numbers, and no English is left over."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from tests.architecture.house import ROOMS, ROOT, code, tracked

WORDS = {
    "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2), "_": None,
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "now": None, "later": None,
}  # fmt: skip
CALLED = re.compile(r"^from django\.utils\.translation import \w*gettext\w* as (\w+)$", re.MULTILINE)
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def _texts(room: str) -> set[str]:
    here = ROOT / "klarsyn" / room
    found: set[str] = set()
    for path in code():
        if here in path.parents:
            found |= _extract(path.read_text(encoding="utf-8"))
    for path in tracked(f"klarsyn/{room}/**/*.html", f"klarsyn/{room}/**/*.txt"):
        found |= _extract(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
    return found


def _extract(source: str) -> set[str]:
    found: set[str] = set()
    stream = io.BytesIO(source.encode("utf-8"))
    for _, function, message, _ in extract_python(stream, WORDS, [], {"encoding": "utf-8"}):
        parts = message if isinstance(message, tuple) else (message,)
        parts = parts[1:] if str(function).startswith("pgettext") else parts
        found |= {p for p in parts if isinstance(p, str) and p}
    return found


def _catalog(room: str) -> Catalog:
    path = ROOT / "klarsyn" / room / "locale" / "en" / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale="en")
    with Path.open(path, "rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def _pairs(room: str) -> dict[str, list[str]]:
    pairs: dict[str, list[str]] = {}
    for message in _catalog(room):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for one in ids:
            pairs[one] = [] if message.fuzzy else [s for s in strings if s]
    return pairs


def test_no_text_is_called_by_a_name_that_is_not_looked_for() -> None:
    names = {name for path in code() for name in CALLED.findall(path.read_text(encoding="utf-8"))}
    assert "_" in names and sorted(names - set(WORDS)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_text_has_its_english(room: str) -> None:
    pairs = _pairs(room)
    assert sorted(t for t in _texts(room) if not pairs.get(t)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_no_english_is_left_over(room: str) -> None:
    assert sorted(set(_pairs(room)) - _texts(room)) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_keeps_the_places_for_numbers(room: str) -> None:
    wrong = [
        text
        for text, strings in _pairs(room).items()
        for string in strings
        if not set(PLACE.findall(string)) <= set(PLACE.findall(text)) | {"%(count)s"}
    ]
    assert wrong == []
