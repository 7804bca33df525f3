"""A table as a JSON-stat 2.0 dataset: labels, codes, units, and a status where a value is missing."""

from __future__ import annotations

import math
from typing import Any

from klarsyn.report.opendata.facts import MISSING, EditionFacts, Sheet, value_columns
from klarsyn.report.protected_tables import SYMBOLS, is_protected
from klarsyn.report.sentences import protection
from smallcounts.results import Cell, SafeTable

_DECIMALS = {"count": 0, "population": 0, "number": 2, "percent": 1}  # worth showing, not the precision kept
# A column that only names another: its text becomes that dimension's label.
_LABEL_OF = {"area": "name", "area_a": "name_a", "area_b": "name_b"}


def to_jsonstat(sheet: Sheet, edition: EditionFacts, language: str) -> dict[str, Any]:
    """The dataset as plain JSON types; `value` is sparse (an object), since most cubes here are."""
    table = sheet.table
    keys = key_columns(table)
    categories = {k: list(dict.fromkeys(_text(v) for v in _column(table, k))) for k in keys}
    metrics = [c.name for c in value_columns(table)]
    size = [len(categories[k]) for k in keys] + [len(metrics)]
    value, status = _cells(table, keys, categories, metrics, size)
    words = sheet.figure.indicator.title
    return {
        "version": "2.0",
        "class": "dataset",
        "label": words.sv if language == "sv" else words.en,
        "source": "; ".join(f"{s.publisher}: {s.title}" for s in sheet.figure.sources),
        "updated": edition.released_on.isoformat() if edition.released_on else "",
        "href": f"{edition.address}/data/{sheet.name}.json",
        "note": [_note(sheet, language)],
        "id": [*keys, "contents"],
        "size": size,
        "role": _roles(table, keys),
        "dimension": {**{k: _dimension(table, k, categories[k]) for k in keys}, "contents": _contents(table)},
        "value": value,
        "status": status,
    }


def key_columns(table: SafeTable) -> list[str]:
    """The fewest leading columns that tell every row apart; a row number where even all of them do not."""
    labels = {_LABEL_OF[c.name] for c in table.columns if c.name in _LABEL_OF}
    candidates = [
        c.name for c in table.columns if c.kind in ("area", "period", "text") and c.name not in labels
    ]
    ordered = sorted(candidates, key=lambda n: (_kind(table, n) == "text", candidates.index(n)))
    for count in range(1, len(ordered) + 1):
        chosen = ordered[:count]
        seen = set(zip(*(map(_text, _column(table, k)) for k in chosen), strict=True))
        if len(seen) == len(table.rows):
            return chosen
    return ["row"]


def _column(table: SafeTable, name: str) -> list[Cell]:
    return list(range(1, len(table.rows) + 1)) if name == "row" else table.column(name)


def _kind(table: SafeTable, name: str) -> str:
    return next(c.kind for c in table.columns if c.name == name)


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def _cells(
    table: SafeTable, keys: list[str], categories: dict[str, list[str]], metrics: list[str], size: list[int]
) -> tuple[dict[str, int | float], dict[str, str]]:
    value: dict[str, int | float] = {}
    status: dict[str, str] = {}
    strides = [math.prod(size[i + 1 :]) for i in range(len(size))]
    places = {k: {code: i for i, code in enumerate(categories[k])} for k in keys}
    columns = {k: _column(table, k) for k in keys}
    for at, row in enumerate(table.to_rows()):
        base = sum(places[k][_text(columns[k][at])] * s for k, s in zip(keys, strides, strict=False))
        for place, metric in enumerate(metrics):
            cell = row[metric]
            if isinstance(cell, int | float):
                value[str(base + place)] = cell
            else:
                status[str(base + place)] = absence(row)
    return value, status


def absence(row: dict[str, Cell]) -> str:
    """Why a value is not there: a protected table's own symbol (".." hidden), else not available."""
    status = str(row.get("status", ""))
    return status if status in SYMBOLS else MISSING


def _dimension(table: SafeTable, name: str, codes: list[str]) -> dict[str, Any]:
    label = _LABEL_OF.get(name)
    names = {c.name for c in table.columns}
    if label in names and name in names:
        pairs = dict(zip(map(_text, table.column(name)), map(_text, table.column(str(label))), strict=True))
    else:
        pairs = {code: code for code in codes}
    index = {code: i for i, code in enumerate(codes)}
    return {"label": name, "category": {"index": index, "label": {c: pairs[c] or "–" for c in codes}}}


def _contents(table: SafeTable) -> dict[str, Any]:
    columns = value_columns(table)
    return {
        "label": "contents",
        "category": {
            "index": {c.name: i for i, c in enumerate(columns)},
            "label": {c.name: c.name for c in columns},
            "unit": {c.name: {"label": c.unit or c.kind, "decimals": _DECIMALS[c.kind]} for c in columns},
        },
    }


def _roles(table: SafeTable, keys: list[str]) -> dict[str, list[str]]:
    kinds = {c.name: c.kind for c in table.columns}
    roles = {
        "geo": [k for k in keys if kinds.get(k) == "area"],
        "time": [k for k in keys if kinds.get(k) == "period"],
        "metric": ["contents"],
    }
    return {role: names for role, names in roles.items() if names}


def _note(sheet: Sheet, language: str) -> str:
    words = sheet.figure.indicator.says_not
    text = words.sv if language == "sv" else words.en
    how = protection(sheet.figure, language)
    text = f"{how} {text}" if how and is_protected(sheet.table) else text
    if not sheet.table.is_invented:
        return text
    return f"{'PÅHITTADE TAL.' if language == 'sv' else 'INVENTED FIGURES.'} {text}"
