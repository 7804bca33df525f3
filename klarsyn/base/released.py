"""What has been released, for rooms that may not see the report; the report fills this slot and nobody else.

It does so once, in `AppConfig.ready`:

    fill_released("klarsyn.report.telling.Telling")

A reader asks `released_figures("convicted_press")` and gets only what is out: a draft has no figure here.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Protocol

from django.utils.module_loading import import_string

log = logging.getLogger(__name__)

SOURCE: Final = "klarsyn.report.telling."  # the one place that figures may come from


class Quantity(StrEnum):
    """What the value of a row is. Rows of two quantities, units or measures are never compared."""

    COUNT = "count"
    RATE = "rate"
    PERCENT = "percent"


class StageCode(StrEnum):
    """How far an edition has come, in this order."""

    COLLECTED = "collected"
    COMPUTED = "computed"
    FROZEN = "frozen"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHECKED = "checked"
    RELEASED = "released"
    CORRECTED = "corrected"  # a newer edition has taken its place


@dataclass(frozen=True, slots=True)
class Words:
    """A text in both languages."""

    sv: str
    en: str

    def said(self, language: str) -> str:
        return self.en if language.startswith("en") else self.sv


NOTHING: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class Why:
    """Why there is no number: "too_few", "cannot_exist", "not_collected", "unavailable", "no_rate"; or ""."""

    code: str = ""
    words: Words = NOTHING


@dataclass(frozen=True, slots=True)
class ReleasedRow:
    """One value with all that must be said beside it; `value` is None exactly when `why` has a code.

    `cell` names what is counted, without its period, and is the same in every edition. Two rows of one cell
    and period are two sources that disagree: both are shown, neither is chosen.
    """

    cell: str  # "rates.rate|area=0680"; what a measure of the plan keeps
    period: str  # "2019"; "2023/2024" is a sum of years
    labels: tuple[tuple[str, str], ...]  # (variable, category); () = everybody
    words: Words  # the labels as people read them
    value: float | None
    low: float | None = None
    high: float | None = None
    level: float | None = (
        None  # 0.95; None = no probability: what rounding leaves possible, or the source's own
    )
    method: str = ""  # "exact", "clopper-pearson", "rounding", "source"; "" = no interval
    count: float | None = None  # the count behind a rate or share
    population: float | None = None  # the exposure it is divided by
    why: Why = Why()
    is_approximate: bool = False
    is_default: bool = False  # the municipality itself, or everybody: what is meant when no cell is named
    publisher: str = ""  # who gave the number; "" where the municipality counted itself


@dataclass(frozen=True, slots=True)
class ReleasedBreak:
    """From this day the series is not the same thing as before."""

    on: date
    title: Words
    address: str


@dataclass(frozen=True, slots=True)
class ReleasedFigure:
    """One series of one indicator in one released edition. Another table or quantity is another figure."""

    key: str  # of the indicator
    series: str  # "rates.rate"; what the cells of its rows begin with
    title: Words
    says_not: Words
    year: int  # of the mapping
    edition: int
    released_on: date
    address: Words  # of the figure in its edition, for either language
    measure: str  # klarsyn.sources.values.Measure: what was counted
    quantity: Quantity
    unit: str  # "per_100000", "percent", "count", or what the programme counts
    rows: tuple[ReleasedRow, ...]
    breaks: tuple[ReleasedBreak, ...]
    sources: tuple[str, ...]  # publishers
    protection: Words  # how its counts are protected; empty where they stand as their source has them
    is_invented: bool
    counted: Words = NOTHING  # what it counts, in a word: "contacts"; empty where the title says it


@dataclass(frozen=True, slots=True)
class KnownIndicator:
    """An indicator that a mapping may hold, whether a figure of it is released or not."""

    key: str
    title: Words
    says_not: Words
    measure: str
    is_invented: bool


@dataclass(frozen=True, slots=True)
class Stage:
    """`on` is None where it is reached but no day was kept."""

    code: StageCode
    is_reached: bool
    on: date | None = None


@dataclass(frozen=True, slots=True)
class EditionStage:
    """How far the mapping of a year has come: for those who work with it, and without any figure.

    `edition` is 0 for a frozen mapping that nobody has drafted an edition of.
    """

    year: int
    is_invented: bool
    edition: int
    address: Words  # empty until it is released
    stages: tuple[Stage, ...]
    is_sent_back: bool = False

    def stage(self, code: StageCode) -> Stage:
        return next(one for one in self.stages if one.code is code)

    @property
    def newest(self) -> StageCode:
        return [one.code for one in self.stages if one.is_reached][-1]


class Source(Protocol):
    """What the report puts here. A class, made anew for each question."""

    def figures(self, key: str | None) -> tuple[ReleasedFigure, ...]: ...

    def indicators(self) -> tuple[KnownIndicator, ...]: ...

    def editions(self) -> tuple[EditionStage, ...]: ...


_filled: list[str] = []


def fill_released(name: str) -> None:
    """`name`: dotted path of the report's Source. Raises ValueError for anybody else's."""
    if not name.startswith(SOURCE) or (_filled and name not in _filled):
        raise ValueError(f"released figures come from {SOURCE}* alone, not from {name}")
    _filled[:] = [name]


def _source() -> Source:
    made: Source = import_string(_filled[0])()
    return made


def released_figures(key: str | None = None) -> tuple[ReleasedFigure, ...]:
    """The figures of an indicator, or of all, newest year first; real before invented. Only what is released.

    Of each year the edition in force: what a correction replaced is not here.
    """
    return _source().figures(key) if _filled else ()


def known_indicators() -> tuple[KnownIndicator, ...]:
    """Every indicator in the order of the report."""
    return _source().indicators() if _filled else ()


def editions() -> tuple[EditionStage, ...]:
    """Every edition and every frozen mapping without one, newest year first."""
    return _source().editions() if _filled else ()
