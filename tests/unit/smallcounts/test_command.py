"""`python -m smallcounts rates`: as a user in a shell meets it."""

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from smallcounts.__main__ import main

HEADER = "area,count,population\n"
GOOD = HEADER + "Jönköping,17,141081\nMalmö,22,344166\nGöteborg,22,579281\n"


def shell(*words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command as a shell runs it: slow to start, so only where that is the point."""
    command = [sys.executable, "-m", "smallcounts", *words]
    return subprocess.run(command, input=stdin, capture_output=True, check=False, timeout=120)


@dataclass(frozen=True)
class Answer:
    """What the command said, run inside the test."""

    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    """`run("rates", "-", stdin=b"…")`: the command without a new process."""

    def now(*words: str, stdin: bytes = b"") -> Answer:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            code = main(words)
        except SystemExit as stop:
            code = int(stop.code or 0)
        said = capfd.readouterr()
        return Answer(code, said.out, said.err)

    return now


def test_json_answers_a_list_of_objects(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(GOOD, encoding="utf-8")
    done = shell("rates", str(file), "--per", "100000", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    rows = json.loads(done.stdout)
    assert [list(row) for row in rows] == [["area", "count", "population", "rate", "lower", "upper"]] * 3
    first = rows[0]
    assert (first["area"], first["count"], first["population"]) == ("Jönköping", 17, 141_081)
    assert [round(first[k], 2) for k in ("rate", "lower", "upper")] == [12.05, 7.02, 19.29]


def test_a_bad_file_leaves_a_shell_with_2_and_one_line(tmp_path: Path) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(GOOD + "Borås,-3,113714\n", encoding="utf-8")
    done = shell("rates", str(file))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"{file}:5: the count '-3'") and done.stderr.count(b"\n") == 1


def test_without_json_a_table_with_its_assumptions(run: Callable[..., Answer]) -> None:
    text = run("rates", "-", stdin=GOOD.encode()).out
    assert "Jönköping     17      141081  12.05   7.02  19.29" in text.splitlines()
    assert "per 100,000, intervals at level 0.95, exact" in text
    assert text.count("Assumes: ") == 3


def test_per_level_and_method_are_heard(run: Callable[..., Answer]) -> None:
    words = ("rates", "-", "--json", "--per", "1000", "--level", "0.5", "--method", "mid-p")
    row = json.loads(run(*words, stdin=GOOD.encode()).out)[0]
    assert round(row["rate"], 4) == 0.1205
    assert 0.1 < row["lower"] < row["rate"] < row["upper"] < 0.15


@pytest.mark.parametrize(
    "text",
    ["\ufeff" + GOOD, GOOD.replace("\n", "\r\n"), "year,population,area,Count\n2019,141081,Jönköping,17\n\n"],
    ids=["byte order mark", "windows lines", "other order and columns"],
)
def test_harmless_differences_are_read(text: str, run: Callable[..., Answer]) -> None:
    done = run("rates", "-", "--json", stdin=text.encode())
    assert done.code == 0 and json.loads(done.out)[0]["count"] == 17


BAD = {
    "missing column": ("area,count\nA,1\n", 1, "'population' is missing"),
    "semicolons": ("area;count;population\nA;1;10\n", 1, "parted by ';'"),
    "decimal comma": (HEADER + "A,1,10,5\n", 2, "decimal comma"),
    "quoted decimal comma": (HEADER + 'A,1,"10,5"\n', 2, "population '10,5'"),
    "thousands space": (HEADER + "A,1,141 081\n", 2, "no spaces"),
    "negative count": (HEADER + "A,1,10\nB,-1,10\n", 3, "count '-1'"),
    "float count": (HEADER + "A,1.5,10\n", 2, "count '1.5'"),
    "no count": (HEADER + "A,,10\n", 2, "count ''"),
    "withheld": (HEADER + "A,..,10\n", 2, "count '..'"),
    "not a number": (HEADER + "A,nan,10\n", 2, "count 'nan'"),
    "other digits": (HEADER + "A,١٢,10\n", 2, "digits only"),
    "zero population": (HEADER + "A,1,0\n", 2, "above 0"),
    "infinite population": (HEADER + "A,1,inf\n", 2, "population 'inf'"),
    "huge count": (HEADER + f"A,{'9' * 5000},10\n", 2, "must be a whole number"),
    "huge population": (HEADER + f"A,1,{'9' * 400}\n", 2, "must be a number above 0"),
    "huge field": (HEADER + f"{'A' * 200_000},1,10\n", 2, "cannot be read as CSV"),
    "twice": (HEADER + "A,1,10\nB,1,10\nA,2,10\n", 4, "stands on line 2 already"),
    "no name": (HEADER + ",1,10\n", 2, "name or a code"),
    "escape in name": (HEADER + "\x1b[31mA,1,10\n", 2, "name or a code"),
    "empty": ("", 1, "empty"),
    "only blank lines": ("\n\n  \n", 1, "empty"),
    "only a header": (HEADER, 2, "no area follows"),
    "column twice": ("area,count,count,population\nA,1,1,10\n", 1, "more than once"),
    "open quote": (HEADER + 'A,1,10\n"B,1,10\n', 3, "cannot be read as CSV"),
    "too few fields": (HEADER + "A,1\n", 2, "2 fields where the header has 3"),
}


@pytest.mark.parametrize(("text", "line", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_explained_in_one_line(
    text: str, line: int, words: str, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    file = tmp_path / "counts.csv"
    file.write_text(text, encoding="utf-8")
    done = run("rates", str(file))
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"{file}:{line}: ") and words in done.err
    assert done.err.count("\n") == 1 and len(done.err) < 400


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ((HEADER + "Jönköping,1,10\n").encode("latin-1"), 2, "not UTF-8"),
        ((HEADER + "A,1,10\n").encode("utf-16"), 1, "UTF-16"),
        (HEADER.encode() + b"A\0,1,10\n", 2, "NUL"),
        (b"\x89PNG\r\n\x1a\n\0\0", 3, "NUL"),
    ],
    ids=["latin-1", "utf-16", "NUL", "a picture"],
)
def test_bytes_that_are_no_text_are_explained(
    data: bytes, line: int, words: str, run: Callable[..., Answer]
) -> None:
    done = run("rates", "-", stdin=data)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"<stdin>:{line}: ") and words in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "bad\udcffname.csv", "nul\0name.csv"])
def test_a_file_that_cannot_be_opened_is_explained(
    name: str, tmp_path: Path, run: Callable[..., Answer]
) -> None:
    done = run("rates", str(tmp_path / name))
    assert done.code == 2 and "cannot be read" in done.err and done.err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rates", "-", "--level", "95"), "share between 0 and 1"),
        (("rates", "-", "--level", "0,95"), "not a number"),
        (("rates", "-", "--per", "0"), "above 0"),
        (("rates", "-", "--per", "nan"), "above 0"),
        (("rates", "-", "--method", "wald"), "invalid choice"),
        (("rates",), "required"),
        (("guess", "x.csv"), "invalid choice"),
        ((), "required"),
    ],
)
def test_wrong_words_are_explained_in_one_line(
    words: tuple[str, ...], said: str, run: Callable[..., Answer]
) -> None:
    done = run(*words, stdin=GOOD.encode())
    assert (done.code, done.out) == (2, "")
    assert said in done.err and done.err.count("\n") == 1


@pytest.mark.slow
def test_a_reader_that_stops_early_is_no_error() -> None:
    many = HEADER + "".join(f"{n},1,10\n" for n in range(20_000))
    command = f"{sys.executable} -m smallcounts rates - | head -1"
    done = subprocess.run(command, shell=True, input=many.encode(), capture_output=True, check=False)
    assert done.stderr == b"" and done.stdout.startswith(b"Rates per 100,000")
