"""Instruments as files: no licence, no instrument; a fault is named by its line; scores say when there is none."""

from pathlib import Path

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.instruments.reading import read_instrument
from klarsyn.cases.instruments.shelf import OWN_QUESTIONS, shelf

GOOD = """key = "skattning"
version = 2
licence = "Eget"
licence_confirmed_by = "Jurist, 2026-11-01"
title = { sv = "Skattning", en = "Rating" }
receptions = ["kast"]
times = ["start", "3"]

[scoring]
method = "sum"
least = 2

[[item]]
key = "a"
text = { sv = "Ett?", en = "One?" }
answers = [ { value = 0, sv = "nej", en = "no" }, { value = 1, sv = "ja", en = "yes" } ]

[[item]]
key = "b"
text = { sv = "Två?", en = "Two?" }
reversed = true
answers = [ { value = 1, sv = "nej", en = "no" }, { value = 5, sv = "ja", en = "yes" } ]
"""
FAULTS = [  # what is changed, into what, the line that is named, a word of the sentence
    ('licence = "Eget"\n', "", 1, "licence saknas"),
    ('licence = "Eget"', 'licence = "  "', 3, "licence saknas"),
    ('"Jurist, 2026-11-01"', '""', 4, "licence_confirmed_by saknas"),
    ("version = 2", "version = 0", 2, "heltal"),
    ("version = 2", "version = true", 2, "heltal"),
    ('key = "skattning"', 'key = "Skattning 1"', 1, "små bokstäver"),
    ('en = "Rating"', 'de = "Skala"', 5, "båda språken"),
    ('["kast"]', '["kast", "annan"]', 6, "mika, kast"),
    ('"3"]', '"6"]', 7, "start, 3, 12, other"),
    ('method = "sum"', 'method = "median"', 9, "mean, sum eller none"),
    ("least = 2", "least = 3", 11, "heltal från 1 till 2"),
    ('key = "b"', 'key = "a"', 19, "samma key"),
    ('text = { sv = "Två?", en = "Two?" }\n', "", 18, "båda språken"),
    ("value = 5", "value = 1", 22, "samma value"),
    ("value = 5", 'value = "5"', 22, "heltal"),
    ("reversed = true", "reversed = 1", 21, "true eller false"),
    ("reversed = true", "omvand = true", 21, "omvand finns inte"),
    ("version = 2", "version = 2\nutgava = 1", 3, "utgava finns inte"),
    ("[scoring]", "[scoring", 9, "TOML"),
    ('key = "b"', 'key = "b', 19, "TOML"),
]


@pytest.mark.parametrize(("old", "new", "line", "word"), FAULTS)
def test_a_fault_is_named_by_its_line(old: str, new: str, line: int, word: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(Refused, match=rf"min\.toml, rad {line}: .*{word}.*används inte"):
        read_instrument(GOOD.replace(old, new), file="min.toml")


def test_a_score_turns_the_reversed_and_is_none_with_too_few_answers() -> None:
    found = read_instrument(GOOD, file="min.toml")
    assert found.score({"a": 1, "b": 1}) == 6
    assert found.score({"a": 1}) is None
    assert found.score({}) is None


def test_our_own_questions_are_few_and_for_both_receptions() -> None:
    assert OWN_QUESTIONS.receptions == ("mika", "kast") and OWN_QUESTIONS.times == ("start", "3", "12")
    assert len(OWN_QUESTIONS.items) == 6
    best = {item.key: 0 if item.is_reversed else 4 for item in OWN_QUESTIONS.items}
    assert OWN_QUESTIONS.score(best) == 4


def test_the_shelf_holds_good_files_and_tells_of_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "b.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.toml").write_text(GOOD.replace('licence = "Eget"\n', ""), encoding="utf-8")
    (tmp_path / "d.toml").write_bytes(GOOD.encode("utf-16"))
    (tmp_path / "e.toml").write_text("#" * 300_000)
    found = shelf(tmp_path)
    assert set(found.instruments) == {"own_questions", "skattning"}
    assert [said.partition(",")[0] for said in found.refused] == ["b.toml", "c.toml", "d.toml", "e.toml"]


def test_no_folder_is_only_our_own(tmp_path: Path) -> None:
    assert set(shelf(tmp_path / "nothing").instruments) == {"own_questions"}
