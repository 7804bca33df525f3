"""Dirty files, byte by byte, as authorities and spreadsheets really make them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date

from openpyxl import Workbook

BOM = b"\xef\xbb\xbf"


def bra(*lines: str, encoding: str = "utf-8", bom: bytes = BOM, end: str = "\r\n") -> bytes:
    """Brå's yearly CSV: mark, semicolons, CRLF, names without codes."""
    head = "Kommun;Antal;Per 100 000 inv."
    return bom + end.join([head, *lines, ""]).encode(encoding)


def table(*lines: str) -> bytes:
    """A plain CSV in the shape of the general preset."""
    return "\r\n".join(["område;period;antal;anmärkning", *lines, ""]).encode("utf-8")


def book(
    rows: Sequence[Sequence[object]], title: str = "Blad1", hidden: Mapping[str, str] | None = None
) -> bytes:
    """A workbook with one sheet of rows, and further sheets by name -> state."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, state in (hidden or {}).items():
        other = made.create_sheet(name, 0)
        other.sheet_state = state
        other.append(["hemligt"])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def scb(*rows: Sequence[object]) -> bytes:
    """Statistics Sweden's be0101_tabhel: headings on lines 6-9, numeric codes, padded names, nation without code."""
    top: list[Sequence[object]] = [
        ("Folkmängd i riket, län och kommuner 31 december 2024",),
        ("och befolkningsförändringar 1 oktober–31 december 2024",),
        (),
        ("Källa: SCB",),
        (),
        ("Län", "", "Folkmängd", "Folk-", "Levande"),
        ("Kommun", "", "31 december", "ökning", "födda"),
        ("", "", "2024", "", ""),
        ("", "", "", "", ""),
    ]
    return book([*top, *rows])


def rezip(body: bytes, add: Mapping[str, bytes] | None = None, drop: str = "") -> bytes:
    """The same package with parts replaced, added or dropped."""
    out = io.BytesIO()
    extra = dict(add or {})
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != drop and name not in extra:
                new.writestr(name, old.read(name))
        for name, data in extra.items():
            new.writestr(name, data)
    return out.getvalue()


def sheet_xml(body: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(body)) as package:
        return package.read("xl/worksheets/sheet1.xml")


A_DAY = date(2023, 5, 1)
