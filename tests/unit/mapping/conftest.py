"""The bundled sources in the test's database, and a data folder of the test's own."""

from pathlib import Path

import pytest

from klarsyn.sources.actions import load_snapshot


@pytest.fixture
def sources(db: None, home: Path) -> Path:
    """Load the bundled sources; gives the data folder."""
    load_snapshot(by="test")
    return home
