"""An interrupted fetch goes on where it stopped, and never on parts that cannot be trusted."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from klarsyn.sources.clients import Connection, kolada, scb_v2
from klarsyn.sources.clients.errors import ServerFailed

WHOLE = {"Region": ["*"], "Kon": ["*"], "ContentsCode": ["*"], "Tid": ["*"]}
ROOT = Path(__file__).parents[4]
KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from klarsyn.sources.clients import Connection, scb_v2, service
def stop(label, done, total):
    if done == 2:
        os._exit(9)
here = replace(service("scb-v2"), address=sys.argv[1])
whole = {"Region": ["*"], "Kon": ["*"], "ContentsCode": ["*"], "Tid": ["*"]}
with Connection(here) as connection:
    scb_v2.fetch_table("TAB638", whole, connection=connection, folder=Path(sys.argv[2]), progress=stop)
"""


def fetch(lines, folder, **more):
    with lines.open("scb-v2") as connection:
        return scb_v2.fetch_table("TAB638", WHOLE, connection=connection, folder=folder, **more)


@pytest.fixture
def stopped(lines, server, folder):
    """A fetch of five parts that failed at the fourth."""
    server.v2.cells = 1000
    server.faults.order("500", match="POST", times=4, skip=3)
    with pytest.raises(ServerFailed):
        fetch(lines, folder)
    server.asked.clear()
    return folder


def parts_in(folder):
    return [p for p in folder.glob("*/*") if p.suffix != ".json"]


def test_no_question_is_asked_twice(lines, server, stopped):
    fetched = fetch(lines, stopped)
    assert server.count("POST") == 2
    assert [p.was_kept for p in fetched.parts] == [True, True, True, False, False]
    assert len(fetched.observed) == 4800


def test_the_answer_is_the_same_as_in_one_go(lines, server, stopped, tmp_path):
    resumed, whole = fetch(lines, stopped), fetch(lines, tmp_path / "new")
    assert (resumed.observed, resumed.checksum) == (whole.observed, whole.checksum)


def test_when_the_job_is_done_nothing_is_kept(lines, server, stopped):
    fetch(lines, stopped)
    assert list(stopped.iterdir()) == []
    fetch(lines, stopped)
    assert server.count("POST") == 2 + 5


def test_a_killed_process_leaves_whole_parts_only(lines, server, folder):
    server.v2.cells = 1000
    killed = subprocess.run([sys.executable, "-c", KILLED, server.base + "/api/v2", str(folder)], cwd=ROOT)
    assert killed.returncode == 9
    assert server.count("POST") == 2
    with Connection(lines.service("scb-v2")) as connection:  # the real clock, as in the killed process
        fetched = scb_v2.fetch_table("TAB638", WHOLE, connection=connection, folder=folder)
    assert server.count("POST") == 5
    assert len(fetched.observed) == 4800


def test_a_part_that_has_lost_its_checksum_is_fetched_again(lines, server, stopped):
    first = sorted(parts_in(stopped))[0]
    first.write_bytes(first.read_bytes().replace(b"0", b"1", 1))
    assert len(fetch(lines, stopped).observed) == 4800
    assert server.count("POST") == 3


def test_a_half_written_note_is_no_note(lines, server, stopped):
    note = next(stopped.glob("*/*.json"))
    note.write_text(note.read_text()[:20])
    fetch(lines, stopped)
    assert server.count("POST") == 3


def test_parts_from_yesterday_are_not_mixed_in(lines, server, stopped):
    server.clock.sleep(timedelta(hours=25).total_seconds())
    fetch(lines, stopped)
    assert server.count("POST") == 5


def test_parts_from_before_a_revision_are_not_mixed_in(lines, server, stopped):
    server.tables[0].updated = "2026-03-01T07:00:00Z"
    fetch(lines, stopped)
    assert server.count("POST") == 5


def test_progress_tells_every_step(lines, server, folder):
    told = []
    server.v2.cells = 1000
    fetch(lines, folder, progress=lambda *step: told.append(step))
    assert told == [("SCB (PxWebApi 2)", done, 5) for done in range(6)]


def test_kolada_goes_on_at_the_page_where_it_stopped(lines, server, folder):
    server.kolada.rows = 2
    server.faults.order("502", match="/data/", times=4, skip=2)
    years = list(range(2015, 2025))
    with lines.open("kolada") as connection:
        with pytest.raises(ServerFailed):
            kolada.fetch(["N01951"], ["0680"], years, connection=connection, folder=folder)
        server.asked.clear()
        fetched = kolada.fetch(["N01951"], ["0680"], years, connection=connection, folder=folder)
    assert server.count("/data/") == 3
    assert len(fetched.observed) == 30
