"""What attacks find, in the reader's language."""

import re
import tomllib
from pathlib import Path

import pytest

from klarsyn.mapping.audit import AttackResult, Audit
from klarsyn.mapping.codec import decode, encode
from klarsyn.report import attack_words, protection, texts
from tests.unit.report import frozen_protected

ENGLISH = re.compile(
    r"\b(the|of|and|cells|with|over|small|exact|figures?|found|differ|gain|by|is|are)\b", re.I
)
MADE = {
    "A0": {"broken": 2.0},
    "A1": {"cells": 219.0, "exact": 0.0, "surely_small": 3.0},
    "A2": {"exact": 0.0, "surely_small": 0.0, "programs": 8.0, "tables": 1000.0},
    "A3": {"small": 0.71, "exact": 0.4, "gap": 0.01},
    "A4": {"pairs": 1200.0, "single_years": 0.0, "found": 0.0},
    "A5": {"runs": 100.0, "persons": 20.0, "differ": 0.0},
    "A6": {"several, gain": -0.021, "several, low": -0.05, "several, high": 0.008},
    "A7": {"mean": 0.012, "form": 0.02, "gender": 0.0},
    "A8": {"agencies": 5.0, "exact": 0.0, "surely_small": 0.0},
    "A9": {"derived": 0.0, "files": 0.0, "found": 0.0},
    "A10": {"faults": 90.0, "caught": 90.0, "A1": 50.0},
    "A11": {"links": 3.0, "exact": 0.0, "surely_small": 2.0, "above": 1.0},
}


def result(code: str, numbers: dict[str, float]) -> AttackResult:
    return AttackResult(code, False, "0 exact", ("2024|gender=men",), "merge", numbers=tuple(numbers.items()))


@pytest.mark.parametrize("code", protection.ATTACKS)
def test_each_attack_has_its_sentence_and_its_remedy_in_both_languages(code: str) -> None:
    made = result(code, MADE[code])
    for language in ("sv", "en"):
        said, helps = attack_words.found(made, language), attack_words.remedy(made, language)
        assert said.endswith(".") and helps.endswith(".") and "{" not in said + helps
        assert bool(ENGLISH.search(said + helps)) is (language == "en")


@pytest.mark.parametrize(("code", "numbers", "text"), [
    ("A1", MADE["A1"], "Av 219 celler går 0 att räkna ut på en människa när, och 3 är säkert små."),
    ("A3", MADE["A3"], "Den största sannolikheten för ett litet antal är 71 %, för ett bestämt antal 40 %."),
    ("A6", MADE["A6"], "med flera villkor −2,1 procentenheter (−5,0 till +0,8)."),
    ("A6", {"guesses": 0.0}, "ingenting att gissa på"),
    ("A7", MADE["A7"], "i medeltal +1,2 procentenheter: form +2,0; kön 0,0."),
    ("A8", {"agencies": 0.0}, "Ingen uppgift säger"),
    ("A3", {"carried_through": 0.0}, "kunde inte genomföras"),
])  # fmt: skip
def test_numbers_stand_in_the_sentence(code: str, numbers: dict[str, float], text: str) -> None:
    assert text in attack_words.found(result(code, numbers), "sv").replace("\u00a0", " ")


@pytest.mark.parametrize(("name", "text"), [
    ("2024|gender=women", "2024, kvinnor"),
    ("2024", "2024, alla"),
    ("2024|gender=women less 2023|gender=men", "2024, kvinnor minus 2023, män"),
    ("cells of several", "celler med flera villkor"),
    ("variable gender", "kön"),
])  # fmt: skip
def test_what_an_attack_names_is_said_in_words(name: str, text: str) -> None:
    assert attack_words.place(name, "sv") == text


def test_a_place_in_a_file_is_said_in_words() -> None:
    assert attack_words.place_in_file("data.csv, line 3: 83", "sv") == "data.csv, rad 3: 83"
    assert attack_words.place_in_file("sv-index.html, comment: 83", "en") == "sv-index.html, a comment: 83"


def test_a_result_without_numbers_has_no_sentence_of_ours() -> None:
    old = decode(
        AttackResult, {"code": "A1", "is_passed": True, "detail": "0 exact", "cells": [], "remedy": ""}
    )
    assert (attack_words.found(old, "sv"), attack_words.remedy(old, "sv")) == ("", "")


@pytest.mark.slow
def test_an_audit_frozen_before_verdicts_had_numbers_is_read_and_shown_in_its_own_english() -> None:
    plain = encode(frozen_protected.audit())
    assert isinstance(plain, dict)
    for figure in plain["figures"]:
        for attack in figure["attacks"]:
            del attack["numbers"]
    old: Audit = decode(Audit, plain)
    (figure,) = protection.shown(old, {}, "sv", has_truth=False)
    details = {attack.code: attack.detail for attack in old.figures[0].attacks}
    assert {shown.code for shown in figure.attacks} >= set(details) and details
    for shown in (a for a in figure.attacks if a.code in details):
        assert shown.is_foreign and shown.detail == details[shown.code]


@pytest.mark.slow
def test_every_attack_that_is_made_gives_the_numbers_its_sentence_needs() -> None:
    (figure,) = protection.shown(frozen_protected.audit(), {}, "sv", has_truth=False)
    assert len(figure.attacks) >= 9
    for one in figure.attacks:
        assert not one.is_foreign and not ENGLISH.search(one.detail), one.detail


def test_the_texts_name_both_languages() -> None:
    raw = tomllib.loads((Path(texts.__file__).parent / "attacks.toml").read_text(encoding="utf-8"))
    for code in protection.ATTACKS:
        assert set(raw[code]["found"]) == set(raw[code]["remedy"]) == {"sv", "en"}
