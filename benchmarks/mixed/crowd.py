"""Many people at their own pace: each asks when it is their time, whatever became of the others' answers."""

from __future__ import annotations

import heapq
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from benchmarks.mixed.browser import Ask, Got
from benchmarks.mixed.learner import Learner
from benchmarks.mixed.sender import Sent

THREADS = 48
AGAIN = 2.0  # seconds until somebody whose page did not come asks for it once more


@dataclass(slots=True)
class Someone:
    """A learner and what they ask next."""

    learner: Learner
    journey: Any
    next: Ask


@dataclass(slots=True)
class Crowd:
    """`come`: the seconds in which all arrive; `think`: the mean between an answer read and the next form."""

    people: list[Learner]
    come: float
    think: float
    sent: list[Sent] = field(default_factory=list)
    late: float = 0.0
    finished: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _heap: list[tuple[float, int, Someone]] = field(default_factory=list)

    def run(self, seconds: float, *, seed: int = 1, at: Callable[[float], None] = lambda _now: None) -> None:
        """`at` is told the time now and then, and may break something."""
        chance, start = Random(seed), time.perf_counter() + 0.2
        for number, learner in enumerate(self.people):
            journey = learner.journey()
            self._push(start + chance.uniform(0, self.come), number, Someone(learner, journey, next(journey)))
        due: queue.SimpleQueue[tuple[float, int, Someone] | None] = queue.SimpleQueue()
        threads = [
            threading.Thread(target=self._work, args=(due, start), daemon=True) for _ in range(THREADS)
        ]
        for thread in threads:
            thread.start()
        while (now := time.perf_counter()) < start + seconds:
            at(now - start)
            self._hand_over(due, now)
            time.sleep(0.002)
        for _thread in threads:
            due.put(None)
        for thread in threads:
            thread.join(timeout=60)

    def _hand_over(self, due: queue.SimpleQueue[tuple[float, int, Someone] | None], now: float) -> None:
        with self._lock:
            while self._heap and self._heap[0][0] <= now:
                task = heapq.heappop(self._heap)
                self.late = max(self.late, now - task[0])
                due.put(task)

    def _work(self, due: queue.SimpleQueue[tuple[float, int, Someone] | None], start: float) -> None:
        while (task := due.get()) is not None:
            when, number, one = task
            asked, got = one.next, one.learner.browser.ask(one.next)
            now = time.perf_counter()
            wrong = "" if got.is_right(asked) else f"{asked.path}: {got.status} {got.text[:80]!r}"
            self.sent.append(
                Sent(asked.kind, when - start, now - when, got.status, got.spent, got.waited, wrong)
            )
            if wrong:
                self._push(now + AGAIN, number, one)
                continue
            if self._asks_next(one, got):
                self._push(now + self._pause(one), number, one)

    def _asks_next(self, one: Someone, got: Got) -> bool:
        try:
            one.next = one.journey.send(got)
        except StopIteration:
            self.finished += 1
            return False
        except LookupError as error:
            self.sent.append(Sent("another page", 0, 0, 200, 0, 0, f"{one.next.path}: {error}"))
            return False
        return True

    def _pause(self, one: Someone) -> float:
        """A redirect is followed at once; a page is read first."""
        return (
            0.0
            if one.next.kind in ("goes on", "sees the code")
            else one.learner.chance.expovariate(1 / self.think)
        )

    def _push(self, when: float, number: int, one: Someone) -> None:
        with self._lock:
            heapq.heappush(self._heap, (when, number, one))
