"""The guide's words: the same in every language, short, neutral; its facts with their sources and days."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from klarsyn.concerns.guide import content
from klarsyn.concerns.guide.content import ASKS_ON, LANGUAGES, NOWS
from klarsyn.portal import visitor
from tests.unit.portal.test_words import FORBIDDEN, shape, texts

HERE = Path(content.__file__).parent
FULL = ("sv", "en")
TODAY = date(2026, 11, 26)


def raw(part: str, code: str) -> dict[str, Any]:
    return tomllib.loads((HERE / part / f"{code}.toml").read_text(encoding="utf-8"))


def told(code: str) -> Iterator[str]:
    yield from texts(raw("words", code))
    if code in FULL:
        yield from texts(raw("more", code))


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_says_as_much_as_swedish(code: str) -> None:
    said = raw("words", code)
    assert shape(said) == shape(raw("words", "sv"))
    assert all(text.strip() for key, part in said.items() if key != "reviewed_by" for text in texts(part))


def test_it_speaks_the_languages_of_the_pages_around_it() -> None:
    assert LANGUAGES == visitor.LANGUAGES
    assert [code for code in LANGUAGES if content.words(code).more] == list(FULL)
    assert shape(raw("more", "sv")) == shape(raw("more", "en"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_are_neutral_and_never_a_score(code: str) -> None:
    said = " ".join(told(code)).lower()
    assert [word for word in FORBIDDEN[code] if word in said] == []
    assert not re.search(r"\d+ (?:av|of) \d+|poäng|\bscore\b|risknivå", said)


@pytest.mark.parametrize("code", ["sv", "latt", "en", "es", "pl", "ro", "uk"])
def test_sentences_are_short(code: str) -> None:
    most = 14 if code == "latt" else 20
    sentences = [s for text in told(code) for s in re.split(r"(?<=[.?!])\s+", text)]
    assert [s for s in sentences if len(s.split()) > most] == []


def test_swedish_is_as_easy_as_a_childrens_book() -> None:
    """LIX: words a sentence plus the percentage of words over six letters; under 30 is a children's book."""
    prose = [t for key, part in raw("words", "sv").items() for t in texts(part) if t and t[-1] in ".?!"]
    prose += [t for part in raw("more", "sv")["roles"].values() for t in texts(part)]
    every = re.findall(r"[a-zåäöé]+", " ".join(prose).lower())
    sentences = len(re.findall(r"[.?!]", " ".join(prose)))
    assert len(every) / sentences + 100 * sum(len(w) > 6 for w in every) / len(every) < 30


@pytest.mark.parametrize("code", LANGUAGES)
def test_danger_is_112_a_child_a_report_and_nobody_is_confronted(code: str) -> None:
    said = content.words(code).text
    assert "112" in said["fara"]["heading"] and "112" in said["fara"]["steps"][0]
    for key in ("barn_must", "barn_may"):
        assert "112" in " ".join(said[key]["steps"]) and "socialjour" in " ".join(said[key]["steps"]).lower()
    for key in ("vuxen_work", "vuxen_own"):
        assert "114 14" in " ".join(said[key]["steps"])


@pytest.mark.parametrize("code", FULL)
def test_every_role_sight_and_law_has_its_words(code: str) -> None:
    more = content.words(code).more
    assert more is not None
    for role in content.roles():
        assert set(role.sights) <= set(more["sights"]) and set(role.laws) <= set(more["laws"])
        assert more["roles"][role.key]["do"] and more["roles"][role.key]["not"]
        assert "berattat" in role.sights and "kansla" in role.sights  # nobody is left without an answer
    used = {key for role in content.roles() for key in role.sights}
    assert set(more["sights"]) == used and set(more["roles"]) == {role.key for role in content.roles()}


def test_signs_have_sources_and_laws_have_days() -> None:
    for role in content.roles():
        assert all(source.startswith("https://") for key in role.sights for source in content.sources(key))
        assert [law.key for law in content.laws(role.laws, TODAY)] == list(role.laws)
        assert all(law.source.startswith("SFS ") for law in content.laws(role.laws, TODAY))
        assert content.laws(("kop",), date(2025, 6, 30)) == ()  # it read otherwise the day before


def test_whom_to_phone_follows_the_role_and_how_it_is() -> None:
    school, cleaner, neighbour = (content.role(key) for key in ("skola", "stad", "granne"))
    assert school.steps("barn") == "barn_must" and cleaner.steps("barn") == "barn_may"
    assert "support_line" in cleaner.calls("vuxen") and "support_line" not in neighbour.calls("vuxen")
    assert all(role.calls("fara") == ("emergency",) for role in content.roles())
    assert all(role.calls("barn")[0] == "social" for role in content.roles())
    assert {role.steps(now) for role in content.roles() for now in NOWS} == {
        "fara", "barn_must", "barn_may", "vuxen_work", "vuxen_own",
    }  # fmt: skip
    assert "fara" not in ASKS_ON
