"""The shell: what is printed, what is returned, and what is left alone."""

import argparse
import json
from pathlib import Path

import pytest

from klarsyn.config.cli import sources
from klarsyn.sources.models import Batch, Observation
from tests.unit.sources.importers.dirty import bra, table

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def _run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    sources.add(parser.add_subparsers())
    args = parser.parse_args(["sources", *words])
    code: int = args.run(args)
    return code


def _file(folder: Path, body: bytes) -> str:
    path = folder / "bra.csv"
    path.write_bytes(body)
    return str(path)


def test_snapshot_then_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("snapshot") == 0 and _run("snapshot") == 0
    assert "0 new values" in capsys.readouterr().out
    assert _run("list", "--json") == 0
    listed = {row["key"]: row for row in json.loads(capsys.readouterr().out)}
    assert listed["sr-2021-sexkop-kommun"]["values"] == 3
    assert listed["scb-folkmangd"]["licence"] == "CC0 1.0" and len(listed["scb-folkmangd"]["checksum"]) == 64
    assert _run("list") == 0
    assert "sr-2021-sexkop-kommun" in capsys.readouterr().out


def test_a_dry_run_shows_and_changes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, bra("Ale;3 123;9", "Lund;..;.."))
    assert _run("import", path, "--schema", "bra-alla-brott", "--period", "2023", "--dry-run") == 0
    out = capsys.readouterr().out
    assert "sum 3123" in out and "2 new" in out and "unavailable 1" in out
    assert Batch.objects.count() == 0


def test_an_import_says_what_it_took_in(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = _file(tmp_path, bra("Ale;3 123;9"))
    words = ("import", path, "--schema", "bra-alla-brott", "--period", "2023")
    assert _run(*words, "--retrieved", "2024-04-02", "--address", "https://bra.se/x.csv") == 0
    assert "bra-anmalda-alla-brott: 1 values" in capsys.readouterr().out
    batch = Batch.objects.get()
    assert batch.retrieved_at is not None and batch.retrieved_at.date().isoformat() == "2024-04-02"
    assert batch.address == "https://bra.se/x.csv"
    assert _run(*words) == 1
    assert "redan inläst" in capsys.readouterr().err


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_a_bad_file_is_explained_on_stderr(
    tmp_path: Path, dry: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = _file(tmp_path, bra("Jonköping;1,5;9"))
    assert _run("import", path, "--schema", "bra-alla-brott", "--period", "2023", *dry) == 1
    err = capsys.readouterr().err
    assert "2 fel i filen" in err and "Rad 2, Kommun" in err and "Jönköping (0680)" in err
    assert Observation.objects.count() == 0


def test_a_file_or_a_preset_that_is_not_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("import", str(tmp_path / "nej.csv"), "--schema", "bra-alla-brott", "--period", "2023") == 1
    assert "går inte att öppna" in capsys.readouterr().err
    assert _run("import", _file(tmp_path, b"x"), "--schema", "nej", "--period", "2023") == 1
    assert "bra-alla-brott" in capsys.readouterr().err


def test_a_description_of_ones_own(tmp_path: Path) -> None:
    schema = tmp_path / "egen.toml"
    schema.write_text(
        'key = "egen"\ntitle = {sv = "Egen", en = "Own"}\nhow = {sv = "-", en = "-"}\n'
        '[dataset]\nkey = "egen-kalla"\npublisher = "Åklagaren"\ntitle = "Åtal"\nmeasure = "prosecutions"\n'
        'licence = "fri"\nis_public = true\n[columns]\narea = ["område"]\nperiod = ["period"]\ncount = ["antal"]\n',
        encoding="utf-8",
    )
    assert _run("import", _file(tmp_path, table("0680;2023;4;")), "--schema", str(schema)) == 0
    assert Observation.objects.get().value == 4
