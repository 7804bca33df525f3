"""XLSX to rows. A workbook from outside is untrusted: size, macros and entities are checked first."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from klarsyn.sources.importers.grid import MAX_COLUMNS, MAX_ROWS, Cell, Grid, Kind, Row
from klarsyn.sources.importers.problems import FileError

ZIP = b"PK\x03\x04"
OLD = b"\xd0\xcf\x11\xe0"  # .xls, and any workbook with a password
MAX_UNPACKED = 100 * 1024 * 1024
MAX_RATIO = 100  # an ordinary workbook packs ten to one
MAX_FILES = 1000


def read_workbook(body: bytes, *, sheet: str = "") -> Grid:
    """The rows of one sheet: the named one, else the first that is visible."""
    _check_package(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        chosen, notes = _choose(book, sheet)
        rows = tuple(_rows(book[chosen]))
    except FileError:
        raise
    except Exception as problem:  # openpyxl lets whatever the broken XML gives rise to through
        raise _unopened(problem) from None
    return Grid(rows, tuple(notes))


def _unopened(problem: Exception) -> FileError:
    if isinstance(problem, DefusedXmlException) or isinstance(problem.__cause__, DefusedXmlException):
        return FileError(
            _("Arbetsboken innehåller XML-entiteter, som kan dölja skadligt innehåll."),
            _("Spara om den i ett kalkylprogram, eller som CSV UTF-8."),
        )
    return FileError(
        _("Arbetsboken är skadad och går inte att öppna (%(problem)s).")
        % {"problem": type(problem).__name__},
        _("Öppna den i ett kalkylprogram och spara om den, eller spara som CSV UTF-8."),
    )


def _check_package(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileError(
            _("Arbetsboken är avklippt eller skadad."), _("Hämta eller spara filen på nytt.")
        ) from None
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(len(body), 10_000) or len(entries) > MAX_FILES:
        raise FileError(
            _("Arbetsboken packas upp till orimlig storlek och läses inte."),
            _("Kopiera tabellen till en ny arbetsbok och spara den."),
        )
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise FileError(
            _("Filen är ett zip-arkiv men ingen arbetsbok."), _("Packa upp den och välj tabellen.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileError(
            _("Arbetsboken innehåller makron."), _("Spara den som XLSX utan makron och försök igen.")
        )


def _choose(book: Workbook, sheet: str) -> tuple[str, list[str]]:
    visible = [s.title for s in book.worksheets if s.sheet_state == "visible"]
    hidden = [s.title for s in book.worksheets if s.sheet_state != "visible"]
    if sheet in hidden or (sheet and sheet not in visible) or not visible:
        raise FileError(
            _("Arbetsboken har inget synligt blad som heter %(sheet)s. Synliga blad: %(visible)s.")
            % {"sheet": sheet or "–", "visible": ", ".join(visible) or "–"},
            _("Visa bladet, eller ändra bladets namn i beskrivningen."),
        )
    chosen = sheet or visible[0]
    notes = []
    rest = [title for title in visible if title != chosen]
    if rest:
        notes.append(
            _("Bara bladet %(chosen)s är läst. Inte lästa: %(rest)s.")
            % {"chosen": chosen, "rest": ", ".join(rest)}
        )
    if hidden:
        notes.append(_("Dolda blad läses aldrig: %(hidden)s.") % {"hidden": ", ".join(hidden)})
    return chosen, notes


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what the file claims of its own size is not believed
    # Asked for a width, openpyxl would fill every empty row of a sparse sheet with empty cells.
    for line, cells in enumerate(sheet.iter_rows(max_row=MAX_ROWS + 1), start=1):
        if line > MAX_ROWS:
            raise FileError(_("Filen är för stor: högst 50 000 rader och 200 kolumner."), _("Dela filen."))
        near = cells[:MAX_COLUMNS]
        yield Row(line, tuple(_cell(cell.value, getattr(cell, "data_type", "n")) for cell in near))


def _cell(value: object, data_type: str) -> Cell:
    if value is None or (isinstance(value, str) and not value.strip()):
        return Cell()
    if data_type == "f":
        return Cell(value if isinstance(value, str) else "=…", Kind.FORMULA)
    if data_type == "e":
        return Cell(str(value), Kind.ERROR)
    if isinstance(value, datetime | date | time):
        return Cell(value.isoformat(), Kind.DATE)
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = str(int(value)) if float(value).is_integer() else str(value)
        return Cell(text, Kind.NUMBER, float(value))
    return Cell(str(value), Kind.TEXT)
