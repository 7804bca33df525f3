"""One figure of the mapping as one figure of the report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from klarsyn.mapping.definitions import Words
from klarsyn.mapping.results import FigureResult
from klarsyn.report import numbers, sentences
from klarsyn.report.pictures import pictures
from klarsyn.report.tables import tables_of
from klarsyn.report.view import FigureShown, Link

_FEW_ROWS: Final = 15  # a longer table is folded, so that the page can be read in ten minutes


def figure_shown(
    figure: FigureResult, number: int, base: str, language: str, files: Collection[str], *, year: int
) -> FigureShown:
    """The figure in one language. `files` are what the edition has on disk: only that is linked."""
    indicator, title, line = (
        figure.indicator,
        sentences.title(figure, language, year),
        line_of(figure, language),
    )
    origin = f"{base}kalla/{indicator.id}/"
    shown = pictures(figure, title, line, language)
    tables = tables_of(figure, language, origin, base, files)
    return FigureShown(
        id=indicator.id,
        number=number,
        title=title,
        line=line,
        findings=sentences.others(figure, language, year),
        pictures=shown,
        warnings=tuple(sentences.warning(code, language) for code in figure.warnings),
        why=said(indicator.why, language),
        how=said(indicator.how, language),
        says_not=said(indicator.says_not, language),
        numerator=said(indicator.numerator, language),
        denominator=said(indicator.denominator, language),
        sources=_sources(figure, origin),
        tables=tables,
        origin=origin,
        is_invented=any(t.is_invented for t in figure.tables),
        shows_table=not shown and sum(len(t.rows) for t in tables) <= _FEW_ROWS,
        result=figure,
        protection=sentences.protection(figure, language),
    )


def said(words: Words, language: str) -> str:
    """Texts are wrapped in their files; here they are one line."""
    return " ".join((words.sv if language == "sv" else words.en).split())


def line_of(figure: FigureResult, language: str) -> str:
    """Measure, place, time: the name of the figure and the periods its tables cover."""
    name = said(figure.indicator.title, language)
    periods = sorted(
        {
            str(p)
            for t in figure.tables
            for c in t.columns
            if c.kind == "period"
            for p in t.column(c.name)
            if p
        }
    )
    if not periods:
        return name
    first, last = periods[0][:4], periods[-1][:4]
    return f"{name}, {first if first == last else numbers.period(f'{first}/{last}', language)}"


def _sources(figure: FigureResult, origin: str) -> tuple[Link, ...]:
    """Publishers, each once, leading to what was read from them."""
    named = dict.fromkeys((s.publisher, f"{origin}#kalla-{s.key}") for s in figure.sources)
    first: dict[str, str] = {}
    for publisher, address in named:
        first.setdefault(publisher, address)
    return tuple(Link(publisher, address) for publisher, address in first.items())
