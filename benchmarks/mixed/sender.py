"""An open loop of requests: each is due at its own time, whatever the answers before it did."""

from __future__ import annotations

import queue
import random
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from benchmarks.mixed.browser import Ask, Browser, Got
from benchmarks.mixed.visitors import Journey

THREADS = 32


@dataclass(slots=True)
class Actor:
    """Somebody at a browser, and what they ask next. `begin` makes the journey; anew when it went wrong."""

    browser: Browser
    begin: Callable[[], Journey]
    journey: Journey | None = None
    next: Ask | None = None

    def ask(self) -> tuple[Ask, Got, str]:
        """One request; "" or what was wrong with the answer, after which the journey begins anew."""
        if self.journey is None or self.next is None:
            self.journey = self.begin()
            self.next = next(self.journey)
        asked = self.next
        got = self.browser.ask(asked)
        wrong = "" if got.is_right(asked) else f"{asked.path}: {got.status} {_title(got)}"
        if not wrong:
            try:
                self.next = self.journey.send(got)
            except LookupError as error:
                wrong = f"{asked.path}: {error}"
        if wrong:
            self.journey = self.next = None
        return asked, got, wrong


def _title(got: Got) -> str:
    try:
        return got.one(r"<h1>(.*?)</h1>")
    except LookupError:
        return got.text[:80]


@dataclass(frozen=True, slots=True)
class Sent:
    """`at`: when it was due, in seconds from the start; `seconds`: from then until the answer was whole."""

    kind: str
    at: float
    seconds: float
    status: int
    spent: float
    waited: float
    wrong: str = ""


@dataclass(slots=True)
class Loop:
    """Who acts in which part, and how often each part has its turn."""

    parts: Mapping[str, list[Actor]]
    shares: Mapping[str, float]
    sent: list[Sent] = field(default_factory=list)
    late: float = 0.0  # the most that a request was handed over after its time: the sender's own slowness

    def run(self, rate: float, seconds: float, *, seed: int = 1) -> None:
        """Requests at random times (a Poisson process), the parts in a fixed order by their shares."""
        idle = {part: queue.SimpleQueue[Actor]() for part in self.parts}
        for part, actors in self.parts.items():
            for actor in actors:
                idle[part].put(actor)
        due: queue.SimpleQueue[tuple[float, str] | None] = queue.SimpleQueue()
        start = time.perf_counter() + 0.1
        threads = [threading.Thread(target=self._work, args=(due, idle, start)) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        chance, at = random.Random(seed), start
        turns = _turns(self.shares)
        while (at := at + chance.expovariate(rate)) < start + seconds:
            time.sleep(max(0.0, at - time.perf_counter()))
            self.late = max(self.late, time.perf_counter() - at)
            due.put((at, next(turns)))
        for _thread in threads:
            due.put(None)
        for thread in threads:
            thread.join(timeout=120)

    def _work(
        self,
        due: queue.SimpleQueue[tuple[float, str] | None],
        idle: Mapping[str, queue.SimpleQueue[Actor]],
        start: float,
    ) -> None:
        while (task := due.get()) is not None:
            at, part = task
            actor = idle[part].get()
            asked, got, wrong = actor.ask()
            took = time.perf_counter() - at
            self.sent.append(Sent(asked.kind, at - start, took, got.status, got.spent, got.waited, wrong))
            idle[part].put(actor)


def _turns(shares: Mapping[str, float]) -> Iterator[str]:
    """The parts by turns, each as evenly spread as its share allows."""
    owed = dict.fromkeys(shares, 0.0)
    whole = sum(shares.values())
    while True:
        for part, share in shares.items():
            owed[part] += share / whole
        chosen = max(owed, key=lambda part: owed[part])
        owed[chosen] -= 1
        yield chosen
