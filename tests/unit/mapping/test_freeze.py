"""Files whole or not at all, and read only if nothing in them has changed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from klarsyn.mapping import freeze
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.compute import compute
from klarsyn.mapping.inputs import Inputs
from tests.unit.mapping.build import disagreeing_inputs, invented_grid

ROOT = Path(__file__).resolve().parents[3]


def frozen(folder: Path, inputs: Inputs | None = None, by: str = "Disa") -> freeze.Manifest:
    """Freeze small inputs below `folder`; returns the manifest."""
    inputs = inputs or disagreeing_inputs()
    written, results = freeze.inputs_bytes(inputs), freeze.results_bytes(compute(inputs))
    manifest = freeze.Manifest(
        municipality=inputs.municipality,
        municipality_name=inputs.municipality_name,
        year=inputs.year,
        is_invented=inputs.is_invented,
        content_hash=freeze.content_hash(written, "1"),
        inputs_hash=sha256(written),
        result_hash=sha256(results),
        code_version="1",
        frozen_at="2026-11-23T12:00:00+00:00",
        by=by,
        libraries=freeze.libraries(),
    )
    freeze.write(folder, manifest, written, results)
    return manifest


def test_what_was_frozen_is_read_back_as_it_was_computed(tmp_path):
    manifest = frozen(tmp_path / "m")
    found = freeze.read_results(tmp_path / "m", freeze.read_manifest(tmp_path / "m"))
    assert freeze.read_manifest(tmp_path / "m") == manifest
    assert found.figures == freeze.read_figures(freeze.results_bytes(compute(disagreeing_inputs())))
    assert freeze.read_inputs(tmp_path / "m", manifest) == disagreeing_inputs()
    assert found.figure("convicted_press").table("rates").row(area="0680")["rate"] == 12.0498154


def test_nothing_but_the_three_files_is_left(tmp_path):
    frozen(tmp_path / "m")
    assert sorted(p.name for p in tmp_path.rglob("*")) == [
        "inputs.json",
        "m",
        "manifest.json",
        "results.json",
    ]


def test_an_error_in_the_middle_leaves_the_old_mapping_and_no_rubble(tmp_path):
    manifest = frozen(tmp_path / "old")
    with pytest.raises(TypeError):
        freeze.write(tmp_path / "new", manifest, b"{}", "text is not bytes")  # type: ignore[arg-type]
    assert [p.name for p in tmp_path.iterdir()] == ["old"]
    freeze.read_results(tmp_path / "old", manifest)


KILLED = """
import django
django.setup()
import resource, signal, sys
from pathlib import Path
from tests.unit.mapping.test_freeze import frozen
signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # a file that grows too large kills the process where it stands
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
frozen(Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_a_process_killed_in_the_middle_leaves_the_old_mapping_intact(tmp_path):
    manifest = frozen(tmp_path / "old")
    limit = (tmp_path / "old" / "inputs.json").stat().st_size + 10  # inputs fit, results do not
    died = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "new"), str(limit)],
        cwd=ROOT,
        check=False,
        capture_output=True,
    )
    assert died.returncode < 0, died.stderr
    assert not (tmp_path / "new").exists()
    rubble = [p for p in tmp_path.iterdir() if p.name != "old"]
    assert [sorted(f.name for f in p.iterdir()) for p in rubble] == [["inputs.json", "results.json"]]
    freeze.read_results(tmp_path / "old", manifest)
    freeze.sweep(tmp_path / "old", before=rubble[0].stat().st_mtime + 1)
    assert [p.name for p in tmp_path.iterdir()] == ["old"]


def test_a_half_written_folder_of_a_running_process_is_left_alone(tmp_path):
    (tmp_path / ".writing-x").mkdir()
    freeze.sweep(tmp_path / "m", before=(tmp_path / ".writing-x").stat().st_mtime - 1)
    assert (tmp_path / ".writing-x").exists()


def test_freezing_what_somebody_else_froze_meanwhile_leaves_theirs(tmp_path):
    frozen(tmp_path / "m")
    before = {p.name: p.read_bytes() for p in (tmp_path / "m").iterdir()}
    frozen(tmp_path / "m", by="Greta")
    assert {p.name: p.read_bytes() for p in (tmp_path / "m").iterdir()} == before
    assert [p.name for p in tmp_path.iterdir()] == ["m"]


@pytest.mark.parametrize("name", [freeze.INPUTS, freeze.RESULTS])
def test_a_file_changed_afterwards_is_named_and_not_read(tmp_path, name):
    manifest = frozen(tmp_path / "m")
    path = tmp_path / "m" / name
    path.write_bytes(path.read_bytes().replace(b"17", b"71", 1))
    read = freeze.read_inputs if name == freeze.INPUTS else freeze.read_results
    with pytest.raises(freeze.Tampered, match=f"{name} är inte den fil som frystes"):
        read(tmp_path / "m", manifest)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"year": "2019"}'])
def test_a_broken_manifest_is_named(tmp_path, text):
    frozen(tmp_path / "m")
    (tmp_path / "m" / freeze.MANIFEST).write_text(text)
    with pytest.raises(freeze.Tampered, match=r"manifest\.json"):
        freeze.read_manifest(tmp_path / "m")


def test_a_lost_file_is_named(tmp_path):
    manifest = frozen(tmp_path / "m")
    (tmp_path / "m" / freeze.RESULTS).unlink()
    with pytest.raises(freeze.Tampered, match=r"results\.json går inte att läsa"):
        freeze.read_results(tmp_path / "m", manifest)


def refuse(text: str) -> float:
    raise AssertionError(f"{text} in a frozen file")


@pytest.mark.parametrize("make", [disagreeing_inputs, invented_grid])
def test_no_nan_and_no_infinity_is_ever_frozen(make):
    json.loads(freeze.results_bytes(compute(make())), parse_constant=refuse)


HASHED = """
import django
django.setup()
from klarsyn.mapping.canonical import sha256
from klarsyn.mapping.compute import compute
from klarsyn.mapping.freeze import inputs_bytes, results_bytes
from tests.unit.mapping.build import disagreeing_inputs, invented_grid
for made in (disagreeing_inputs(), invented_grid()):
    print(sha256(inputs_bytes(made)), sha256(results_bytes(compute(made))))
"""


@pytest.mark.slow
def test_two_processes_with_other_hash_seeds_make_the_same_bytes():
    said = [
        subprocess.run(
            [sys.executable, "-c", HASHED], cwd=ROOT, check=True, capture_output=True, text=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "271828")
    ]  # fmt: skip
    assert said[0] == said[1]
    assert len(said[0].split()) == 4


def test_the_content_hash_follows_inputs_definitions_and_code():
    made = disagreeing_inputs()
    first, *rest = made.figures
    texts = replace(first, indicator=replace(first.indicator, per=1000))
    hashes = {
        freeze.content_hash(freeze.inputs_bytes(made), "1"),
        freeze.content_hash(freeze.inputs_bytes(made), "2"),
        freeze.content_hash(freeze.inputs_bytes(replace(made, year=2018)), "1"),
        freeze.content_hash(freeze.inputs_bytes(replace(made, figures=(texts, *rest))), "1"),
    }
    assert len(hashes) == 4


def test_inputs_frozen_before_a_field_was_known_are_read_and_keep_their_hash(tmp_path):
    """As a mapping of last year: no programme, no ledger, no categories, and the hash is that of its bytes."""
    manifest = frozen(tmp_path / "m")
    old = json.loads((tmp_path / "m" / freeze.INPUTS).read_bytes())
    for name in ("ledger", "marks"):
        del old[name]
    for gathered in old["figures"]:
        del gathered["programme"], gathered["indicator"]["programme"]
        for table in gathered["tables"]:
            for count in table["counts"]:
                del count["categories"]
    body = json.dumps(old).encode()
    (tmp_path / "m" / freeze.INPUTS).write_bytes(body)
    then = replace(manifest, inputs_hash=sha256(body))
    assert freeze.read_inputs(tmp_path / "m", then) == disagreeing_inputs()
    assert freeze.checked_inputs(tmp_path / "m", then) == body


def test_what_holds_unprotected_counts_is_closed_to_others(tmp_path):
    manifest = frozen(tmp_path / "m")
    data = [(tmp_path / "m" / name).read_bytes() for name in (freeze.INPUTS, freeze.RESULTS)]
    freeze.write(tmp_path / "n", replace(manifest, audit_hash=sha256(b"{}")), *data, b"{}")
    modes = {p.name: p.stat().st_mode & 0o777 for p in (tmp_path / "n").iterdir()}
    assert (modes[freeze.INPUTS], modes[freeze.AUDIT], modes[freeze.RESULTS]) == (0o600, 0o600, 0o644)
