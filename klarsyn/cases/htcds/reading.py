"""A file from somebody else, looked at before anything is taken in: columns, faults, questions."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.checking import Fault, value_class
from klarsyn.cases.htcds.guarding import unguard
from klarsyn.cases.htcds.heading import FilledBy, Heading, read_heading
from klarsyn.cases.htcds.rules import read
from klarsyn.cases.htcds.table import FIELDS

LARGEST: Final = 2_000_000  # bytes of a file
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
_LARGEST_UNPACKED: Final = 20_000_000
_FORMULA: Final = "\x01formula"  # a cell that would have been worked out; no text can hold the sign


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file would give, and everything that stands in the way. Nothing is kept."""

    heading: Heading
    records: tuple[dict[str, str], ...]
    mended: tuple[Fault, ...]
    faults: tuple[Fault, ...]

    @property
    def may_be_used(self) -> bool:
        return not (self.faults or self.heading.needs_answer or self.heading.twice)


def preview(body: bytes, *, filled_by: FilledBy | None = None) -> Preview:
    """Read a CSV file or a workbook. Raises Refused for a file that is none, too large or armed."""
    if len(body) > LARGEST:
        raise Refused(_("Filen är större än två megabyte. Inget är läst. Dela upp den."))
    rows = _workbook(body) if body.startswith(b"PK\x03\x04") else _csv(body)
    rows = [_trimmed(row) for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise Refused(_("Filen är tom. Inget är läst. Välj en fil med en rubrikrad."))
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise Refused(_("Filen har för många rader eller kolumner. Inget är läst. Dela upp den."))
    heading = read_heading(rows[0], rows[1] if len(rows) > 1 else (), filled_by)
    if not heading.fields:
        raise Refused(_("Ingen kolumn har ett namn ur HTCDS 2.0. Inget är läst. Kontrollera rubrikraden."))
    return _read(heading, rows[heading.rows :])


def _trimmed(row: Sequence[str]) -> list[str]:
    """The row without empty cells at its end."""
    last = max(i for i, cell in enumerate(row) if cell.strip())
    return list(row[: last + 1])


def _read(heading: Heading, rows: Sequence[Sequence[str]]) -> Preview:
    records: list[dict[str, str]] = []
    mended: list[Fault] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        record: dict[str, str] = {}
        for i, cell in enumerate(row):
            name = heading.fields.get(i)
            if name is None:
                if cell.strip() and i + 1 not in heading.unknown:
                    faults.append(Fault(number, "?", "column_unnamed", value_class(cell)))
                continue
            _one(number, name, cell, record, mended, faults)
        records.append(record)
    return Preview(heading, tuple(records), tuple(mended), tuple(faults))


def _one(
    row: int, name: str, cell: str, record: dict[str, str], mended: list[Fault], faults: list[Fault]
) -> None:
    if cell == _FORMULA:
        faults.append(Fault(row, name, "formula", "formula"))
        return
    field = FIELDS.get(name)
    if field is None:  # a column of our own, kept as it is
        if cell.strip():
            record[name] = cell.strip()
        return
    found = read(field, cell)
    if found.broken:
        faults.append(Fault(row, name, found.broken, value_class(cell)))
        return
    if found.value:
        record[name] = found.value
        mended += [Fault(row, name, rule, value_class(cell)) for rule in found.mended]


def _csv(body: bytes) -> list[list[str]]:
    text = _text(body)
    if "\x00" in text:
        raise Refused(
            _("Filen innehåller tecken som ingen text har. Inget är läst. Spara om den som CSV UTF-8.")
        )
    first = text.partition("\n")[0]
    mark = max(",;\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        raise Refused(
            _("Filen går inte att läsa som CSV. Inget är läst. Spara om den som CSV UTF-8.")
        ) from None
    return [[unguard(cell) for cell in row] for row in rows]


def _text(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("windows-1252", errors="replace")  # a Swedish spreadsheet's own CSV


def _workbook(body: bytes) -> list[list[str]]:
    _check_package(body)
    try:
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        page = next((s for s in book.worksheets if s.sheet_state == "visible"), book.worksheets[0])
        return [
            [_cell(cell) for cell in row]
            for row in page.iter_rows(max_row=MOST_ROWS + 3, max_col=MOST_COLUMNS + 1)
        ]
    except Exception:  # openpyxl lets whatever the broken XML gives rise to through
        raise Refused(
            _("Arbetsboken går inte att öppna. Inget är läst. Spara om den, eller som CSV UTF-8.")
        ) from None


def _check_package(body: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Refused(_("Arbetsboken är avklippt eller skadad. Inget är läst. Spara om den.")) from None
    if sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED or len(entries) > 500:
        raise Refused(
            _("Arbetsboken packas upp till orimlig storlek. Inget är läst. Kopiera tabellen till en ny.")
        )
    if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
        raise Refused(_("Arbetsboken innehåller makron. Inget är läst. Spara den som XLSX utan makron."))


def _cell(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return _FORMULA
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
