"""What every test may ask for: the cast by name, a folder of its own for what the site writes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from tests.people import signed_in


@pytest.fixture
def visit(db: None) -> Callable[[str], Client]:
    """`visit("disa").get("/personal/")`: a client as one of the cast; "frej" is not signed in."""
    return signed_in


@pytest.fixture
def home(tmp_path: Path, settings) -> Path:
    """`settings.HOME` of this test alone."""
    settings.HOME = tmp_path
    return tmp_path


@pytest.fixture(autouse=True)
def _swedish():
    """A test starts in Swedish and with an empty cache, whatever the one before it did."""
    cache.clear()
    with translation.override("sv"):
        yield
