"""The word `attack` on folders that `protect` wrote, as a user meets it."""

import json
from pathlib import Path

import pytest

from smallcounts.__main__ import main
from tests.unit.smallcounts.disclosure import reference

pytestmark = pytest.mark.slow
YEAR = str(reference.DATA / "micro_2021.csv")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release of one year, its ledger and its key."""
    home = tmp_path_factory.mktemp("release")
    toml = str(reference.DATA / "programme.toml")
    assert (
        main(
            [
                "protect",
                toml,
                YEAR,
                "--ledger",
                str(home / "ledger.jsonl"),
                "--out",
                str(home / "out"),
                "--invented",
            ]
        )
        == 0
    )
    return home


def test_readers_attacks_find_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["attack", str(home / "out"), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"cells", "exact", "surely_small", "mean_abs_error", "additive", "attacks"} <= set(answer)
    assert (answer["cells"], answer["exact"], answer["surely_small"], answer["additive"]) == (145, 0, 0, True)
    assert set(answer["attacks"]) == {"A0", "A1", "A2", "A3", "A4", "A7", "A9"}
    assert answer["left_out"] == ["A5", "A6", "A8", "A10"]


def test_a_changed_table_is_refused_with_its_place(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = home / "out" / "area_gender.csv"
    kept = table.read_text(encoding="utf-8")
    table.write_text(kept.replace("2021,Nord,K,", "2021,Nord,K,17"), encoding="utf-8")
    try:
        assert main(["attack", str(home / "out"), "--quick"]) == 1
    finally:
        table.write_text(kept, encoding="utf-8")
    out, err = capsys.readouterr()
    assert "area_gender.csv, line" in out
    assert "does not withstand A9" in err


def test_a_key_beside_the_tables_is_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stray = home / "out" / "ledger.jsonl.key"
    stray.write_text("00", encoding="ascii")
    try:
        assert main(["attack", str(home / "out"), "--quick"]) == 1
    finally:
        stray.unlink()
    assert "must not lie beside what is published" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere"], "no such folder"),
        (["{out}", "--micro", str(reference.DATA / "micro_2022.csv")], "nobody is of 2021"),
        (["{out}", "--key", YEAR], "no key in hex"),
        (["{out}", "--ledger", YEAR], "ledger line 1"),
    ],
)
def test_bad_input_is_one_line_and_the_number_two(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["attack", *(a.format(out=home / "out") for a in arguments)]) == 2
    err = capsys.readouterr().err.strip().splitlines()
    assert words in err[-1]
