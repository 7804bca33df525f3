"""`python -m smallcounts estimate`: as a user in a shell meets it."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from smallcounts.__main__ import main
from smallcounts.mse import command

KOREA = "b,c,d,count\n0,0,1,41\n0,1,0,5\n1,0,0,5\n1,1,0,54\n1,0,1,6\n1,1,1,12\n"
YEARS = "year,b,c,d,count\n" + "".join(
    f"{year},{row}\n" for year in (2020, 2021) for row in KOREA.splitlines()[1:]
)
KEYS = {"method", "model", "state", "observed", "unseen", "estimate", "lower", "upper", "level", "warnings"}


@pytest.fixture
def lists(tmp_path: Path) -> str:
    file = tmp_path / "lists.csv"
    file.write_text(KOREA, encoding="utf-8")
    return str(file)


def test_a_shell_gets_one_json_object(lists: str) -> None:
    words = ["estimate", lists, "--method", "bic", "--bootstrap", "1000", "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "smallcounts", *words], capture_output=True, check=False, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, b"")
    told = json.loads(done.stdout)
    assert set(told) >= KEYS and told["model"] == "[12,23]" and told["draws"] == 1000
    assert told["estimate"] == pytest.approx(157.1666667) and told["lower"] < 157 < told["upper"]


def test_the_summary_is_for_reading(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        main(
            ["estimate", lists, "--no-panel", "--bootstrap", "1000", "--level", "0.8", "--threshold", "0.02"]
        )
        == 0
    )
    said = capsys.readouterr()
    assert "stepwise [12,3], interior" in said.out and "0.8 interval" in said.out and said.err == ""


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xef\xbb\xbf" + KOREA.encode())))
    assert main(["estimate", "-", "--method", "independence"]) == 0
    assert "142" in capsys.readouterr().out


def test_an_unbounded_number_is_null_with_its_state(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "apart.csv"
    file.write_text("NG,PF,GO,count\n1,0,0,1\n0,1,0,11\n0,0,1,8\n", encoding="utf-8")
    for method in ("auto", "independence", "stepwise", "bic", "downhill"):
        assert main(["estimate", str(file), "--method", method, "--json", "--no-panel"]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (told["state"], told["estimate"]) == ("unbounded", None) and "no_overlap" in told["warnings"]


@pytest.mark.parametrize(
    ("text", "words", "says"),
    [
        (KOREA.replace("12", "-12"), [], ":7: the count '-12' must be a whole number from 0"),
        (KOREA.replace("12", "NaN"), [], ":7: the count 'NaN'"),
        (KOREA + "1,1,1,2\n", [], ":8: the pattern stands in"),
        (KOREA + "0,0,0,2\n", [], ":8: nobody can be counted who is on no list"),
        ("a,count\n1,3\n", [], "one list alone"),
        (KOREA, ["--method", "chapman"], "Chapman's estimate is for two lists"),
        (KOREA, ["--method", "log-linear", "--model", "[14]"], "'14' names no lists"),
        (KOREA, ["--method", "bic", "--order", "1"], "'1' is not a whole number from 2"),
        (KOREA, ["--threshold", "2"], "'2' is not a share between 0 and 1"),
        (KOREA, ["--bootstrap", "many"], "'many' is not a whole number from 0"),
        (KOREA, ["--method", "magic"], "invalid choice: 'magic'"),
        (KOREA, ["--method", "stratified"], "stratified needs traits or years beside the lists"),
        (KOREA, ["--traits", "age"], "the column 'age' is missing; the columns are b, c, d, count"),
        (KOREA, ["--traits", "b,,c"], "'b,,c' are no names parted by commas"),
        (YEARS, ["--method", "pooled-years", "--traits", "year"], "which column is the year: year?"),
        (YEARS, ["--method", "targeted", "--year", "year"], "name a pair of b, c, d"),
        (YEARS, ["--method", "targeted", "--year", "year", "--pair", "b,x"], "a pair names two of"),
        (YEARS + "2022,1,1,1,\n", ["--year", "year"], ":14: the count ''"),
        (YEARS + ",1,1,1,3\n", ["--year", "year"], ":14: there is no value under 'year'"),
    ],
)
def test_bad_input_is_one_line_and_no_number(
    text: str, words: list[str], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "lists.csv"
    file.write_text(text, encoding="utf-8")
    try:
        code = main(["estimate", str(file), *words])
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    assert (code, said.out) == (2, "") and says in said.err and said.err.count("\n") == 1


def test_a_terminal_sees_how_far_it_is(
    lists: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["estimate", lists, "--bootstrap", "2000", "--no-panel"]) == 0
    drawn = capsys.readouterr().err
    assert "1,000 of 2,000 draws" in drawn and drawn.endswith("\r")


def stop(done: int, total: int) -> None:
    raise KeyboardInterrupt


def test_stopping_says_so(
    lists: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(command, "bar", stop)
    assert main(["estimate", lists]) == 130
    assert "Stopped; nothing was estimated." in capsys.readouterr().err


def test_stopping_the_panel_keeps_the_answer(
    lists: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(command, "share_bar", stop)
    assert main(["estimate", lists, "--bootstrap", "1000"]) == 130
    said = capsys.readouterr()
    assert said.out.startswith("stepwise [12,3], interior")
    assert said.err.endswith("Stopped; there is no honesty panel.\n")


def test_the_panel_is_printed_after_the_answer_by_default(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "two.csv"
    file.write_text("a,b,count\n1,0,30\n0,1,20\n1,1,10\n", encoding="utf-8")
    assert main(["estimate", str(file)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("independence [1,2], interior") and "\nVerdict\n-------\n" in said
    assert main(["estimate", str(file), "--no-panel"]) == 0
    assert "Verdict" not in capsys.readouterr().out


@pytest.mark.slow
def test_the_panel_shows_the_same_search_as_the_answer(
    lists: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["estimate", lists, "--bootstrap", "50", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    shown = {row["method"]: row for row in told["panel"]["methods"] if row["lower"] is not None}
    assert shown["stepwise"]["lower"] == told["lower"]  # one search, not two that differ by chance


@pytest.mark.parametrize(
    ("words", "method"),
    [
        (["--method", "stratified", "--bootstrap", "0"], "covariates"),
        (["--method", "pooled-years"], "pooled years"),
        (["--method", "doubly-robust", "--pair", "c,d"], "doubly robust"),
        (["--method", "targeted", "--pair", "c,d"], "targeted"),
        (["--method", "stepwise", "--bootstrap", "0"], "stepwise"),
    ],
)
def test_a_file_with_a_year_takes_every_method_of_years(
    words: list[str], method: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "years.csv"
    file.write_text(YEARS, encoding="utf-8")
    assert main(["estimate", str(file), "--year", "year", *words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) >= KEYS and told["method"] == method and told["observed"] == 246
    assert told["estimate"] > 246 and told["panel"] is None
