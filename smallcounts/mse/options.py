"""What the methods behind the front door may be told."""

from __future__ import annotations

from dataclasses import dataclass

from smallcounts.mse.bootstrap import Progress
from smallcounts.mse.stepwise import THRESHOLD


@dataclass(frozen=True, slots=True)
class Options:
    """What a method may be told. Each takes what it knows and leaves the rest; ValueError for the impossible.

    `level` of the interval; `threshold` of the stepwise search; `order`: lists in one interaction at most
    (bic, threshold); `bootstrap`: draws, 0 for no interval; `model` such as "[12,3]" (log-linear); `year`:
    which factor is the year; `pair`: the names of the two lists of a method for two.
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

    def __post_init__(self) -> None:
        if not 0 < self.level < 1:
            raise ValueError(f"the level is a share between 0 and 1, such as 0.95, not {self.level!r}")
        if self.bootstrap is not None and self.bootstrap < 0:
            raise ValueError(
                f"the number of bootstrap draws is a whole number from 0, not {self.bootstrap!r}"
            )
