"""The team of the cases' tests; `ground` is this folder's own."""

from pathlib import Path

import pytest

from klarsyn.base.audit.recording import open_log
from klarsyn.people.keys import pepper_file
from tests.unit.cases.conftest import mika  # noqa: F401  a fixture


@pytest.fixture
def ground(transactional_db: None, tmp_path: Path, settings) -> Path:
    """As in the keys' tests, with a database that is really written."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path / "home"
    settings.HOME.mkdir()
    open_log()
    pepper_file.ensure()
    return tmp_path
