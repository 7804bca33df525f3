"""What the finished files of an edition say of each protected figure, cut out so that it can be searched."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext
from openpyxl import load_workbook

from klarsyn.base.errors import Refused
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.mapping.searching import Piece
from klarsyn.report import categories, drawn_marks, sentences
from klarsyn.report.opendata.facts import Sheet, sheets
from klarsyn.report.pdf import drawings, readback
from klarsyn.report.protected_tables import is_protected
from klarsyn.report.public import public_address
from klarsyn.report.view import FigureShown, Page
from smallcounts.references import REFERENCES

_HASH: Final = re.compile(r"<code[^>]*>.*?</code>", re.S)  # checksums hold digits and no figures
_LEVEL: Final = "95"  # per cent, of the sign test that a sentence on pairs names
_PLACE: Final = re.compile(r'<span class="count">\d+ / \d+</span>')  # of a slide among the others
_LOOKS: Final = re.compile(
    r' (?:font-family|font-weight|stroke-[a-z]+|rx|data-kind)="[^"]*"'
)  # how, not what
# In English a comma before three digits stands at the thousands; the search reads it as a decimal sign.
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
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
            shown = next(f for f in page.figures() if f.id == figure)
            yield from _of_pictures(folder, shown, language)
            yield from _of_paper(folder / language / "rapport.pdf", shown, page)
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
    tested = [_LEVEL for f in figure.findings if f.code == "protected_pairs"]
    return (*said, *cited, *steps, *place, *hidden, *years, *tested, *_categories(figure), "SHA-256")


def _categories(figure: FigureResult) -> Iterator[str]:
    """The categories as the page says them: "25–34 år" holds two numbers and no figure."""
    named = {
        (name, value)
        for table in figure.tables
        for row in table.to_rows()
        for name, value in row.items()
        if isinstance(value, str)
    }
    for name, value in sorted(named):
        yield from (categories.category(name, value, language) for language in ("sv", "en"))


def _of_page(folder: Path, figure: str, language: str) -> Iterator[Piece]:
    cuts = (
        (f"{language}/index.html", rf'<figure [^>]*id="figur-{figure}".*?</figure>', True),
        (f"{language}/kalla/{figure}/index.html", r"<main .*?</main>", True),
        (
            f"{language}/bilder/index.html",
            rf'<section [^>]*id="s-{figure.replace("_", "-")}".*?</section>',
            False,  # not every figure has a slide
        ),
        (
            f"{language}/bilder/noter.html",
            rf'<section id="s-{figure.replace("_", "-")}".*?</section>',
            False,
        ),
    )
    for name, cut, must_be in cuts:
        path = folder / name
        if not path.exists():
            continue
        found = re.search(cut, path.read_text(encoding="utf-8"), re.S)
        if found is None and must_be:
            raise _unread(name)
        if found:
            yield _drawn(figure, name.replace("/", "-"), _read(found[0], language))


def _read(text: str, language: str) -> str:
    """The text with its thousands written as the search reads them."""
    return _THOUSANDS.sub("\u202f", text) if language == "en" else text


def _of_pictures(folder: Path, figure: FigureShown, language: str) -> Iterator[Piece]:
    """The charts that lie in files of their own."""
    for name in (f for p in figure.pictures for f in (p.file, p.dark_file) if f):
        path = folder / language / name
        if path.exists():
            text = _read(path.read_text(encoding="utf-8"), language)
            yield _drawn(figure.id, f"{language}-{name}".replace("/", "-"), text)


def _drawn(figure: str, name: str, html: str) -> Piece:
    body = _LOOKS.sub("", _TICKS.sub("", _PLACE.sub("", _HASH.sub("", html))))
    body = re.sub(r'<p class="count">.*?</p>|<h2[^>]*>\d+\. ', "", body)
    try:
        marks = tuple(drawn_marks.marks(name, html))
    except drawn_marks.NoAxis as error:
        raise _unread(name) from error
    return Piece(figure, f"{name.rpartition('.')[0]}.html", body.encode(), marks=marks)


def _of_paper(path: Path, figure: FigureShown, page: Page) -> Iterator[Piece]:
    """The PDF's words under the figure's heading, and what the whole file says of itself."""
    if not path.exists():
        return
    language = page.language
    name = f"{language}-rapport-pdf.txt"
    section = next((s for s in readback.sections(path) if s.title == readback.plain(figure.title)), None)
    if section is None:
        raise _unread(f"{language}/rapport.pdf")
    text = section.text.replace(public_address(page.edition.base), " ")  # stands under every page
    for kind in (p.kind for p in figure.pictures):
        scale = drawn_marks.scale(drawings.drawn(figure, kind, language).svg)
        text = re.sub(
            r"\s+".join(r"\s".join(map(re.escape, one.split())) for one in scale), " ", text, count=1
        )
    yield Piece(figure.id, name, _read(text, language).encode(), allowed=tuple(map(str, section.pages)))
    yield Piece(figure.id, f"{language}-rapport-pdf-metadata.txt", readback.about(path).encode())
    for inside, data in readback.attachments(path):
        yield Piece(figure.id, f"{language}-rapport-pdf-{inside}", data)


def _unread(name: str) -> Refused:
    """A file that cannot be searched is not let out."""
    return Refused(
        gettext(
            "Angreppet A9 kunde inte göras: den skyddade figuren går inte att hitta eller läsa i %(file)s. "
            "Ingenting har publicerats. Säg det till den som förvaltar programmet."
        )
        % {"file": name}
    )


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
