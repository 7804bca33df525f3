"""A log, a pepper and a few people with keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from klarsyn.base.audit.recording import open_log
from klarsyn.base.models import AuditHead
from klarsyn.people.keys import pepper_file
from klarsyn.people.keys.accounts import Unlocked, make_keys
from klarsyn.people.models import User

PASSWORD = "morgonljus över fjärden"


@pytest.fixture(autouse=True)
def ground(db: None, tmp_path: Path, settings) -> Path:
    """Keys and data folders of this test alone, a fresh log and a pepper."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    AuditHead.objects.all().delete()
    open_log()
    pepper_file.ensure()
    return tmp_path


def someone(name: str) -> tuple[User, Unlocked]:
    user = User.objects.create(username=name, name=name.title())
    return user, make_keys(user, PASSWORD)
