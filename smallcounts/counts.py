"""Checked inputs: what may be counted, and what is missing and why."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

_PERIOD = re.compile(r"^\d{4}(-\d{2})?([/–]\d{4}(-\d{2})?)?$")


class Status(StrEnum):
    """Why a value is there or not. Four different marks on every page."""

    OBSERVED = "observed"  # a number stands in the source; zero included
    WITHHELD = "withheld"  # the publisher hides it (secrecy, small numbers)
    UNAVAILABLE = "unavailable"  # not collected, or too uncertain to print
    NOT_APPLICABLE = "not_applicable"  # cannot exist (the area did not exist, say)


class CountError(ValueError):
    """The counts contradict themselves; the message names the row and the mend."""


@dataclass(frozen=True, slots=True)
class Count:
    """One count of one measure in one area and period.

    `value` is None exactly when `status` is not OBSERVED. `population` is the number of
    people (or person-years) the count is to be read against; None when it is unknown.
    `period` is a year, a month, or two of them with a slash; never a day.
    `is_approximate` marks "about 300"; `sources` are short keys into the provenance.
    `categories` are the (variable, category) pairs of a cell of a crossed table, by variable,
    such as (("age", "18-24"), ("gender", "women")).
    """

    area: str
    name: str
    period: str
    value: int | None
    status: Status = Status.OBSERVED
    population: int | None = None
    sources: tuple[str, ...] = ()
    is_approximate: bool = False
    note: str = ""
    categories: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        where = f"{self.name or self.area} {self.period}"
        if (self.value is None) == (self.status is Status.OBSERVED):
            raise CountError(f"{where}: a value and the status '{self.status}' contradict each other")
        if self.value is not None and (isinstance(self.value, bool) or self.value < 0):
            raise CountError(f"{where}: a count is a whole number from 0, not {self.value!r}")
        if self.population is not None and self.population <= 0:
            raise CountError(f"{where}: a population is above 0, not {self.population!r}")
        if not _PERIOD.match(self.period):
            raise CountError(f"{where}: the period must be a year or a month, never a day")
        variables = [variable for variable, _ in self.categories]
        if variables != sorted(set(variables)):
            raise CountError(f"{where}: each variable has one category, and they stand by variable")


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts of one measure in one unit, all that leaves a room through its door.

    `category` on a row set apart (women, men …) goes in `name`, the cell of a crossed table in
    `categories`; one table holds one measure: two measures
    are two tables, and nothing adds them. Two sources that disagree are two rows.
    """

    measure: str
    unit: str
    counts: tuple[Count, ...]
    is_invented: bool = False
    is_public: bool = False  # every figure stands in a publication named by `sources`
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        seen = Counter((c.area, c.name, c.period, c.sources, c.categories) for c in self.counts)
        twice = [key for key, times in seen.items() if times > 1]
        if twice:
            area, name, period, _, categories = twice[0]
            cell = " ".join([name or area, period, *(category for _, category in categories)])
            raise CountError(f"{cell} stands {seen[twice[0]]} times from the same source")

    def observed(self) -> tuple[Count, ...]:
        """The rows that hold a number."""
        return tuple(c for c in self.counts if c.status is Status.OBSERVED)


@dataclass(frozen=True, slots=True)
class Exposure:
    """People at risk by area and period: denominators, in persons (or person-years)."""

    unit: str
    by_area_period: tuple[tuple[str, str, int], ...]

    def of(self, area: str, period: str) -> int | None:
        for a, p, n in self.by_area_period:
            if (a, p) == (area, period):
                return n
        return None
