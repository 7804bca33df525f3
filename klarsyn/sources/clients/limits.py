"""Time as we are given it, and a window that never lets more calls through than the service allows."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """Seconds that only grow, a way to wait, and the time of day."""

    seconds: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = _utc_now


class Window:
    """At most `calls` in any `length` seconds.

    A call is counted from when its answer came, not from when it was sent: the service saw it no later
    than that, so its own window can never hold more calls than ours, however slow the line is.
    """

    def __init__(self, calls: int, length: float, clock: Clock) -> None:
        self.calls, self.length = max(1, calls), max(0.0, length)
        self._clock = clock
        self._ended: deque[float] = deque()

    def wait(self) -> None:
        """Returns when one more call is allowed."""
        while len(self._ended) >= self.calls:
            left = self._ended[-self.calls] + self.length - self._clock.seconds()
            if left <= 0:
                self._ended.popleft()
            else:
                self._clock.sleep(left)

    def count(self) -> None:
        """Notes that a call has been answered (or has failed)."""
        self._ended.append(self._clock.seconds())

    def change(self, calls: int, length: float) -> None:
        """Takes the limits the service states now; calls already made still count."""
        self.calls, self.length = max(1, calls), max(0.0, length)
