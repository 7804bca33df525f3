"""The answers of the API, field by field; the description of the API is built from these classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from klarsyn.base.released import Quantity
from klarsyn.sources.values import Measure


@dataclass(frozen=True, slots=True)
class Doc:
    """What a field is, for the description."""

    text: str


class State(StrEnum):
    """Whether an edition is to be read."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"


class Missing(StrEnum):
    """Why there is no number."""

    TOO_FEW = "too_few"
    CANNOT_EXIST = "cannot_exist"
    NOT_COLLECTED = "not_collected"
    UNAVAILABLE = "unavailable"
    NO_RATE = "no_rate"


@dataclass(frozen=True, slots=True)
class Start:
    name: Annotated[str, Doc("The municipality.")]
    municipality: Annotated[str, Doc("Its code.")]
    version: Annotated[str, Doc("Of this API.")]
    licence: Annotated[str, Doc("Address of the licence of the figures.")]
    editions: str
    indicators: str
    figures: str
    sources: str
    description: Annotated[str, Doc("The OpenAPI document.")]
    documentation: Annotated[str, Doc("The same for people.")]


@dataclass(frozen=True, slots=True)
class Replacement:
    edition: Annotated[str, Doc("Id of the newer edition.")]
    reason: Annotated[str, Doc("What was changed and why, in the words of the edition.")]
    address: Annotated[str, Doc("Of the newer edition in this API.")]


@dataclass(frozen=True, slots=True)
class Edition:
    id: Annotated[str, Doc("Stands in the names of the open data files too.")]
    year: Annotated[int, Doc("The year that the mapping is of.")]
    number: int
    title: str
    is_invented: Annotated[bool, Doc("True: an example, about nobody and nowhere.")]
    state: State
    released_on: date
    what_changed: Annotated[str, Doc("Since the edition before; empty in a first edition.")]
    replaced_by: Annotated[Replacement | None, Doc("Only where state is replaced.")]
    page: Annotated[str, Doc("The edition for people.")]
    data: Annotated[str | None, Doc("The signed package of everything; null where there is none.")]
    figures: Annotated[str | None, Doc("Its figures in this API; null where it is replaced.")]


@dataclass(frozen=True, slots=True)
class Break:
    on: Annotated[date, Doc("From this day the series is not the same thing as before.")]
    title: Annotated[str, Doc("Why: a law that changed, a new way of counting.")]
    address: Annotated[str, Doc("Where that can be read.")]


@dataclass(frozen=True, slots=True)
class Indicator:
    key: str
    title: str
    chapter: Annotated[str, Doc("Of the report.")]
    measures: Annotated[tuple[Measure, ...], Doc("What is counted. Two measures are never compared.")]
    numerator: str
    denominator: str
    how: Annotated[str, Doc("The method in a sentence.")]
    why: Annotated[str, Doc("Why it matters.")]
    says_not: Annotated[str, Doc("What the figure does not say. Show it wherever you show the figure.")]
    is_invented: bool
    breaks: Annotated[tuple[Break, ...], Doc("Known breaks of the released series, oldest first.")]
    editions: Annotated[tuple[str, ...], Doc("Editions in force that have a figure of it.")]
    address: str


@dataclass(frozen=True, slots=True)
class FigureHead:
    indicator: str
    series: Annotated[str, Doc("Table and quantity; one indicator may have several.")]
    edition: str
    year: Annotated[int, Doc("The year that the mapping is of; the rows say their own periods.")]
    title: str
    says_not: Annotated[str, Doc("What the figure does not say. Show it wherever you show the figure.")]
    measure: Measure
    quantity: Annotated[Quantity, Doc("What `value` is. Two quantities are never compared.")]
    unit: Annotated[str, Doc('"per_100000", "percent", "count", or what is counted.')]
    protection: Annotated[str, Doc("How counts of people were protected; empty where nothing was done.")]
    breaks: tuple[Break, ...]
    publishers: Annotated[tuple[str, ...], Doc("Whose numbers they are. Name them.")]
    is_invented: bool
    released_on: date
    page: Annotated[str, Doc("The figure for people, with its chart.")]
    address: Annotated[str, Doc("The figure with its rows.")]


@dataclass(frozen=True, slots=True)
class Label:
    variable: str
    category: str


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float
    level: Annotated[
        float | None,
        Doc("0.95; null where it is no probability: what rounding leaves possible, or the source's own."),
    ]
    method: Annotated[str, Doc('"exact", "clopper-pearson", "rounding" or "source".')]


@dataclass(frozen=True, slots=True)
class Reason:
    code: Missing
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    period: Annotated[str, Doc('"2019"; "2023/2024" is a sum of years.')]
    labels: Annotated[tuple[Label, ...], Doc("What the row is of; empty: of everybody.")]
    label: Annotated[str, Doc("The same for people.")]
    value: Annotated[float | None, Doc("Null exactly where `missing` says why. Never read null as zero.")]
    count: Annotated[float | None, Doc("The count that the value is, or is made of.")]
    population: Annotated[float | None, Doc("What it was divided by; of a survey, those asked.")]
    interval: Annotated[Interval | None, Doc("Between which values the truth may well lie.")]
    missing: Reason | None
    is_approximate: Annotated[bool, Doc("The source gives about this number.")]
    is_default: Annotated[bool, Doc("The municipality itself, or everybody.")]
    publisher: Annotated[str, Doc("Who gave the number. Two rows of one label and period: both stand.")]


@dataclass(frozen=True, slots=True)
class Source:
    key: str
    publisher: str
    title: str
    table: str
    address: Annotated[str, Doc("Where it was read.")]
    measure: Measure
    licence: str
    published: Annotated[str, Doc("Year or day, as the source states it.")]
    retrieved_on: Annotated[date | None, Doc("Null: carried over by hand.")]
    sha256: Annotated[str, Doc("Of the bytes that were read.")]
    is_invented: bool
    indicators: tuple[str, ...]
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Paging:
    page: int
    pages: Annotated[int, Doc("At least 1.")]
    total: Annotated[int, Doc("Of all pages together.")]
    next: Annotated[str | None, Doc("Address of the next page.")]


@dataclass(frozen=True, slots=True)
class Editions:
    editions: tuple[Edition, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Indicators:
    indicators: tuple[Indicator, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Figures:
    figures: tuple[FigureHead, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Figure:
    figure: FigureHead
    rows: tuple[Row, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Sources:
    sources: tuple[Source, ...]
    paging: Paging


@dataclass(frozen=True, slots=True)
class Problem:
    """RFC 9457."""

    type: Annotated[str, Doc("Where the documentation explains it.")]
    title: str
    status: int
    detail: Annotated[str, Doc("What to do.")]
