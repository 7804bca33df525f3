"""Only PostgreSQL keeps rows from whom they are not for: `python -m tests.postgres pytest tests/rows`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from psycopg import sql

from klarsyn.base.audit.recording import open_log
from klarsyn.config import owner
from klarsyn.people.keys import pepper_file
from tests.unit.cases.conftest import mika  # noqa: F401  a fixture

collect_ignore_glob = [] if os.environ.get("DATABASE_URL", "").startswith("postgres") else ["test_*.py"]
SITE = f"klarsyn_site_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"


@pytest.fixture
def as_site(transactional_db: None) -> Iterator[str]:
    """The database as the site's own role sees it; the tables are the owner's."""
    before = connection.settings_dict["USER"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE])
        if cursor.fetchone() is None:
            owner._make(cursor, SITE, "")
        for grant in owner._GRANTS:
            cursor.execute(sql.SQL(grant).format(site=sql.Identifier(SITE)))
    _connect_as(SITE)
    yield SITE
    _connect_as(before)


def _connect_as(role: str) -> None:
    connection.close()
    connection.settings_dict["USER"] = role


@pytest.fixture
def ground(as_site: str, tmp_path: Path, settings) -> Path:
    """As in the keys' tests, all of it done by the site's role."""
    settings.KEYS, settings.HOME = tmp_path / "keys", tmp_path
    open_log()
    pepper_file.ensure()
    return tmp_path
