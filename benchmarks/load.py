"""Does the site hold a working day's peak? 60 mixed requests a second for ten minutes, on two cores.

    python benchmarks/load.py                    # ten minutes: p95 at most 300 ms, no error, nothing lost
    python benchmarks/load.py --seconds 30       # the same, short
    python benchmarks/load.py --postgres         # on a PostgreSQL of its own instead of SQLite
    python benchmarks/load.py --faults           # a worker killed, slow clients, a huge body, wrong codes

Starts the real server under the production settings, with two receptions of 200 cases each, a half-booked
calendar, eight counsellors, two heads and four councillors who sign in with password and app code, and
visitors without a name. An open loop from another process; the requests come at random times, each measured
from when it was due. Afterwards every write that was acknowledged is looked for, with the keys of those who
may read it, and the exported log is checked. Ends with status 1 on a miss.

What a real hour does not have: 60 requests a second are those of some hundred counsellors, not of eight. The
site's own limits hold: 200 new threads and booked times an hour, 60 cases an hour a person. So `new` has the
share it can have for ten minutes, and each counsellor works with fifty cases.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mixed import staff, visitors
from benchmarks.mixed.acts import Acts
from benchmarks.mixed.browser import Browser
from benchmarks.mixed.faults import Faults
from benchmarks.mixed.people import Person
from benchmarks.mixed.sender import Actor, Loop, Sent
from benchmarks.mixed.site import Site, prepared
from benchmarks.mixed.visitors import Scene

BAR_MS, RATE, SECONDS = 300.0, 60.0, 600.0
CPU_BAR_MS = 2000 / RATE  # of two cores, the sender included
# Percent of the requests. `writes_first` and `books` make one new thread or time in five or six requests.
SHARES = {
    "browses": 24.0, "reads_the_mapping": 12.0, "returns": 17.0, "looks_at_times": 6.0, "writes_first": 1.4,
    "books": 1.2, "counsellor": 32.0, "coming": 0.5, "head": 2.0, "councillor": 3.5,
}  # fmt: skip
MANY = {
    "browses": 12, "reads_the_mapping": 8, "returns": 24, "looks_at_times": 6, "writes_first": 4, "books": 4,
}  # fmt: skip
STAFF = {
    "counsellor": staff.works, "coming": staff.comes_and_goes, "head": staff.leads,
    "councillor": staff.sits_in_the_council,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: milliseconds from when due; means: `cpu` of the server's thread, `lock` waited."""

    kind: str
    count: int
    errors: int
    p50: float
    p95: float
    p99: float
    cpu: float
    lock: float


def cast(site: Site, ground: dict[str, Any], acts: Acts) -> dict[str, list[Actor]]:
    """Everybody at a browser of their own; the staff signed in."""
    scene, parts = Scene(acts, ground["codes"]), dict[str, list[Actor]]()
    for name, many in MANY.items():
        journey = getattr(visitors, name)
        for n in range(many):
            browser = Browser(site.port)
            parts.setdefault(name, []).append(
                Actor(browser, partial(journey, browser, scene, Random(f"{name} {n}")))
            )
    for raw in ground["people"]:
        person = Person(**raw)
        browser = Browser(site.port)
        if person.role != "coming":
            sign_in(browser, person)
        begin = partial(STAFF[person.role], person, acts, Random(person.username))
        parts.setdefault(person.role, []).append(Actor(browser, begin))
    return parts


def sign_in(browser: Browser, person: Person) -> None:
    """The two steps, before the clock starts."""
    for ask in staff.signs_in(person):
        got = browser.ask(ask)
        if not got.is_right(ask):
            raise SystemExit(f"{person.username} cannot sign in: {ask.path} {got.status} {got.text[:300]}")


def table(sent: Sequence[Sent]) -> list[Kind]:
    """By kind, the slowest last; the whole at the end."""
    names = {one.kind for one in sent}
    kinds = [_kind(name, [one for one in sent if one.kind == name]) for name in names]
    return [*sorted(kinds, key=lambda one: one.p95), _kind("all", sent)]


def _kind(name: str, sent: Sequence[Sent]) -> Kind:
    times = sorted(1000 * one.seconds for one in sent)
    cuts = statistics.quantiles(times, n=100, method="inclusive") if len(times) > 1 else times * 99
    p50, p95, p99 = (round(cuts[p - 1], 1) for p in (50, 95, 99))
    cpu = round(statistics.fmean(one.spent for one in sent), 1)
    lock = round(statistics.fmean(one.waited for one in sent), 1)
    return Kind(name, len(sent), sum(bool(one.wrong) for one in sent), p50, p95, p99, cpu, lock)


def measured(args: argparse.Namespace, home: str) -> dict[str, Any]:
    """One run: what was sent, what it cost, what is missing afterwards."""
    acts = Acts()
    site, ground = prepared(home, args.kept)
    try:
        site.start()
        loop = Loop(cast(site, ground, acts), SHARES)
        Loop(loop.parts, SHARES).run(args.rate / 2, 3)  # the first requests load code and open files
        cpu, own, begun = site.spent(), _own(), time.perf_counter()
        faults = Faults(site, args.seconds)
        if args.faults:
            faults.start()
        loop.run(args.rate, args.seconds)
        faults.end()
        took = time.perf_counter() - begun
        cpu, own = site.spent() - cpu, _own() - own
    finally:
        site.stop()
    missing = json.loads(site.run("-m", "benchmarks.mixed.found", given=json.dumps(acts.to_find())))
    kinds, count = table(loop.sent), len(loop.sent)
    broken = [one for one in loop.sent if one.wrong and faults.is_of_the_kill(one.at, one.status)]
    wrong = [f"{one.at:.1f} s {one.kind} {one.wrong}" for one in loop.sent if one.wrong and one not in broken]
    return {
        "database": "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite",
        "asked_a_second": round(count / args.seconds, 1), "seconds": round(took, 1), "count": count,
        "kinds": [_as_row(one) for one in kinds], "p95_ms": kinds[-1].p95, "bar_ms": BAR_MS,
        "server_cpu_ms": round(1000 * cpu / count, 1), "sender_cpu_ms": round(1000 * own / count, 1),
        "cpu_bar_ms": round(CPU_BAR_MS, 1), "sender_late_ms": round(1000 * loop.late, 1),
        "errors": len(wrong), "wrong": wrong[:20], "missing": missing[:20], "taken": acts.taken,
        "faults": faults.told, "broken_by_the_kill": len(broken),
        "p95_without_the_kill_ms": table([o for o in loop.sent if not faults.is_soon_after(o.at)])[-1].p95,
        "found": {
            "threads": len(acts.threads), "messages": len(acts.messages), "answers": len(acts.answers),
            "notes": len(acts.notes), "booked": len(acts.booked), "cancelled": len(acts.cancelled),
            "counts": sum(acts.counted.values()),
        },
        "server_said": site.said()[-2000:],
    }  # fmt: skip


def _as_row(kind: Kind) -> dict[str, Any]:
    return {name: getattr(kind, name) for name in Kind.__slots__}


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def is_kept(told: dict[str, Any]) -> bool:
    return told["p95_ms"] <= BAR_MS and not told["errors"] and not told["missing"]


def show(told: dict[str, Any]) -> None:
    """The table, and under it what was found and what the bar says."""
    print(f"{told['database']}, {told['asked_a_second']} requests a second for {told['seconds']} s")
    names = ("p50", "p95", "p99", "cpu", "lock")
    print(f"{'kind, ms':<22}{'count':>7}{'errors':>7}" + "".join(f"{name:>9}" for name in names))
    for one in told["kinds"]:
        times = "".join(f"{one[name]:9.1f}" for name in names)
        print(f"{one['kind']:<22}{one['count']:>7}{one['errors']:>7}{times}")
    print(
        f"CPU a request: server {told['server_cpu_ms']} ms + sender {told['sender_cpu_ms']} ms, "
        f"of {told['cpu_bar_ms']}; the sender was at most {told['sender_late_ms']} ms late"
    )
    found = ", ".join(f"{name} {count}" for name, count in told["found"].items())
    print(f"found again: {found}; told that the time was somebody else's: {told['taken']}")
    for what, came in told["faults"].items():
        print(f"{what}: {came}")
    if told["faults"]:
        print(f"in the hands of the killed worker, and not answered: {told['broken_by_the_kill']}")
        print(f"p95 but for the five seconds after the kill: {told['p95_without_the_kill_ms']} ms")
    for line in (*told["wrong"], *told["missing"]):
        print(f"  wrong: {line}")
    verdict = "ok" if is_kept(told) else "missed"
    print(
        f"p95 {told['p95_ms']} ms, bar {BAR_MS:.0f}: {BAR_MS / max(told['p95_ms'], 0.1):.1f} times under; "
        f"errors {told['errors']}, missing {len(told['missing'])}  {verdict}"
    )


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    words.add_argument("--seconds", type=float, default=SECONDS)
    words.add_argument("--rate", type=float, default=RATE)
    words.add_argument("--postgres", action="store_true")
    words.add_argument("--faults", action="store_true")
    words.add_argument(
        "--kept", default="", help="a folder: made once, copied by later runs until the tables change"
    )
    words.add_argument("--json", action="store_true")
    args = words.parse_args()
    if args.postgres and "DATABASE_URL" not in os.environ:
        words_again = [sys.executable, "-m", "tests.postgres", sys.executable, __file__, *sys.argv[1:]]
        return subprocess.run(words_again, cwd=Path(__file__).parents[1], check=False).returncode
    with tempfile.TemporaryDirectory(prefix="klarsyn-load-") as home:
        told = measured(args, home)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        show(told)
    return 0 if is_kept(told) else 1


if __name__ == "__main__":
    sys.exit(main())
