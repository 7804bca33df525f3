"""What was acknowledged to whoever did it: each of these must be found when the load is over."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, fields


@dataclass(slots=True)
class Acts:
    """Texts are unique marks. A note's mark is the one of the last save that was acknowledged."""

    threads: dict[str, str] = field(default_factory=dict)  # mark of the first message -> code
    messages: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)  # record -> mark
    booked: dict[str, str] = field(default_factory=dict)  # code -> reception and time
    leaving: list[str] = field(default_factory=list)  # codes whose cancelling was asked for
    cancelled: list[str] = field(default_factory=list)  # and acknowledged
    counted: dict[str, int] = field(default_factory=dict)  # reception -> number
    taken: int = 0  # times that somebody else was given first, and it was said
    numbers: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def to_find(self) -> dict[str, object]:
        """For the process that looks for them."""
        return {one.name: getattr(self, one.name) for one in fields(self) if not one.name.startswith("_")}

    def mark(self) -> str:
        """Words that no other text has."""
        with self._lock:
            self.numbers += 1
            return f"märke-{self.numbers:06}-slut"

    def count(self, reception: str, number: int) -> None:
        with self._lock:
            self.counted[reception] = self.counted.get(reception, 0) + number
