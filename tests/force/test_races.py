"""Two writers at once: one wins, the other is told and has both texts; who only reads waits for neither.

On SQLite, and on PostgreSQL when it is there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.slow
def test_of_two_writers_one_wins_and_nothing_is_lost() -> None:
    words = [sys.executable, "-m", "tests.force.races"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    seen = json.loads(done.stdout)
    assert {name: set(said) for name, said in seen.items()} == {
        "two_changes": {"one won"}, "lock_and_change": {"one won"}, "tasks": {"none lost"},
        "two_heads": {"one won"}, "two_movers": {"one won"}, "two_locks": {"one won"},
        "same_code": {"one kept"}, "close_while_answering": {"none lost"}, "two_trainers": {"one won"},
        "read_while_written": {"not waited"}, "write_in_reading": {"refused"},
    }  # fmt: skip
