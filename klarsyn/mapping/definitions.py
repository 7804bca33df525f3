"""An indicator: one published figure, declared in one TOML file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from klarsyn.sources.values import Measure


class Method(StrEnum):
    """How a figure is computed; each has one module in `mapping/methods/`."""

    RATES_COMPARED = "rates_compared"  # municipalities side by side: rates, ratios, funnel, map
    EXPECTED = "expected"  # what a national number would mean municipality by municipality
    SERIES = "series"  # one area over years
    REGIONS = "regions"  # police regions over years
    VICTIMS = "victims"  # presumed victims over years, by women, men, girls, boys
    SHARES = "shares"  # survey shares
    PLACES = "places"  # known receptions
    STATEMENTS = "statements"  # figures receptions have published
    EARLIER = "earlier"  # earlier mappings
    POPULATION = "population"  # the people the municipality answers for
    PROTECTED = "protected"  # crossed counts of people nobody has published, under a publication programme
    HIDDEN_POPULATION = "hidden_population"  # how many there are besides those whom overlapping lists hold


class Chapter(StrEnum):
    """The chapters of the yearly report, in their order."""

    SUMMARY = "summary"
    PURPOSE = "purpose"
    METHOD = "method"
    EXTENT = "extent"
    EXPOSED = "exposed"
    ARENAS = "arenas"
    DEMAND = "demand"
    WORK = "work"
    VOICES = "voices"
    COOPERATION = "cooperation"
    FOLLOWUP = "followup"
    GAPS = "gaps"
    ANNEX = "annex"


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Swedish and English."""

    sv: str
    en: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure of the mapping. Every field stands in its TOML file; nothing is implied."""

    id: str
    chapter: Chapter
    order: int
    method: Method
    title: Words
    why: Words  # why it matters
    says_not: Words  # what the figure does not say
    numerator: Words
    denominator: Words
    how: Words  # the method in a sentence
    measures: tuple[Measure, ...]
    datasets: tuple[str, ...]  # source keys; empty = every source of the measures
    areas: tuple[str, ...]  # codes; "home" stands for the mapping's municipality; empty = all
    since: str  # first period, "" = as far back as known
    until: str
    per: int  # 100 000
    disclosure: str  # "already_public" | "invented" | "protected"
    author: str
    checker: str
    next_review: date
    reception: str = ""  # who counts it, a name of `doors.NAMES`; "" = a source
    programme: str = ""  # file name of a publication programme; "" = none. A mapping frozen earlier has none

    @property
    def is_invented(self) -> bool:
        """Whether the figure shows invented people or counts: its measure says so, whatever else it says.

        A reception's may be either: its counts say so themselves.
        """
        return Measure.SIMULATED in self.measures
