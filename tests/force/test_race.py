"""A time is booked once and a report sent once, however many want it at once, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
WRITERS, ROUNDS, QUARTERS = 3, 6, 4


@contextmanager
def empty(home: Path) -> Iterator[str]:
    """The address of a database of its own, of the kind that the tests run on."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{home / 'race.sqlite3'}"
        return
    socket = urlsplit(given).path.rpartition("/")[0]
    name = f"race_{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}"
    with psycopg.connect(f"host={socket} user=postgres dbname=postgres", autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        yield f"postgres://postgres@/{socket}/{name}"
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.slow
def test_of_three_who_want_a_time_at_once_one_gets_it_and_the_others_are_told_others(tmp_path: Path) -> None:
    with empty(tmp_path) as address:
        env = {**os.environ, "DATABASE_URL": address, "KLARSYN_HOME": str(tmp_path)}
        words = [sys.executable, "-m", "tests.force.race"]
        done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    for number in range(ROUNDS):
        mine = [(word, others) for at, word, others in seen["outcomes"] if at == number]
        assert sorted(mine) == [("got", 0), *[("taken", 6)] * (WRITERS - 1)], number
    assert (seen["booked"], seen["codes"], seen["quarters"]) == (ROUNDS, ROUNDS, ROUNDS * QUARTERS)
    assert seen["failed"] == []


@pytest.mark.slow
def test_a_report_sent_thrice_at_once_is_one_report_with_one_receipt(tmp_path: Path) -> None:
    with empty(tmp_path) as address:
        env = {**os.environ, "DATABASE_URL": address, "KLARSYN_HOME": str(tmp_path)}
        words = [sys.executable, "-m", "tests.force.race_reports"]
        done = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert len(seen["outcomes"]) == 15 and len({tuple(one) for one in seen["outcomes"]}) == 5
    assert (seen["sent"], seen["lines"], seen["drafts"], seen["failed"]) == (5, 5, 0, [])
