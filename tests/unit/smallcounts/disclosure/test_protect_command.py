"""`python -m smallcounts protect`: whole or not at all, and bad input changes nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from smallcounts.__main__ import main
from smallcounts.disclosure import storing
from smallcounts.disclosure.ledger import Entry, append, read
from smallcounts.disclosure.release import Published
from tests.unit.smallcounts.disclosure.reference import SMALL

COUNTS = {("a", "K"): 53, ("a", "M"): 38, ("b", "M"): 11, ("c", "K"): 9}
KEY = "11" * 32
ONE = append("", Entry("press_answer", "2026-01-01", "x", Published("r0", ())))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with a programme, people, and a ledger of one line with its key."""
    rows = [f"{d}{g}{i},2021,{d},{g}" for (d, g), many in COUNTS.items() for i in range(many)]
    (tmp_path / "programme.toml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "micro.csv").write_text(
        "\n".join(["pid,period,district,gender", *rows, ""]), encoding="utf-8"
    )
    (tmp_path / "ledger.jsonl").write_text(ONE, encoding="utf-8")
    (tmp_path / "ledger.jsonl.key").write_text(f"{KEY}\n", encoding="ascii")
    (tmp_path / "ledger.jsonl.key").chmod(0o600)
    return tmp_path


def words(place: Path, *more: str) -> list[str]:
    files = [str(place / name) for name in ("programme.toml", "micro.csv")]
    return ["protect", *files, "--ledger", str(place / "ledger.jsonl"), "--out", str(place / "out"), *more]


def everything(place: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in place.iterdir() if p.is_file() and not p.name.endswith(".lock")}


def start(place: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "smallcounts", *words(place, "--json", "--invented")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.slow
def test_a_release_is_written_with_its_line_marks_and_tables(place: Path) -> None:
    process = start(place)
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    answer = json.loads(out)
    assert (answer["release"], answer["base"], answer["cells"], answer["additive"]) == ("r2", 5, 18, True)
    assert len(answer["attacks"]) == 10 and answer["attacks"]["A1"]["passed"]
    assert b"protect: 111 people, 18 cells, 1 earlier releases" in err and b"A1: 18 cells" in err
    text = (place / "ledger.jsonl").read_text(encoding="utf-8")
    assert text.startswith(ONE) and read(text).releases() == ("r0", "r2")
    assert (place / "out" / "ledger.jsonl").read_text(encoding="utf-8") == text
    rows = (place / "out" / "t.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0] == "period,district,gender,area,count,status" and len(rows) == 19
    marks = place / "ledger.jsonl.marks"
    assert marks.stat().st_mode & 0o777 == 0o600
    assert set(json.loads(marks.read_text())) == {read(ONE).head, read(text).head}
    shown = "".join(p.read_text(encoding="utf-8") for p in (place / "out").iterdir())
    assert KEY not in shown and "aK1" not in shown


KILL_AT: dict[str, Callable[[Path], bool]] = {
    "the folder is being written": lambda p: (p / ".out.part").exists(),
    "the marks are there": lambda p: (p / "ledger.jsonl.marks").exists(),
    "the ledger is being written": lambda p: (p / ".ledger.jsonl.part").exists(),
    "the ledger is new": lambda p: (p / "ledger.jsonl").stat().st_size > len(ONE.encode()),
}


@pytest.mark.slow
@pytest.mark.parametrize("moment", KILL_AT)
def test_killed_at_any_moment_the_old_or_the_new_ledger_stands(place: Path, moment: str) -> None:
    process = start(place)
    while process.poll() is None and not KILL_AT[moment](place):
        time.sleep(0)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    text = (place / "ledger.jsonl").read_text(encoding="utf-8")
    assert text == ONE or (text.startswith(ONE) and read(text).releases() == ("r0", "r2"))
    made = (place / "out").exists()
    assert not made or (text != ONE and len(list((place / "out").iterdir())) == 5)
    memory = storing.load_memory(place / "ledger.jsonl", read(text).head)
    assert text == ONE or memory  # the marks fit the line that stands
    with storing.locked(place / "ledger.jsonl"):  # the dead hold no lock
        storing.settle(storing.stage(place / "again", {"x": "y"}), place / "again")


def refused(place: Path, capfd: pytest.CaptureFixture[str], *more: str) -> str:
    before = everything(place)
    try:
        code = main(words(place, *more))
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capfd.readouterr()
    assert code in (1, 2) and said.out == "" and everything(place) == before
    assert not (place / "out").exists() and not (place / ".out.part").exists()
    return said.err.splitlines()[-1]


BAD = [
    ("programme.toml", "[[tables]]", "[[table]]", "no table is declared"),
    ("programme.toml", ', rest = ["c"]', "", "the hierarchy has a hole: 'c'"),
    ("micro.csv", "2021,c,K", "2021,z,K", "micro.csv:104: 'z' is no category of 'district'"),
    ("micro.csv", "pid,period", "id,period", "needs the column 'pid'"),
    ("ledger.jsonl", '"day":"2026-01-01"', '"day":"2026-01-02"', "ledger line 1: it was changed"),
    ("ledger.jsonl.key", "1111", "11zz", "this is no key of 32 bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "message"), BAD)
def test_bad_input_is_named_in_one_line_and_changes_nothing(
    place: Path, capfd: pytest.CaptureFixture[str], file: str, old: str, new: str, message: str
) -> None:
    text = (place / file).read_text(encoding="utf-8")
    assert old in text
    (place / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert message in refused(place, capfd)


def test_counts_that_do_not_add_up_or_are_negative_are_refused(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    head = "period,district,gender,count\n2021,a,K,40\n"
    for rows, message in (
        ("2021,,,41\n", "micro.csv:3: the margin says 41, its combinations add up to 40"),
        ("2021,b,K,-4\n", "micro.csv:3: the count '-4' must be a whole number from 0"),
        ("2021,b,K,0\n" * 2, "micro.csv:4: this combination is counted on an earlier line"),
    ):
        (place / "micro.csv").write_text(head + rows, encoding="utf-8")
        assert message in refused(place, capfd)


def test_too_many_rows_are_refused(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (place / "micro.csv").write_bytes(b"pid,period,district,gender\n" + b"\n" * 1_000_001)
    assert "more than 1,000,000" in refused(place, capfd)
    with (place / "micro.csv").open("wb") as big:
        big.truncate(256_000_001)  # ten million rows; a file with a hole, so that the test writes nothing
    before = (place / "ledger.jsonl").read_bytes()
    assert main(words(place)) == 2 and "micro.csv: more than 256 MB" in capfd.readouterr().err
    assert (place / "ledger.jsonl").read_bytes() == before


def test_base_and_release_must_fit(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert "'r0' is in the ledger already" in refused(place, capfd, "--release", "r0")
    assert "invalid choice: 4" in refused(place, capfd, "--base", "4")
    (place / "micro.csv").write_text("pid,period,district,gender\n1,2021,a,K\n", encoding="utf-8")
    assert "2021: 1 people in all, fewer than 30" in refused(place, capfd)


def test_a_ledger_without_its_key_or_with_an_open_one_is_refused(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (place / "ledger.jsonl.key").chmod(0o644)
    assert "others can read it; run chmod 600" in refused(place, capfd)
    (place / "ledger.jsonl.key").unlink()
    assert "the key of this ledger is missing; restore it" in refused(place, capfd)


def test_a_key_is_made_for_a_new_ledger_only_and_is_private(tmp_path: Path) -> None:
    ledger = tmp_path / "l.jsonl"
    key, is_new = storing.load_key(ledger, may_make=True)
    again, is_again_new = storing.load_key(ledger, may_make=True)
    assert is_new and not is_again_new and key == again and len(key) == 32
    assert (tmp_path / "l.jsonl.key").stat().st_mode & 0o777 == 0o600


def test_a_release_never_overwrites_and_waits_for_another(
    place: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with storing.locked(place / "ledger.jsonl"):
        assert "another release is being made" in refused(place, capfd)
    (place / "out").mkdir()
    (place / "out" / "old").write_text("x", encoding="utf-8")
    assert main(words(place)) == 2 and "it is there already and holds files" in capfd.readouterr().err
    assert (place / "out" / "old").read_text(encoding="utf-8") == "x"


def test_a_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "f"
    storing.write_whole(file, "old")

    def fails(*_: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(OSError, match="disk is full"):
        storing.write_whole(file, "new")
    assert file.read_text(encoding="utf-8") == "old"
