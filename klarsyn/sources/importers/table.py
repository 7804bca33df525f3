"""CSV to rows: encoding and delimiter found out loud, nothing repaired in silence."""

from __future__ import annotations

import csv
import io

from django.utils.translation import gettext as _

from klarsyn.sources.importers.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Kind, Row
from klarsyn.sources.importers.problems import FileError
from klarsyn.sources.readers import ReadError, decode

DELIMITERS = (";", "\t", ",", "|")


def read_table(body: bytes, *, encoding: str = "auto", delimiter: str = "auto") -> Grid:
    """The rows of a delimited text. Raises FileError when it is no such text, or too long."""
    text, notes = _text(body, encoding)
    sign = _delimiter(text) if delimiter == "auto" else delimiter
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    try:
        for cells in reader:
            if len(rows) >= MAX_ROWS or len(cells) > MAX_COLUMNS:
                raise FileError(
                    _("Filen är för stor: högst 50 000 rader och 200 kolumner."), _("Dela filen.")
                )
            rows.append(Row(reader.line_num, tuple(_cell(cell) for cell in cells)))
    except csv.Error as problem:
        raise FileError(
            _("Rad %(line)s går inte att dela i kolumner (%(problem)s).")
            % {"line": reader.line_num, "problem": problem},
            _("Se efter citattecken som öppnas men inte stängs på den raden eller strax före."),
        ) from None
    return Grid(tuple(rows), tuple(notes))


def _text(body: bytes, encoding: str) -> tuple[str, list[str]]:
    try:
        decoded = decode(body, "" if encoding == "auto" else encoding)
    except ReadError as problem:
        raise FileError(problem.what, _("Spara filen som CSV UTF-8 och försök igen.")) from None
    if "\x00" in decoded.text:
        raise FileError(
            _("Filen innehåller nolltecken och är inte en textfil (eller är UTF-16 utan märke)."),
            _("Spara den som CSV UTF-8 och försök igen."),
        )
    if decoded.text.lstrip()[:1] == "<":
        raise FileError(
            _("Filen är en webbsida eller XML, inte en tabell."),
            _("Öppna den i ett kalkylprogram och spara den som CSV UTF-8 eller XLSX."),
        )
    notes = []
    if decoded.is_sniffed and decoded.encoding != "utf-8":
        notes.append(_("Filen är inte UTF-8; den är läst som windows-1252. Se efter att å, ä och ö är rätt."))
    return decoded.text, notes


def _delimiter(text: str) -> str:
    """The sign that divides most lines of the beginning into the same number of columns, at least two."""
    lines = [line for line in text.splitlines() if line.strip()][:50]
    best = (0, 0)
    chosen = DELIMITERS[0]
    for sign in DELIMITERS:
        widths = [line.count(sign) for line in lines if line.count(sign)]
        common = max(set(widths), key=widths.count) if widths else 0
        score = (widths.count(common), common) if common else (0, 0)
        if score > best:
            best, chosen = score, sign
    return chosen


def _cell(text: str) -> Cell:
    return Cell(text, Kind.TEXT) if text.strip() else Cell()
