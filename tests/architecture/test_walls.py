"""Each import contract goes red on a planted violation; a wall nobody can hit is no wall."""

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

PLANTS = {
    "rooms": ("klarsyn/base/planted.py", "import klarsyn.people.models"),
    "rooms-neighbours": ("klarsyn/portal/planted.py", "import klarsyn.report.models"),
    "rooms-exhaustive": ("klarsyn/unlisted/__init__.py", ""),
    "smallcounts": ("smallcounts/planted.py", "import django"),
    "mapping-doors": ("klarsyn/mapping/planted.py", "import klarsyn.sources.models"),
    "report-doors": ("klarsyn/report/planted.py", "import klarsyn.sources.counts"),
    "report-doors-disclosure": ("klarsyn/report/planted.py", "import smallcounts.disclosure"),
    "portal": ("klarsyn/portal/planted.py", "import klarsyn.sources.facts"),
    "vault": ("klarsyn/base/vault/planted.py", "from django.conf import settings"),
    "verifier": ("klarsyn/base/audit/klarsyn_verify.py", "import nacl"),
    "rooms-cases": ("klarsyn/sources/planted.py", "import klarsyn.cases.models"),
    "mapping-doors-receptions": ("klarsyn/mapping/planted.py", "import klarsyn.receptions.models"),
    "mapping-doors-counts": ("klarsyn/mapping/planted.py", "import klarsyn.cases.counts"),
    "mapping-doors-statistics": ("klarsyn/mapping/doors.py", "import klarsyn.receptions.statistics.telling"),
    "mapping-doors-cases": ("klarsyn/mapping/planted.py", "import klarsyn.cases.models"),
    "rooms-contact": ("klarsyn/contact/planted.py", "import klarsyn.cases.models"),
    "mapping-doors-contact": ("klarsyn/mapping/planted.py", "import klarsyn.contact.models"),
    "rooms-training": ("klarsyn/training/planted.py", "import klarsyn.cases.models"),
    "rooms-concerns": ("klarsyn/concerns/planted.py", "import klarsyn.contact.models"),
    "mapping-doors-training": ("klarsyn/mapping/planted.py", "import klarsyn.training.models"),
    "mapping-doors-concerns": ("klarsyn/mapping/planted.py", "import klarsyn.concerns.models"),
    "rooms-plan": ("klarsyn/plan/planted.py", "import klarsyn.concerns.models"),
    "mapping-doors-plan": ("klarsyn/mapping/planted.py", "import klarsyn.plan.models"),
    "visitor": ("klarsyn/contact/visitor.py", "import klarsyn.people.keys.teams"),
    "no-circles": ("smallcounts/counts.py", "import smallcounts.disclosure"),
}


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint = Path(sys.executable).with_name("lint-imports")
    command = [str(lint), "--no-cache", "--config", ".importlinter"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("__pycache__", "static", "snapshot", "geo", "*.csv")
    for package in ("klarsyn", "smallcounts"):
        shutil.copytree(ROOT / package, folder / package, ignore=leave)
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def test_the_house_stands(house: Path) -> None:
    done = _lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_violation_turns_the_wall_red(house: Path, plant: str) -> None:
    path, line = PLANTS[plant]
    target = house / path
    before = target.read_text(encoding="utf-8") if target.exists() else None
    target.parent.mkdir(exist_ok=True)
    target.write_text((before or "") + f"\n{line}\n", encoding="utf-8")
    try:
        done = _lint(house)
    finally:
        _put_back(target, before)
    assert done.returncode != 0
    assert "BROKEN" in done.stdout or "Unmatched" in done.stdout or "unlisted" in done.stdout, done.stdout


def _put_back(target: Path, before: str | None) -> None:
    if before is not None:
        target.write_text(before, encoding="utf-8")
        return
    target.unlink()
    if target.name == "__init__.py":
        target.parent.rmdir()


def test_every_contract_has_a_plant() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    contracts = {s.rpartition(":")[2] for s in config.sections() if ":contract:" in s}
    assert contracts == {c for c in contracts if any(p == c or p.startswith(f"{c}-") for p in PLANTS)}


def test_the_walls_have_no_exceptions() -> None:
    # But for the doors of the rooms that count: only the mapping's own page of doors sees them.
    config = configparser.ConfigParser()
    config.read(ROOT / ".importlinter")
    excused = {
        name: one["ignore_imports"].split("\n") for name, one in config.items() if "ignore_imports" in one
    }
    (name,) = excused
    assert name == "importlinter:contract:mapping-doors" and [line for line in excused[name] if line] == [
        "klarsyn.mapping.doors -> klarsyn.cases.counts",
        "klarsyn.mapping.doors -> klarsyn.concerns.counts",
        "klarsyn.mapping.doors -> klarsyn.contact.counts",
        "klarsyn.mapping.doors -> klarsyn.plan.counts",
        "klarsyn.mapping.doors -> klarsyn.receptions.counts",
        "klarsyn.mapping.doors -> klarsyn.training.counts",
    ]
