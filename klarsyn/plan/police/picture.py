"""The steering group's shared picture: released figures through the slot, and nothing else of a mapping."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from klarsyn.base.language import reader_language
from klarsyn.base.numbers import written
from klarsyn.base.released import Quantity, ReleasedFigure, ReleasedRow, released_figures

FILE: Final = Path(__file__).with_name("picture.toml")
MOST_ROWS: Final = 12  # what has more shows the municipality's own


@dataclass(frozen=True, slots=True)
class RowShown:
    """One value as text, never alone: its interval, and the count and population behind a rate."""

    label: str
    period: str
    value: str
    interval: str
    count: str
    population: str


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One released figure with what it does not say, and where it stands."""

    title: str
    edition: str
    address: str
    rows: tuple[RowShown, ...]
    is_rate: bool
    says_not: str
    protection: str
    sources: tuple[str, ...]
    is_invented: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its figures; without any, nothing of it is released."""

    title: str
    figures: tuple[FigureShown, ...]


def sections() -> tuple[Section, ...]:
    """The whole picture in the reader's language, from what is released now."""
    language = reader_language()
    return tuple(Section(one[language], tuple(_figures(one, language))) for one in _declared())


@cache
def _declared() -> Sequence[Mapping[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads(FILE.read_text(encoding="utf-8"))["section"]
    return found


def _figures(section: Mapping[str, Any], language: str) -> list[FigureShown]:
    """Of each indicator its newest released figure, the municipality's own before an invented example."""
    found = []
    for key in section["keys"]:
        wanted = [f for f in released_figures(key) if f.series in section.get("series", (f.series,))]
        real = [f for f in wanted if not f.is_invented] or wanted
        newest = [f for f in real if f.year == max(one.year for one in real)]
        found += [_shown(one, section.get("cells", ()), language) for one in newest]
    return [one for one in found if one.rows]


def _shown(figure: ReleasedFigure, cells: Sequence[str], language: str) -> FigureShown:
    rows = [row for row in figure.rows if not cells or any(band in cells for _name, band in row.labels)]
    if len(rows) > MOST_ROWS and any(row.is_default for row in rows):
        rows = [row for row in rows if row.is_default]
    return FigureShown(
        title=figure.title.said(language),
        edition=f"{figure.year}:{figure.edition}, {figure.released_on:%Y-%m-%d}",
        address=figure.address.said(language),
        rows=tuple(_row(row, language) for row in rows),
        is_rate=figure.quantity is Quantity.RATE,
        says_not=figure.says_not.said(language),
        protection=figure.protection.said(language),
        sources=figure.sources,
        is_invented=figure.is_invented,
    )


def _row(row: ReleasedRow, language: str) -> RowShown:
    """A value that may not be shown says why in its place."""
    is_whole = row.value is not None and float(row.value).is_integer()
    decimals = 0 if is_whole else 2

    def text(number: float | None, places: int = decimals) -> str:
        return "–" if number is None else written(number, places, language)

    limits = "" if row.low is None else f"{text(row.low)}–{text(row.high)}"
    return RowShown(
        label=row.words.said(language),
        period=row.period,
        value=row.why.words.said(language) if row.value is None else text(row.value),
        interval=limits + (f" ({row.level:.0%})" if row.level and limits else ""),
        count=text(row.count, 0),
        population=text(row.population, 0),
    )
