"""The words for whoever seeks help: the same in every language, plain, neutral, and none forgotten."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from klarsyn.portal.visitor import FOLDER, LANGUAGES, numbers, words

PLACE = re.compile(r"\{\w+\}")
# Words that put a person under a name, and words of blame. Substrings, so that inflections are caught.
FORBIDDEN = {
    "sv": ("prostitu", "hora", "offer", "torsk", "sexsäljare", "sexköpare", "eskort"),
    "latt": ("prostitu", "hora", "offer", "torsk", "sexsäljare", "sexköpare", "eskort"),
    "en": ("prostitut", "whore", "victim", "hooker", "john ", "client", "pimp", "sex buyer"),
    "es": ("prostitu", "víctima", " puta", "cliente"),
    "pl": ("prostyt", "ofiar", "klient"),
    "ro": ("prostitu", "victim", "client"),
    "uk": ("простит", "жертв", "клієнт"),
    "ar": ("دعارة", "ضحية", "عاهر", "زبون"),
    "th": ("โสเภณี", "เหยื่อ", "ลูกค้า"),
}


def raw(code: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))


def shape(value: Any) -> Any:
    """Keys, lengths and places of a file, without its words."""
    if isinstance(value, dict):
        return {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return sorted(PLACE.findall(value))


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for inner in value.values() if isinstance(value, dict) else value:
            yield from texts(inner)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_as_much_as_swedish(code: str) -> None:
    assert shape(raw(code)) == shape(raw("sv"))
    assert all(
        text.strip() for key, part in raw(code).items() if key != "reviewed_by" for text in texts(part)
    )


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_leads_to_the_same_pages_and_names_the_same_numbers(code: str) -> None:
    assert [choice.page for choice in words(code).choices] == ["m", "k", "nara", "ung"]
    for page, named in {"k": ("90101", "112"), "ung": ("116 111", "112"), "nara": ("112",)}.items():
        said = " ".join(texts(raw(code)[page]))
        assert all(number in said for number in named), (code, page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_are_neutral(code: str) -> None:
    said = " ".join(texts(raw(code))).lower()
    assert [word for word in FORBIDDEN[code] if word in said] == []


@pytest.mark.parametrize("code", ["sv", "latt", "en", "es", "pl", "ro", "uk"])
def test_sentences_are_short(code: str) -> None:
    most = 14 if code == "latt" else 20
    sentences = [s for text in texts(raw(code)) for s in re.split(r"(?<=[.?!])\s+", text)]
    assert [s for s in sentences if len(s.split()) > most] == []


@pytest.mark.parametrize(("code", "most"), [("sv", 30), ("latt", 25)])
def test_swedish_is_as_easy_as_a_childrens_book(code: str, most: int) -> None:
    """LIX: words a sentence plus the percentage of words over six letters; under 30 is a children's book."""
    prose = [
        t
        for part in ("m", "k", "nara", "ung", "skrivs", "spar")
        for t in texts(raw(code)[part])
        if t[-1] in ".?!"
    ]
    every = re.findall(r"[a-zåäöé]+", " ".join(prose).lower())
    lix = len(every) / len(re.findall(r"[.?!]", " ".join(prose))) + 100 * sum(
        len(w) > 6 for w in every
    ) / len(every)
    assert lix < most


def test_every_number_has_its_source() -> None:
    assert {one.number for one in numbers(date(2026, 11, 26))} == {"112", "90101", "116 111"}
    assert all(
        one.source.startswith("https://") and one.call == f"tel:{one.number.replace(' ', '')}"
        for one in numbers(date(2026, 11, 26))
    )
    assert all(one.label in words(code).ui for one in numbers(date(2026, 11, 26)) for code in LANGUAGES)
