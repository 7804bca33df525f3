"""An empty file to fill in, in the shape that a schema reads."""

from __future__ import annotations

import csv
import io

from openpyxl import Workbook

from klarsyn.sources.importers.schema import Schema


def headings(schema: Schema) -> list[str]:
    """The headings the schema looks for, in the order a person fills them in."""
    columns = schema.columns
    places = (columns.area, columns.name, columns.period, columns.category, columns.count, columns.note)
    return [str(place[0]).rstrip("*") for place in places if place]


def as_csv(schema: Schema, rows: list[list[str]]) -> bytes:
    """UTF-8 with mark and semicolons, as Swedish spreadsheets open and save it."""
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([headings(schema), *rows])
    return text.getvalue().encode("utf-8-sig")


def as_xlsx(schema: Schema, rows: list[list[str]]) -> bytes:
    """A workbook with one sheet; every cell is text, so that codes keep their zeros and periods stay."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [headings(schema), *rows]:
        sheet.append(line)
    for column in sheet.iter_cols(min_row=1, max_row=500, max_col=len(headings(schema))):
        for cell in column:
            cell.number_format = "@"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
