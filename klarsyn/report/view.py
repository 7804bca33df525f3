"""The view model that page, PDF and slides share: plain frozen values in one language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from klarsyn.mapping.definitions import Chapter as ChapterKey
from klarsyn.mapping.definitions import Method
from klarsyn.mapping.results import FigureResult
from klarsyn.report.figures import Chart
from klarsyn.report.policy import State

_MUST: Final = 2
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ])")


def _sentences(text: str) -> list[str]:
    return _SENTENCE.split(text)


@dataclass(frozen=True, slots=True)
class Link:
    """`note` says what one gets: "PDF, 24 sidor"."""

    title: str
    address: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class EditionShown:
    """What the page says of its edition. `base`: its stable address in this language, with a last slash."""

    slug: str
    municipality: str
    year: int
    number: int
    is_invented: bool
    state: State
    base: str
    released_on: date | None = None
    what_changed: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class NumberShown:
    """A number that never stands alone: its interval, its count and population, and where it comes from."""

    value: str
    label: str
    interval: str
    note: str
    origin: str
    strip: str = ""  # a drawing for the eye alone


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart in two widths; the stylesheet shows one. `kind` names its texts: intervals, funnel, hex …"""

    kind: str
    caption: str
    reading: str  # "Så läser du figuren"
    wide: Chart
    narrow: Chart
    dark: Chart | None = None  # of what is heavy enough to be a file of its own: for a dark page
    file: str = ""  # where the narrow one lies, relative to the edition's address; "" = it stands in the page
    dark_file: str = ""

    @property
    def is_map(self) -> bool:
        """Maps are high and stand in pairs, so the page shows their narrow form at every width."""
        return self.kind.startswith(("hex", "map"))


@dataclass(frozen=True, slots=True)
class Head:
    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    is_number: bool = False
    is_long: bool = False  # words that need room


@dataclass(frozen=True, slots=True)
class Row:
    """The first cell is the row's heading. `origin` answers where the row's numbers come from."""

    cells: tuple[Cell, ...]
    is_home: bool
    origin: str


@dataclass(frozen=True, slots=True)
class TableShown:
    """`left_out` rows stand only in the open data; the caption says so."""

    name: str
    caption: str
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    left_out: int = 0
    data: str = ""  # address of the whole table as CSV; "" when the edition has none
    note: str = ""  # how rounded or hidden figures came to be so, in one sentence


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One figure, in the order a reader meets its parts."""

    id: str
    number: int
    title: str  # states the finding
    line: str  # measure, place, time
    findings: tuple[str, ...]
    pictures: tuple[Picture, ...]
    warnings: tuple[str, ...]
    why: str
    how: str
    says_not: str
    numerator: str
    denominator: str
    sources: tuple[Link, ...]
    tables: tuple[TableShown, ...]
    origin: str
    is_invented: bool
    shows_table: bool  # no chart and few rows: the table itself is the figure
    result: FigureResult = field(repr=False, compare=False)  # for charts in other widths
    protection: str = ""  # how its counts are protected; "" where they stand as their source has them

    @property
    def says_not_first(self) -> str:
        """What must be read with the figure: all of it for a comparison of places, else two sentences."""
        is_compared = self.result.indicator.method is Method.RATES_COMPARED
        return " ".join(_sentences(self.says_not)[: None if is_compared else _MUST])

    @property
    def says_not_more(self) -> str:
        """The rest, folded on the page and printed on paper."""
        return self.says_not.removeprefix(self.says_not_first).strip()


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """What the chapter lacks, and what would fill it."""

    what: str
    fills: str


@dataclass(frozen=True, slots=True)
class LawRow:
    name: str
    says: str
    was_in_force: bool
    later: tuple[str, ...]  # "1 augusti 2022: …"
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Event:
    when: str
    text: str
    outcome: str
    source: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    key: ChapterKey
    number: int
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    figures: tuple[FigureShown, ...]
    missing: tuple[Missing, ...]
    notes: tuple[Note, ...]
    laws: tuple[LawRow, ...] = ()
    events: tuple[Event, ...] = ()
    points: tuple[Link, ...] = ()  # in the summary: every figure's finding, leading to it


@dataclass(frozen=True, slots=True)
class Page:
    """The whole edition in one language."""

    language: str
    title: str  # "Kartläggningen 2019"
    municipality_name: str
    edition: EditionShown
    headline: str
    headline_caveat: str
    numbers: tuple[NumberShown, ...]
    decided: Chapter  # last year's decisions, on the first screen
    chapters: tuple[Chapter, ...]
    downloads: tuple[Link, ...]
    released: str  # the day in words; "" for a draft
    frozen_at: str
    code_version: str
    has_files: bool  # False for a draft: everything stands in the page

    def figures(self) -> tuple[FigureShown, ...]:
        return tuple(f for c in self.chapters for f in c.figures)


@dataclass(frozen=True, slots=True)
class StepShown:
    formula: str
    numbers: str
    result: str
    reference: str


@dataclass(frozen=True, slots=True)
class OriginRow:
    """How one row's numbers were made. `anchor` is its id on the source page."""

    anchor: str
    title: str
    cells: tuple[tuple[str, str], ...]
    steps: tuple[StepShown, ...]


@dataclass(frozen=True, slots=True)
class SourceShown:
    """Where figures were read. `checksum` is sha256 of the bytes read."""

    anchor: str
    publisher: str
    title: str
    table: str
    address: str
    licence: str
    retrieved: str
    published: str
    checksum: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The answer to "Varifrån kommer talet?" for one figure."""

    figure: FigureShown
    rows: tuple[OriginRow, ...]
    steps: tuple[StepShown, ...]  # of the figure as a whole
    sources: tuple[SourceShown, ...]
    content_hash: str
    code_version: str
