"""A thousand learners start at once, by a unit's link; the server is killed in the midst of it.

    python benchmarks/training.py                 # 1,000 come within 60 s: p95 at most 500 ms, nothing lost
    python benchmarks/training.py --learners 100 --seconds 30
    python benchmarks/training.py --no-kill           # without the fault

The real server under the production settings on two cores, which the sender shares. "At once" is what a
municipality's training day is: all come within a minute, each opens the link, gets a code, opens the course
and goes on at a reader's pace (20 s a page in the mean, at random). Each request is measured from when it was
due. In the middle every process of the server is killed with SIGKILL and started again on the same port;
whoever got no answer asks again after two seconds. The bar is for every request outside the outage and its
five seconds; the whole is told too. Afterwards each acknowledged move is looked for by the learner's own
code. Ends with status 1 on a miss.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.mixed.browser import Browser
from benchmarks.mixed.crowd import Crowd
from benchmarks.mixed.learner import KEY, Learner
from benchmarks.mixed.sender import Sent
from benchmarks.mixed.site import Site, bare

BAR_MS, LEARNERS, SECONDS, COME, THINK = 500.0, 1000, 240.0, 60.0, 20.0
BEGINS = ("opens the link", "begins", "sees the code", "sees the courses", "opens the course")
SETTLED = 5.0  # seconds after the server is back until what has waited for it is served


@dataclass(slots=True)
class Kill:
    """Every process of the server at a time, and up again."""

    site: Site
    after: float
    at: float = -1.0
    back: float = -1.0
    _thread: threading.Thread | None = None

    def __call__(self, now: float) -> None:
        if self.at >= 0 or now < self.after or self.site.server is None:
            return
        self.at, self.back = now, float("inf")
        self._thread = threading.Thread(target=self._act)  # the others go on asking meanwhile
        self._thread.start()

    def end(self) -> None:
        if self._thread is not None:
            self._thread.join(timeout=90)

    def _act(self) -> None:
        begun = time.perf_counter()
        self.site.kill()
        self.site.start(self.site.port)
        self.back = self.at + time.perf_counter() - begun

    def touches(self, one: Sent) -> bool:
        """Whether a request was under way in the outage, or waited for what had gathered in it."""
        return self.at >= 0 and one.at + one.seconds >= self.at and one.at <= self.back + SETTLED


def measured(args: argparse.Namespace, home: str) -> dict[str, Any]:
    """One run: what was sent and what is missing afterwards."""
    site = bare(home)
    link = site.run("-m", "benchmarks.mixed.taught").split()[-1]
    try:
        site.start()
        people = [Learner(link, Browser(site.port), Random(f"learner {n}")) for n in range(args.learners)]
        crowd = Crowd(people, args.come, args.think)
        kill = Kill(site, args.seconds / 2 if args.kill else float("inf"))
        crowd.run(args.seconds, at=kill)
        kill.end()
    finally:
        site.stop()
    told = {one.code: one.acts for one in people if one.code}
    given = json.dumps({"told": told, "course": KEY})
    found = json.loads(site.run("-m", "benchmarks.mixed.taught", given=given).splitlines()[-1])
    clear = [one for one in crowd.sent if not kill.touches(one)]
    wrong = [f"{one.at:.1f} s {one.kind} {one.wrong}" for one in clear if one.wrong]
    begun = [
        one for one in clear if one.kind in ("opens the link", "begins", "sees the code", "opens the course")
    ]
    return {
        "count": len(crowd.sent), "clear": len(clear), "asked_a_second": len(crowd.sent) / args.seconds,
        "p95_ms": p95(clear), "p95_of_the_start_ms": p95(begun), "p95_with_the_outage_ms": p95(crowd.sent),
        "kinds": {k: p95([o for o in clear if o.kind == k]) for k in sorted({o.kind for o in clear})},
        "out_s": round(kill.back - kill.at, 1) if kill.at >= 0 else 0.0,
        "not_answered": sum(one.status == 0 for one in crowd.sent), "errors": wrong[:20],
        "moves": sum(sum(acts.values()) for acts in told.values()), "learners": len(told),
        "finished": crowd.finished, "late_ms": round(1000 * crowd.late, 1), **found,
        "server_said": site.said()[-1500:],
    }  # fmt: skip


def p95(sent: Sequence[Sent]) -> float:
    times = sorted(1000 * one.seconds for one in sent)
    return round(statistics.quantiles(times, n=20, method="inclusive")[-1], 1) if len(times) > 1 else 0.0


def is_kept(told: dict[str, Any]) -> bool:
    """Nothing sent, nobody who began or nothing acknowledged is no measurement, and so a miss."""
    measured = all(told[name] > 0 for name in ("clear", "learners", "moves"))
    return measured and told["p95_ms"] <= BAR_MS and not told["errors"] and not told["missing"]


def show(told: dict[str, Any]) -> None:
    """What was asked, how long it took, what was found."""
    print(f"{told['count']} requests, {told['asked_a_second']:.1f} a second")
    print(f"the sender was at most {told['late_ms']} ms late")
    for kind, time_ms in told["kinds"].items():
        print(f"  {kind:<20} p95 {time_ms:8.1f} ms")
    print(f"the server was away for {told['out_s']} s; {told['not_answered']} requests were sent again")
    print(f"p95 with the outage {told['p95_with_the_outage_ms']} ms")
    print(f"p95 of the start alone {told['p95_of_the_start_ms']} ms")
    print(f"{told['learners']} learners, {told['moves']} moves acknowledged, {told['finished']} finished")
    for line in (*told["errors"], *told["missing"][:20]):
        print(f"  wrong: {line}")
    if not told["moves"]:
        print("  wrong: no move was acknowledged, so nothing was measured")
    verdict = "ok" if is_kept(told) else "missed"
    wrong = f"errors {len(told['errors'])}, missing {len(told['missing'])}"
    print(f"p95 {told['p95_ms']} ms, bar {BAR_MS:.0f}; {wrong}  {verdict}")


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--learners", type=int, default=LEARNERS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--come", type=float, default=COME, help="seconds in which all arrive")
    parser.add_argument("--think", type=float, default=THINK, help="mean seconds a page is read")
    parser.add_argument("--no-kill", dest="kill", action="store_false")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="klarsyn-learners-") as home:
        told = measured(args, home)
    print(json.dumps(told, ensure_ascii=False)) if args.json else show(told)
    return 0 if is_kept(told) else 1


if __name__ == "__main__":
    raise SystemExit(main())
