"""The answer to "Varifrån kommer talet?": inputs, formula, numbers put in, and the sources behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from klarsyn.mapping.results import FigureResult, FrozenMapping, Step
from klarsyn.report import numbers, texts
from klarsyn.report.dates import day
from klarsyn.report.tables import anchor, cell_text, head, shown_rows, slug
from klarsyn.report.view import FigureShown, Origin, OriginRow, SourceShown, StepShown
from klarsyn.sources.values import Provenance
from smallcounts.references import REFERENCES
from smallcounts.results import Cell, SafeTable

_NOT_SHOWN = ("is_home", "is_conflict")


def origin(figure: FigureShown, mapping: FrozenMapping, language: str) -> Origin:
    """Everything a reader needs to make the figure's numbers again."""
    result = figure.result
    by_row: dict[str, list[StepShown]] = defaultdict(list)
    for step in result.steps:
        by_row[slug(step.row)].append(_step(step))
    rows = tuple(
        row for table in result.tables if table.name != "funnel" for row in _rows(table, by_row, language)
    )
    anchors = {row.anchor for row in rows}
    rest = [step for key, steps in by_row.items() if _is_whole(key, result.tables, anchors) for step in steps]
    return Origin(
        figure=figure,
        rows=rows,
        steps=tuple(rest),
        sources=tuple(_source(s, language) for s in result.sources),
        content_hash=mapping.content_hash,
        code_version=mapping.code_version,
    )


def _is_whole(key: str, tables: Sequence[SafeTable], anchors: set[str]) -> bool:
    """A step of the whole figure, or of something said in a sentence: not of a row left to the open data."""
    names = {t.name for t in tables if t.name != "funnel"}
    return key not in anchors and key.partition("-")[0] not in {n for n in names if f"{n}-" in key}


def _rows(table: SafeTable, by_row: dict[str, list[StepShown]], language: str) -> list[OriginRow]:
    columns = [c for c in table.columns if c.name not in _NOT_SHOWN]
    made = []
    for row in shown_rows(table):
        if row.get("status", "observed") != "observed":
            continue  # nothing known, nothing to explain
        cells = [
            (head(table.name, c, language) if c.name in row else "", cell_text(c, row[c.name], language))
            for c in columns
            if c.name not in ("area", "area_a", "area_b", "code", "is_approximate")
        ]
        key = anchor(table, row)
        made.append(
            OriginRow(key, _title(row, language), tuple(c for c in cells if c[1]), tuple(by_row.get(key, ())))
        )
    return [row for row in made if row.steps or row.cells]


def _title(row: dict[str, Cell], language: str) -> str:
    """Names and period of the row: "Jönköping – Göteborg, 2019"."""
    names = [
        texts.in_language(str(row[n]), language)
        for n in ("name", "name_a", "name_b", "survey", "town", "publisher")
        if row.get(n)
    ]
    when = [numbers.period(str(row[n]), language) for n in ("period", "year", "from", "to") if row.get(n)]
    return ", ".join([" – ".join(names)] * bool(names) + ["–".join(when)] * bool(when))


def _step(step: Step) -> StepShown:
    cited = REFERENCES.get(step.reference)
    return StepShown(step.formula, step.numbers, step.result, cited.citation if cited else "")


def _source(source: Provenance, language: str) -> SourceShown:
    words = {"high": ("hög", "high"), "medium": ("medel", "medium"), "low": ("låg", "low")}
    certainty = words.get(source.certainty)
    return SourceShown(
        anchor=f"kalla-{source.key}",
        publisher=source.publisher,
        title=source.title,
        table=source.table,
        address=source.address,
        licence=source.licence,
        retrieved=day(source.retrieved_at, language) if source.retrieved_at else "",
        published=source.published,
        checksum=source.checksum,
        certainty=certainty[language == "en"] if certainty else source.certainty,
        note=source.note,
    )


def figure_of(mapping: FrozenMapping, id: str) -> FigureResult | None:
    return next((f for f in mapping.figures if f.indicator.id == id), None)
