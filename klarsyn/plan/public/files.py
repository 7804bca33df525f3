"""The tables as files: CSV that no spreadsheet runs, JSON, and a Tabular Data Package that describes them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from typing import Final

from klarsyn.plan.public.tables import Table, Value

LICENCE: Final = ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/")
PACKAGE, WHOLE = "datapackage.json", "plan.json"
_RUN: Final = (
    "=",
    "+",
    "-",
    "@",
)  # a cell that begins so is a formula to a spreadsheet, space before it or not
INVENTED: Final = "PÅHITTAT / INVENTED. "


def files(
    tables: Sequence[Table], *, name: str, title: str, publisher: str, address: str
) -> Mapping[str, bytes]:
    """Every file by its name: a CSV for each table, all of them as JSON, and the package's description."""
    sheets = {f"{table.name}.csv": to_csv(table) for table in tables}
    about = INVENTED if is_invented(tables) else ""
    whole = {
        "title": title, "publisher": publisher, "licence": LICENCE[1], "address": address,
        "note": about.strip(),
        **{table.name: _objects(table) for table in tables},
    }  # fmt: skip
    package = {
        "profile": "tabular-data-package",
        "name": name,
        "title": title,
        "description": f"{about}Motioner, beslut, åtgärder och uppföljning. En tom cell betyder att uppgift "
        "saknas, aldrig noll. / Motions, decisions, measures, reviews. An empty cell is missing, never zero.",
        "homepage": address,
        "licenses": [{"name": LICENCE[0], "path": LICENCE[1]}],
        "contributors": [{"title": publisher, "role": "publisher"}],
        "resources": [_resource(table, sheets[f"{table.name}.csv"]) for table in tables],
    }
    return {PACKAGE: _json(package), WHOLE: _json(whole), **sheets}


def is_invented(tables: Sequence[Table]) -> bool:
    """Whether any row of any table says that it is."""
    return any(
        row[at] is True
        for table in tables
        for at, (column, _kind) in enumerate(table.columns)
        if column == "is_invented"
        for row in table.rows
    )


def to_csv(table: Table) -> bytes:
    """RFC 4180 in UTF-8: point as decimal mark, missing as an empty cell, formulas made harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([column for column, _kind in table.columns])
    for row in table.rows:
        writer.writerow([_cell(value) for value in row])
    return out.getvalue().encode()


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"'{value}" if value.lstrip().startswith(_RUN) else value
    return repr(value)


def _objects(table: Table) -> list[dict[str, Value]]:
    names = [column for column, _kind in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _resource(table: Table, body: bytes) -> dict[str, object]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title_sv,
        "description": (INVENTED if is_invented([table]) else "") + table.title_en,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": {
            "fields": [{"name": column, "type": kind} for column, kind in table.columns],
            "missingValues": [""],
        },
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()
