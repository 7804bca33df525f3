"""`klarsyn mapping` as a person types it."""

import argparse
import json
from pathlib import Path

import pytest

from klarsyn.config.cli import mapping

WHICH = ("--municipality", "0680", "--year", "2019")


@pytest.fixture
def run(capsys):
    """`run("list")` gives (exit code, what stood on stdout, what stood on stderr)."""
    parser = argparse.ArgumentParser()
    mapping.add(parser.add_subparsers())

    def typed(*words: str) -> tuple[int, str, str]:
        args = parser.parse_args(["mapping", *words])
        code = args.run(args)
        said = capsys.readouterr()
        return code, said.out, said.err

    return typed


def test_build_prints_the_path_of_each_file(sources, run):
    code, out, err = run("build", *WHICH, "--no-preview", "--by", "Disa")
    assert code == 0
    assert [Path(line).name for line in out.splitlines()] == ["inputs.json", "results.json", "manifest.json"]
    assert all(Path(line).is_file() for line in out.splitlines())
    assert "1/1 fryser" in err


def test_verify_says_bit_for_bit_and_answers_0(sources, run):
    run("build", *WHICH, "--no-preview")
    code, out, _ = run("verify", *WHICH)
    assert code == 0
    assert "räknas fram på nytt bit för bit" in out


def test_verify_names_what_was_changed_and_answers_1(sources, run):
    _, out, _ = run("build", *WHICH, "--no-preview")
    results = Path(out.splitlines()[1])
    results.write_text(results.read_text().replace('"Malmö"', '"Lund"'))
    code, out, _ = run("verify", *WHICH)
    assert code == 1
    assert "stämmer INTE med det som frystes" in out
    assert f"{results} är inte den fil som frystes" in out


REFUSED = (
    (("build", "--municipality", "9999", "--year", "2019"), "Ingen kommun hade koden 9999"),
    (("build", "--municipality", "0680", "--year", "1995"), "Folkmängden i Jönköping den 31 december 1995"),
    (("verify", *WHICH), "Ingen kartläggning är fryst för 0680 2019. Bygg den med"),
    (("verify", *WHICH, "--hash", "abc"), "Ingen kartläggning är fryst för 0680 2019 abc"),
)


def test_what_cannot_be_done_is_a_sentence_and_1(sources, run):
    for words, said in REFUSED:
        code, out, err = run(*words)
        assert (code, out) == (1, "")
        assert said in err
        assert "Traceback" not in err


@pytest.mark.slow
def test_build_also_writes_the_pages_as_a_preview(sources, run):
    code, out, _ = run("build", *WHICH)
    assert code == 0
    pages = [Path(line) for line in out.splitlines()]
    assert sources / "previews" / "0680-2019-1" / "sv" / "index.html" in pages
    assert all(page.is_file() for page in pages)


def test_list_for_people_and_for_programs(sources, run):
    assert "Ingen kartläggning är fryst än" in run("list")[2]
    run("build", *WHICH, "--no-preview", "--by", "Disa")
    assert "0680  2019  verkliga tal" in run("list")[1]
    (row,) = json.loads(run("list", "--json")[1])
    assert (row["municipality"], row["year"], row["is_invented"], row["by"]) == ("0680", 2019, False, "Disa")
    assert Path(row["folder"]).is_dir()
