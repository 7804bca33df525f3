"""What the methods behind the front door may be told."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.stepwise import THRESHOLD


@dataclass(frozen=True, slots=True)
class Options:
    """What a method may be told. Each takes what it knows and leaves the rest.

    `year`: which factor is the year; `pair`: the names of the two lists of a method for two.
    """

    level: float = 0.95
    threshold: float = THRESHOLD
    order: int | None = None
    bootstrap: int | None = None  # draws; the method's own number when None
    seed: int = 1
    model: str | None = None
    year: str | None = None
    pair: tuple[str, str] | None = None
    progress: Progress | None = None
