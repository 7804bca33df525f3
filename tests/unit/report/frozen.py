"""The real mapping of 2019 and the invented example, built once a run and laid out where a test wants them."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.db import transaction
from django.test import override_settings

from klarsyn.concerns.events.demo import ensure_demo_events
from klarsyn.contact.demo_year import ensure_demo_counts
from klarsyn.mapping import actions, freeze
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.results import FrozenMapping
from klarsyn.people.demo import ensure_demo_cast
from klarsyn.receptions.demo import ensure_demo_receptions
from klarsyn.receptions.demo_year import ensure_demo_year
from klarsyn.report.policy import State
from klarsyn.report.view import EditionShown
from klarsyn.sources.actions import load_snapshot

BASE = "/kartlaggning/2019/utgava-1/"


@cache
def mapping(year: int = 2019, invented: bool = False) -> FrozenMapping:
    """Built by the first process of the run that asks, read back by the others as the site reads it."""
    with _home_of(f"{year}-{'invented' if invented else 'real'}") as home:
        built = home / "built"
        if not built.exists():
            made = _from_nothing(home, year, invented)
            built.write_text(str(Path(made.home).relative_to(home)), encoding="utf-8")
        folder = home / built.read_text(encoding="utf-8")
    return freeze.read_results(folder, freeze.read_manifest(folder))


@contextmanager
def _home_of(name: str) -> Iterator[Path]:
    """A folder that the processes of one `./test` share, held by one of them at a time."""
    shared = Path(os.environ.get("KLARSYN_TEST_SHARED") or mkdtemp(prefix="klarsyn-frozen-"))
    home = shared / name
    home.mkdir(parents=True, exist_ok=True)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield home


def _from_nothing(home: Path, year: int, invented: bool) -> FrozenMapping:
    """Built in a transaction that is rolled back: the files stay for the run, the database is as it was."""
    with override_settings(HOME=home), transaction.atomic():
        load_snapshot(by="test")
        if invented:  # with the invented year of both receptions
            ensure_demo_cast()
            ensure_demo_receptions()
            ensure_demo_events()  # the outreach of the year is counted in their weeks
            ensure_demo_year()
            ensure_demo_counts()
        made = _built(home, year, invented)
        transaction.set_rollback(True)
    return made


def _built(home: Path, year: int, invented: bool) -> FrozenMapping:
    """With the first of a row of keys whose roundings withstand the attacks: the same words in every run."""
    for n in range(4, 16):
        (home / "keys").mkdir(exist_ok=True)
        (home / "keys" / "release.key").write_bytes(bytes([n]) * 32)
        try:
            return actions.build(municipality="0680", year=year, by="Disa", invented=invented)
        except actions.NotProtected:
            continue
    raise AssertionError("no key of the row withstands the attacks")


def lay_out(made: FrozenMapping, home: Path, *, tail: str = "") -> Mapping:
    """The frozen files below `home`, and their row. `tail` makes it another mapping in name."""
    shutil.copytree(Path(made.home).parents[3] / "keys", home / "keys", dirs_exist_ok=True)
    folder = Path("mappings") / made.municipality / (Path(made.home).name + tail)
    shutil.copytree(made.home, home / folder)
    return Mapping.objects.create(
        municipality=made.municipality,
        year=made.year,
        is_invented=made.is_invented,
        content_hash=made.content_hash,
        result_hash=made.result_hash,
        code_version=made.code_version,
        frozen_at=datetime.fromisoformat(made.frozen_at),
        by="Disa",
        folder=str(folder),
    )


def shown(made: FrozenMapping, language: str = "sv", base: str = BASE) -> EditionShown:
    base = base if language == "sv" else f"/en{base}"
    return EditionShown(
        "0680-2019-1", made.municipality, made.year, 1, made.is_invented, State.RELEASED, base,
        released_on=date(2026, 11, 23), content_hash="0" * 64,
    )  # fmt: skip
