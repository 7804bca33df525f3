"""All tables in one XLSX: a first sheet that explains, then a sheet a table."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from klarsyn.mapping.results import FrozenMapping
from klarsyn.report.opendata.facts import EditionFacts, Sheet, sheets
from klarsyn.report.sentences import protection
from smallcounts.results import Cell

_BOLD = Font(bold=True)
_STILL = (1980, 1, 1, 0, 0, 0)  # the oldest time a zip can hold: the same tables give the same bytes


def to_xlsx(mapping: FrozenMapping, edition: EditionFacts) -> bytes:
    """The bytes of the workbook, the same for the same edition."""
    book = Workbook(write_only=True)
    _about(book.create_sheet("Läs mig – Read me"), mapping, edition)
    taken: set[str] = set()
    for sheet in sheets(mapping):
        _fill(book.create_sheet(_title(sheet.name, taken)), sheet)
    book.properties.title = edition.title_sv
    book.properties.creator = edition.publisher
    book.properties.created = book.properties.modified = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        ExcelWriter(book, archive).save()  # `book.save` would write the time of day into it
    return _still(raw.getvalue())


def _about(page: WriteOnlyWorksheet, mapping: FrozenMapping, edition: EditionFacts) -> None:
    rows: list[tuple[str, str]] = [
        (edition.title_sv, edition.title_en),
        ("Adress – Address", edition.address),
        ("Utgåva – Edition", str(edition.number)),
        ("Innehållets kontrollsumma – Content hash", mapping.content_hash),
    ]
    if mapping.is_invented:
        rows.insert(0, ("PÅHITTADE TAL", "INVENTED FIGURES: nothing here is real"))
    if edition.what_changed:
        rows.append(("Ändrat – Changed", edition.what_changed))
    for sheet in sheets(mapping):
        words = sheet.figure.indicator
        rows += [
            (sheet.name, f"{words.title.sv} – {words.title.en}"),
            ("", f"Säger inte: {words.says_not.sv}"),
            ("", f"Does not say: {words.says_not.en}"),
        ]
        how = [protection(sheet.figure, language) for language in ("sv", "en")]
        rows += [("", text) for text in how if text]
        rows += [("", f"{s.publisher}: {s.title}. {s.address}") for s in sheet.figure.sources]
    for name, text in rows:
        page.append([_head(page, name), _safe(text)])


def _fill(page: WriteOnlyWorksheet, sheet: Sheet) -> None:
    page.freeze_panes = "A2"
    page.append([_head(page, f"{c.name} ({c.unit})" if c.unit else c.name) for c in sheet.table.columns])
    for row in sheet.table.rows:
        page.append([_safe(v) for v in row])


def _head(page: WriteOnlyWorksheet, text: str) -> SheetCell:
    cell = WriteOnlyCell(page, _safe(text))
    cell.font = _BOLD
    return cell


def _safe(value: Cell) -> Cell:
    # A text that begins like a formula must stay a text.
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "@") else value


def _title(name: str, taken: set[str]) -> str:
    title, again = name[:31], 1
    while title in taken:  # Excel allows 31 characters and no two alike
        again += 1
        title = f"{name[:28]}-{again}"
    taken.add(title)
    return title


def _still(raw: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            new.writestr(zipfile.ZipInfo(name, _STILL), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
