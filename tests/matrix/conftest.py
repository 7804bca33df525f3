"""The whole cast and one frozen mapping, made once for the file and undone at its end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import translation

from klarsyn.base.audit.recording import open_log
from klarsyn.people.keys import pepper_file
from tests.matrix.asking import undone
from tests.matrix.cast import Cast, gather
from tests.unit.report import frozen_protected


@pytest.fixture(scope="module")
def cast(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Cast]:
    home: Path = tmp_path_factory.mktemp("matrix")
    # Who has stepped up (the column NO_STEP has not) stays so and no session rests too long, on a slow machine too.
    clock = {"STEP_UP_MINUTES": 600, "SESSION_IDLE_MINUTES": 600}
    with (
        django_db_blocker.unblock(), override_settings(HOME=home, KEYS=home / "keys", **clock), translation.override("sv"),
        undone(),
    ):  # fmt: skip
        open_log()
        pepper_file.ensure()
        made = gather()
        made.content_hash = frozen_protected.lay_out(home).content_hash
        made.figure = frozen_protected.computed().figures[0].indicator.id
        yield made
