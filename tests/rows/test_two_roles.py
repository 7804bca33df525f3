"""The whole life of a site whose tables belong to one role and whose rows are read by another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOCKET = urlsplit(os.environ["DATABASE_URL"]).path.rpartition("/")[0]
NAME = f"life_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
OWNER, SITE = f"{NAME}_owner", f"{NAME}_site"


def _as_superuser(*statements: str) -> None:
    with psycopg.connect(f"host={SOCKET} user=postgres dbname=postgres", autocommit=True) as server:
        for statement in statements:
            server.execute(statement)


@pytest.fixture
def empty() -> Iterator[None]:
    """A database of its own, which an ordinary role owns."""
    _as_superuser(f"CREATE ROLE {OWNER} LOGIN", f"CREATE DATABASE {NAME} OWNER {OWNER}")
    yield
    _as_superuser(f"DROP DATABASE {NAME} WITH (FORCE)", f"DROP ROLE IF EXISTS {SITE}", f"DROP ROLE {OWNER}")


def _live() -> subprocess.CompletedProcess[str]:
    own = {
        "DATABASE_URL": f"postgres://{SITE}@/{SOCKET}/{NAME}",
        "KLARSYN_DATABASE_OWNER_URL": f"postgres://{OWNER}@/{SOCKET}/{NAME}",
    }
    words = [sys.executable, "-m", "tests.rows.life"]
    return subprocess.run(
        words, cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True, check=False
    )


def test_from_the_first_day_to_a_restore_with_an_owner_and_the_sites_own_role(empty: None) -> None:
    _as_superuser(f"ALTER ROLE {OWNER} CREATEROLE")
    done = _live()
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["alias"] == "owner" and seen["told"] == []
    assert seen["raw"] == {"default": 0, "owner": 0}  # FORCE: also the owner names a team first
    assert (seen["erased_again"], seen["listed"], seen["read"]) == (1, ["kvar"], "kvar") and seen["gone"]


def test_an_owner_who_may_make_no_role_is_told_what_to_ask_for(empty: None) -> None:
    done = _live()
    assert done.returncode == 1 and f"CREATE ROLE {SITE} LOGIN" in done.stderr


@pytest.mark.parametrize("more", ["BYPASSRLS", f"IN ROLE {OWNER}"], ids=["bypass", "in the owner"])
def test_a_site_whose_role_may_too_much_is_not_prepared(empty: None, more: str) -> None:
    _as_superuser(f"CREATE ROLE {SITE} LOGIN {more}")
    done = _live()
    assert done.returncode == 1 and "får mer än den ska" in done.stderr
