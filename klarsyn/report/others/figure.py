"""One figure a municipality has released of itself, with all that must stand beside it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

CONFLICT: Final = "conflict"  # in place of a symbol: the edition's sources disagree, and none is used


@dataclass(frozen=True, slots=True)
class Figure:
    """A count of one period. `symbol`: "" where it is shown, else why it is not; texts by language.

    `rounded_by`: how far the true count may be from the published one; then no rate is published.
    """

    indicator: str
    definition: str
    measures: tuple[str, ...]
    period: str
    per: int
    count: int | None
    population: int | None
    rate: float | None
    lower: float | None
    upper: float | None
    symbol: str
    rounded_by: int
    title: Mapping[str, str]
    says_not: Mapping[str, str]
    breaks: tuple[Mapping[str, str], ...]
    sources: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """As plain types, for the database."""
        return asdict(self)


def read(kept: Mapping[str, Any]) -> Figure:
    """A figure from what the database holds."""
    lists = {name: tuple(kept[name]) for name in ("measures", "breaks", "sources")}
    return Figure(**{**kept, **lists})
