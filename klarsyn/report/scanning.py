"""What the finished files of an edition say of each protected figure, cut out so that it can be searched."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook

from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.mapping.searching import Piece
from klarsyn.report import sentences
from klarsyn.report.opendata.facts import Sheet, sheets
from klarsyn.report.protected_tables import is_protected
from klarsyn.report.view import FigureShown, Page
from smallcounts.references import REFERENCES

_HASH: Final = re.compile(r"<code[^>]*>.*?</code>", re.S)  # checksums hold digits and no figures
_LOOKS: Final = re.compile(
    r' (?:font-family|font-weight|stroke-[a-z]+|rx|data-kind)="[^"]*"'
)  # how, not what
# Numbers under an axis are those of the scale: round steps from zero, drawn in the middle under their line.
_TICKS: Final = re.compile(r'<text [^>]*text-anchor="middle"[^>]*>[^<]*</text>')


def protected(mapping: FrozenMapping) -> list[FigureResult]:
    return [f for f in mapping.figures if any(is_protected(t) for t in f.tables)]


def pieces(folder: Path, mapping: FrozenMapping, pages: dict[str, Page]) -> Iterator[Piece]:
    """Every place in the edition's files that speaks of a protected figure. `pages` by language."""
    wanted = {f.indicator.id for f in protected(mapping)}
    for figure in wanted:
        for language, page in pages.items():
            yield from _of_page(folder, figure, language)
            shown = next((f for f in page.figures() if f.id == figure), None)
            if shown:
                yield Piece(figure, f"{language}-rapport-pdf.txt", _paper(shown).encode())
    for sheet in sheets(mapping):
        if sheet.figure.indicator.id in wanted:
            yield from _of_data(folder, sheet)


def words(figure: FigureResult, page: Page) -> tuple[str, ...]:
    """Texts whose own numbers may stand beside the figure: definitions, sources, references, its place."""
    one = figure.indicator
    said = [w for t in (one.title, one.why, one.says_not, one.numerator, one.denominator, one.how)
            for w in (t.sv, t.en)]  # fmt: skip
    for s in figure.sources:
        said += [s.title, s.table, s.published, s.licence, s.note, s.address, str(s.retrieved_at)]
    cited = [REFERENCES[s.reference].citation for s in figure.steps if s.reference in REFERENCES]
    steps = [" ".join((s.formula, s.numbers, s.result)) for s in figure.steps]
    place = [str(f.number) for f in page.figures() if f.id == one.id]
    hidden = [str(f.get("hidden")) for f in figure.findings if f.code == sentences.PROTECTION]
    years = [str(page.edition.year), page.title, page.frozen_at, page.released, str(page.edition.number)]
    return (*said, *cited, *steps, *place, *hidden, *years, "SHA-256")


def _of_page(folder: Path, figure: str, language: str) -> Iterator[Piece]:
    cuts = (
        (f"{language}/index.html", rf'<figure [^>]*id="figur-{figure}".*?</figure>'),
        (f"{language}/kalla/{figure}/index.html", r"<main .*?</main>"),
        (f"{language}/bilder/index.html", rf'<section [^>]*id="s-{figure.replace("_", "-")}".*?</section>'),
        (f"{language}/bilder/noter.html", rf'<section id="s-{figure.replace("_", "-")}".*?</section>'),
    )
    for name, cut in cuts:
        path = folder / name
        found = re.search(cut, path.read_text(encoding="utf-8"), re.S) if path.exists() else None
        if found:
            body = _LOOKS.sub("", _TICKS.sub("", _HASH.sub("", found[0])))
            body = re.sub(r'<p class="count">.*?</p>|<h2[^>]*>\d+\. ', "", body)
            yield Piece(figure, name.replace("/", "-"), body.encode())


def _of_data(folder: Path, sheet: Sheet) -> Iterator[Piece]:
    figure, name = sheet.figure.indicator.id, sheet.name
    table, cube = (folder / "data" / f"{name}.{kind}" for kind in ("csv", "json"))
    if table.exists():
        yield Piece(figure, f"{name}.csv", table.read_bytes())
    if cube.exists():
        found: dict[str, Any] = json.loads(cube.read_text(encoding="utf-8"))
        kept = {"label": found["label"], "note": found["note"], "value": list(found["value"].values())}
        yield Piece(figure, f"{name}.json", json.dumps(kept, ensure_ascii=False).encode())
    for book in (folder / "data").glob("*.xlsx"):
        yield Piece(figure, f"{name}-xlsx.txt", _rows(book, sheet).encode())


def _rows(book: Path, sheet: Sheet) -> str:
    """The sheet of this table in the workbook, one line a row."""
    opened = load_workbook(book, read_only=True)
    out = io.StringIO()
    for found in opened.worksheets:
        if found.title == sheet.name[:31]:
            csv.writer(out).writerows(found.iter_rows(values_only=True))
    opened.close()
    return out.getvalue()


def _paper(figure: FigureShown) -> str:
    """The words the paper edition sets for the figure; its charts are those of the page."""
    rows = [c.text for t in figure.tables for row in t.rows for c in row.cells]
    heads = [h.text for t in figure.tables for h in t.heads]
    notes = [x for t in figure.tables for x in (t.caption, t.note)]
    said = [figure.title, figure.line, *figure.findings, figure.protection, *figure.warnings]
    return "\n".join([*said, *notes, *heads, *rows, *(p.wide.description for p in figure.pictures)])
