"""Files out: CSV with formula marks guarded, and a workbook of text cells whose two header rows agree."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from klarsyn.cases.htcds.guarding import guard
from klarsyn.cases.htcds.profiles import Cut, Profile
from klarsyn.cases.htcds.table import ATTRIBUTION, FIELDS, OWN_PREFIX, order

_STILL: Final = (2026, 1, 1, 0, 0, 0)  # a file is the same bytes whenever it is made
_CORE: Final = "docProps/core.xml"
_TIMES: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
SHEET, ABOUT = "HTCDS", "About"


def columns(cut: Cut) -> tuple[str, ...]:
    """The columns of the file: a referral has the whole core, statistics its own."""
    return cut.columns if cut.profile is Profile.STATISTICAL else order(set(cut.columns))


def to_csv(cut: Cut) -> bytes:
    """UTF-8 with a mark that spreadsheets know, commas, one row of names; several values by semicolon."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    names = columns(cut)
    writer.writerow(names)
    for record in cut.records:
        writer.writerow([guard(record.get(name, "")) for name in names])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(cut: Cut) -> bytes:
    """The published template's shape: row 1 hidden with system names, row 2 labels, from column B."""
    book = Workbook()
    book.remove(book.worksheets[0])
    page, about = book.create_sheet(SHEET), book.create_sheet(ABOUT)
    page.row_dimensions[1].hidden = True
    page.freeze_panes = "A3"
    names = columns(cut)
    rows = [dict(zip(names, names, strict=True)), {name: label(name) for name in names}, *cut.records]
    for row, record in enumerate(rows, start=1):
        for column, name in enumerate(names, start=2):
            _write(page, row, column, record.get(name, ""))
    _write(about, 1, 1, ATTRIBUTION)
    out = io.BytesIO()
    book.save(out)
    return _still(out.getvalue())


def label(name: str) -> str:
    """The visible label; a field of ours has its own name for one."""
    return FIELDS[name].label if not name.startswith(OWN_PREFIX) else name


def _write(page: Worksheet, row: int, column: int, value: str) -> None:
    """A cell that is text whatever it begins with: never a formula, a number or a date."""
    if not value:
        return
    cell = page.cell(row, column)
    cell.value = value
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True


def _still(raw: bytes) -> bytes:
    """The same package with one time in it, so that the same content is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            body = (
                _TIMES.sub(rb"\g<1>2026-01-01T00:00:00Z", old.read(name)) if name == _CORE else old.read(name)
            )
            new.writestr(zipfile.ZipInfo(name, _STILL), body, zipfile.ZIP_DEFLATED)
    return out.getvalue()
