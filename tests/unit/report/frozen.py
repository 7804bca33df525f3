"""The real mapping of 2019 and the invented example, built once a run and laid out where a test wants them."""

import shutil
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from django.db import transaction
from django.test import override_settings

from klarsyn.mapping import actions
from klarsyn.mapping.models import Mapping
from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.policy import State
from klarsyn.report.view import EditionShown
from klarsyn.sources.actions import load_snapshot

KEY = bytes([8]) * 32
BASE = "/kartlaggning/2019/utgava-1/"


@cache
def mapping(year: int = 2019, invented: bool = False) -> FrozenMapping:
    """Built in a transaction that is rolled back: the files stay for the run, the database is as it was."""
    home = Path(mkdtemp(prefix="klarsyn-frozen-"))
    give_key(home)
    with override_settings(HOME=home), transaction.atomic():
        load_snapshot(by="test")
        made = actions.build(municipality="0680", year=year, by="Disa", invented=invented)
        transaction.set_rollback(True)
    return made


def give_key(home: Path) -> None:
    """The release key of the tests, so that the same people are rounded alike in every run."""
    (home / "keys").mkdir(exist_ok=True)
    (home / "keys" / "release.key").write_bytes(KEY)


def lay_out(made: FrozenMapping, home: Path, *, tail: str = "") -> Mapping:
    """The frozen files below `home`, and their row. `tail` makes it another mapping in name."""
    give_key(home)
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
