"""Items as files, codes as people type them, and scores: nothing here touches a database."""

import tomllib
from pathlib import Path

import pytest

from klarsyn.training.attitudes import code
from klarsyn.training.attitudes.items import FOLDER, ItemsError, find, read_items
from klarsyn.training.attitudes.limits import limit
from klarsyn.training.attitudes.tables import EVERYONE, INDEX, scores
from tests.unit.training.surveys import DAY, basics

GOOD = (FOLDER / "basics-1.toml").read_text(encoding="utf-8")


def test_the_shipped_items_are_of_both_kinds_and_turned_in_about_half() -> None:
    attitudes, knowledge = basics().of("attitude"), basics().of("knowledge")
    assert len(attitudes) == len(knowledge) == 8
    assert sum(i.is_reversed for i in attitudes) == sum(i.right for i in knowledge) == 4
    assert find("basics", "2") is None


def test_a_turned_item_is_scored_turned_and_unsure_is_not_right() -> None:
    turned, plain = (next(i for i in basics().of("attitude") if i.is_reversed is r) for r in (True, False))
    assert (turned.score(1), plain.score(1)) == (5, 1)
    false = next(i for i in basics().of("knowledge") if not i.right)
    assert [false.score(answer) for answer in (0, 1, 2)] == [1, 0, 0]


def test_the_sum_is_of_those_who_skipped_nothing_and_odd_answers_are_left_out() -> None:
    whole = {i.id: 3 for i in basics().of("attitude")}
    assert scores(basics(), whole)[INDEX] == 24
    assert INDEX not in scores(basics(), whole | {"anyone": 9})
    assert scores(basics(), {}) == {EVERYONE: 0}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('version = "1"', 'version = "2"', "must be called"),
        ("right = true", "right = 1", "true or false"),
        ('kind = "knowledge"', 'kind = "fact"', "says reversed"),
        ('id = "anyone"', 'id = "own-choice"', "an id of its own"),
        ('id = "anyone"', 'id = "Vem?"', "short word"),
        ("reversed = false", "reversed = false\nturn = 1", "unknown field 'turn'"),
        ('en = "Anyone', 'se = "Anyone', "unknown field 'se'"),
        ('"Completely true"', '""', "[scale]"),
        ("key =", "key", "no TOML"),
    ],
)
def test_a_fault_in_a_file_is_told_with_its_mend(tmp_path: Path, old: str, new: str, said: str) -> None:
    file = tmp_path / "basics-1.toml"
    file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ItemsError) as fault:
        read_items(file)
    assert said in str(fault.value) and str(fault.value).startswith("basics-1.toml: ")


def test_another_word_or_scoring_is_another_fingerprint(tmp_path: Path) -> None:
    file = tmp_path / "basics-1.toml"
    for old, new in (("Vem som helst", "Vem än"), ("right = true", "right = false"), ("Neither", "Both")):
        file.write_text(GOOD.replace(old, new, 1), encoding="utf-8")
        assert read_items(file).fingerprint != basics().fingerprint
    file.write_text(f"# a remark\n{GOOD}", encoding="utf-8")
    assert read_items(file).fingerprint == basics().fingerprint


@pytest.mark.parametrize("typed", [("an", "ga", "47", "k", ""), (" A N", "Ga\u200f", "٤٧", "K ", " ")])
def test_the_same_code_however_it_is_typed(typed: tuple[str, ...]) -> None:
    assert code.read(typed) == "ANGA47K"


def test_letters_of_any_script_and_accents_put_together() -> None:
    assert code.read(("A\u030as", "žš", "07", "ä", "7")) == "ÅSŽŠ07Ä7"


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (0, "A"),
        (0, "A1"),
        (1, "🙂🙂"),
        (1, "A\x00"),
        (2, "4"),
        (2, "19121212-1212"),
        (3, ""),
        (3, "x" * 10**6),
        (4, "ab"),
        (4, "!"),
    ],
)
def test_what_is_no_code_names_its_part(part: int, text: str) -> None:
    typed = ["an", "ga", "47", "k", ""]
    typed[part] = text
    with pytest.raises(code.NoCode) as wrong:
        code.read(typed)
    assert wrong.value.part == part


def test_the_limits_are_data_with_days() -> None:
    rows = tomllib.loads((FOLDER.parent / "limits.toml").read_text(encoding="utf-8"))["limits"]
    assert {row["what"] for row in rows} == {"pairs", "answers", "days_open"} and limit("pairs", DAY) == 10
    with pytest.raises(ValueError, match="no pairs holds"):
        limit("pairs", DAY.replace(year=2020))
