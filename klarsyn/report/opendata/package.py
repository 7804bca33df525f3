"""datapackage.json: the edition as a Tabular Data Package (Frictionless Data, version 1)."""

from __future__ import annotations

import hashlib
from typing import Any

from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.report.opendata.facts import DATA_LICENCE, EditionFacts, Sheet, sheets
from klarsyn.report.opendata.jsonstat import key_columns
from klarsyn.report.sentences import protection
from smallcounts.results import Column

_TYPES = {"count": "integer", "population": "integer", "number": "number", "percent": "number"}


def to_datapackage(mapping: FrozenMapping, edition: EditionFacts, csv: dict[str, bytes]) -> dict[str, Any]:
    """The descriptor; `csv` holds the bytes of each resource by sheet name."""
    return {
        "profile": "tabular-data-package",
        "name": edition.slug,
        "id": mapping.content_hash,
        "title": edition.title_sv,
        "description": _description(mapping, edition),
        "homepage": edition.address,
        "version": str(edition.number),
        "created": edition.released_on.isoformat() + "T00:00:00Z" if edition.released_on else None,
        "licenses": [{"name": DATA_LICENCE[0], "path": DATA_LICENCE[1]}],
        "contributors": [{"title": edition.publisher, "role": "publisher"}],
        "sources": _sources(mapping.figures),
        "resources": [_resource(s, csv[s.name]) for s in sheets(mapping)],
    }


def _description(mapping: FrozenMapping, edition: EditionFacts) -> str:
    lead = "PÅHITTADE TAL / INVENTED FIGURES. " if mapping.is_invented else ""
    changed = f" Ändrat: {edition.what_changed}" if edition.what_changed else ""
    return f"{lead}{edition.title_en}. An empty cell means that no figure exists, never zero.{changed}"


def _sources(figures: tuple[FigureResult, ...]) -> list[dict[str, str]]:
    seen = {s.key: s for figure in figures for s in figure.sources}
    return [{"title": f"{s.publisher}: {s.title}", "path": s.address} for _, s in sorted(seen.items())]


def _resource(sheet: Sheet, body: bytes) -> dict[str, Any]:
    words = sheet.figure.indicator
    keys = [k for k in key_columns(sheet.table) if k != "row"]
    schema: dict[str, Any] = {"fields": [_field(c) for c in sheet.table.columns], "missingValues": [""]}
    if keys:
        schema["primaryKey"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": sheet.name,
        "path": f"{sheet.name}.csv",
        "title": words.title.sv,
        "description": " ".join(
            text for text in (f"{words.title.en}.", protection(sheet.figure, "en"), words.says_not.en) if text
        ),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(body),
        "hash": f"sha256:{hashlib.sha256(body).hexdigest()}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, str]:
    field = {"name": column.name, "type": _TYPES.get(column.kind, "string")}
    return {**field, "description": column.unit} if column.unit else field
