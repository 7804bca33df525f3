"""A clock that only moves when somebody sleeps; client and server read the same one."""

import threading
from datetime import UTC, datetime, timedelta

_START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


class FakeClock:
    """Seconds and the time of day for tests that must not wait."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seconds = 1000.0
        self.slept: list[float] = []

    def seconds(self) -> float:
        with self._lock:
            return self._seconds

    def sleep(self, length: float) -> None:
        with self._lock:
            self._seconds += length
            self.slept.append(length)

    def now(self) -> datetime:
        return _START + timedelta(seconds=self.seconds() - 1000.0)
