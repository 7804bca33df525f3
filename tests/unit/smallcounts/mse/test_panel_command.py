"""The shell word `panel`: text, JSON, and one line when the file is none."""

import json
from pathlib import Path

import pytest

from smallcounts.__main__ import main
from smallcounts.mse.panel_command import bar

APART = "a,b,c,count\n1,0,0,50\n0,1,0,40\n0,0,1,30\n1,1,0,3\n"


@pytest.fixture
def lists(tmp_path: Path) -> str:
    path = tmp_path / "lists.csv"
    path.write_text(APART, encoding="utf-8")
    return str(path)


@pytest.mark.slow
def test_the_verdict_comes_first(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", lists, "--bootstrap", "5"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Verdict" and lines[2] == "No total may be published."
    assert lines[3].startswith("123 persons were met; how many there are in all cannot be told")


@pytest.mark.slow
def test_json_is_one_object(lists: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", lists, "--bootstrap", "5", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"]["kind"] == "not_publishable" and found["overlap"]["on_several"] == 3
    assert len(found["methods"]) > 10


def test_a_file_that_is_none_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["panel", "no-such-file.csv"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_bar_is_wiped_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    bar(1, 4)
    assert capsys.readouterr().err.endswith("] 25 %")
    bar(4, 4)
    assert capsys.readouterr().err.endswith(" \r")
