"""Kill every write at every step and say what was left.

    python -m tests.force.crash                  # every step of every deed
    python -m tests.force.crash --every 7        # every seventh step
    python -m tests.force.crash --only erase     # the deeds whose name holds this
    python -m tests.force.crash --of 4           # every fourth deed
    python -m tests.force.crash --json

Faults are a kill at each statement, commit, fsync and change of a file, at each write that SQLite itself does, a power
cut there, a full disk, no right to write, a cut line. A process of its own is made ready once; each step is a copy of it (fork) that goes wrong at that step, and what
it leaves is looked at by a third. Then the same is done once more without a fault, as a person would, and looked
at again. On SQLite, or on the PostgreSQL that DATABASE_URL names (python -m tests.postgres …).
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="klarsyn-crash-")) / "home"
HOME.mkdir()
os.environ["KLARSYN_HOME"], os.environ["DJANGO_SETTINGS_MODULE"] = str(HOME), "tests.force.settings"
if "DATABASE_URL" in os.environ:
    os.environ["KLARSYN_FORCE_DATABASE"] = f"crash_{os.getpid()}"

import django  # noqa: E402  the environment comes first

django.setup()

from django.core.management import call_command  # noqa: E402  after setup
from django.db import connections  # noqa: E402

from tests.force.crash import plan, sqlite_steps, state, world  # noqa: E402
from tests.force.crash.checks import wrong  # noqa: E402
from tests.force.crash.faults import IN_SQLITE, POSSIBLE, Fault, Steps, log_of  # noqa: E402
from tests.force.crash.plan import DEEDS, Deed  # noqa: E402

MOST = 400  # steps of one deed


def in_a_copy(work: Callable[[Callable[[str, str], None]], None]) -> tuple[bool, list[tuple[str, str]], str]:
    """(did it get to its end, what it said was done, what it complained of)."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)

        def ack(what: str, which: str) -> None:
            os.write(writing, json.dumps([what, which]).encode() + b"\n")

        try:
            work(ack)
        except BaseException as error:
            os.write(
                writing,
                json.dumps(["!", "".join(traceback.format_exception(error)[-3:])[-900:]]).encode() + b"\n",
            )
            os._exit(1)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = [json.loads(line) for line in pipe.read().splitlines()]
    status = os.waitpid(child, 0)[1]
    complaint = next((which for what, which in said if what == "!"), "")
    return status == 0, [(what, which) for what, which in said if what != "!"], complaint


def look(the: world.World, acks: list[tuple[str, str]]) -> list[str]:
    """In a copy too: what is looked at is read anew, from the disk."""

    def looking(ack: Callable[[str, str], None]) -> None:
        for sentence in wrong(the, acks):
            ack("wrong", sentence)

    _done, said, complaint = in_a_copy(looking)
    return [sentence for _what, sentence in said] + ([complaint] if complaint else [])


def go_wrong(name: str, deed: Deed, the: world.World, fault: Fault, at: int) -> tuple[bool, list[str]]:
    """(the deed got to its end before the fault, what is wrong)."""
    state.bring_back(HOME, name)

    def failing(ack: Callable[[str, str], None]) -> None:
        Steps(HOME, at, fault).begin()
        deed.do(the, ack)

    done, acks, complaint = in_a_copy(failing)
    if fault is Fault.POWER:
        sqlite_steps.cut(log_of(HOME), HOME, HOME.with_name(name), at)
    found = [f"fails by itself: {complaint}"] if complaint and fault in (Fault.KILL, *IN_SQLITE) else []
    found += [f"left: {sentence}" for sentence in look(the, acks)]
    _again, more, complaint = in_a_copy(lambda ack: plan.again(deed, the, ack))
    found += [f"once more: {complaint}"] if complaint else []
    found += [f"after once more: {sentence}" for sentence in look(the, [*acks, *more])]
    # What begins with a dot and ends with .new is half a file: the next write of the same file takes its place.
    left = [p.name for p in HOME.rglob(".*") if p.suffix != ".new"]
    return done, found + [f"left lying: {one}" for one in left]


def try_deed(name: str, deed: Deed, the: world.World, asked: argparse.Namespace) -> dict[str, object]:
    in_a_copy(lambda _ack: deed.before(the))
    state.keep(HOME, name)
    steps, found = 0, []
    faults = asked.faults
    if asked.every > 1 and faults == POSSIBLE:  # a sample: killed, and one of the others by turns
        faults = [Fault.KILL, faults[1 + asked.first % (len(faults) - 1)]]
    for fault in faults:
        every = asked.every if fault is Fault.KILL else 3 * asked.every if asked.every > 1 else 1
        for at in range(asked.first % every, MOST, every):
            done, sentences = go_wrong(name, deed, the, fault, at)
            found += [f"{fault} at step {at}: {sentence}" for sentence in sentences]
            steps += 1
            if (done and fault is not Fault.FULL) or (done and at > 10):
                break
    state.bring_back(HOME, "world")
    return {"deed": name, "steps": steps, "wrong": found}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--of", type=int, default=1)
    parser.add_argument("--faults", type=lambda t: [Fault(f) for f in t.split(",")], default=POSSIBLE)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    state.begin()
    outcomes = []
    try:
        call_command("migrate", verbosity=0, interactive=False)
        the = world.make(HOME)
        state.keep(HOME, "world")
        for number, (name, deed) in enumerate(DEEDS.items()):
            if asked.only in name and number % asked.of == 0:
                asked.first = number
                outcomes.append(try_deed(name, deed, the, asked))
                if not asked.json:
                    print(
                        f"{name:<45} {outcomes[-1]['steps']:4} steps",
                        *outcomes[-1]["wrong"][:4],
                        sep="\n  ",
                        flush=True,
                    )  # type: ignore[index]
    finally:
        state.end(HOME)
        shutil.rmtree(HOME.parent)
    if asked.json:
        print(json.dumps(outcomes))
    bad = [one for one in outcomes if one["wrong"]]
    print(
        sum(int(str(one["steps"])) for one in outcomes),
        "steps,",
        len(bad),
        "deeds with something wrong",
        file=sys.stderr,
    )
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
