"""Reads the `json` answer of PxWeb's first API: rows of keys, values as texts, a byte order mark."""

from collections.abc import Mapping

from klarsyn.sources.readers.cube import Dimension, Document, guess_role, one_of_each, refuse_twins
from klarsyn.sources.readers.observed import Observed, ReadError, area_code, period
from klarsyn.sources.readers.symbols import DEFAULT_SYMBOLS, SymbolMap, understand
from klarsyn.sources.readers.text import load_json

_CONTENTS = "ContentsCode"
Labels = Mapping[str, Mapping[str, str]]  # dimension code -> value code -> label


def read(
    body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS, labels: Labels | None = None
) -> tuple[Observed, ...]:
    """The figures in the order of the rows. The answer holds codes only; `labels` adds their names."""
    return document(body, charset=charset, symbols=symbols, labels=labels).observed


def document(
    body: bytes, *, charset: str = "", symbols: SymbolMap = DEFAULT_SYMBOLS, labels: Labels | None = None
) -> Document:
    """The figures with what the answer says about the table."""
    data = load_json(body, charset)
    columns = data.get("columns") if isinstance(data, dict) else None
    rows = data.get("data") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(columns, list) or not isinstance(rows, list):
        raise ReadError("Innehållet är JSON men inte en tabell från PxWeb (columns och data saknas).")
    keys = [_column(c, labels or {}) for c in columns if c.get("type") != "c"]
    contents = [c for c in columns if c.get("type") == "c"]
    one_of_each(keys)
    observed = tuple(
        one for n, row in enumerate(rows, 1) for one in _row(n, row, keys, contents, symbols, labels or {})
    )
    refuse_twins(observed)
    about = data.get("metadata")
    first = about[0] if isinstance(about, list) and about and isinstance(about[0], dict) else {}
    return Document(
        title=str(first.get("label") or ""),
        source=str(first.get("source") or ""),
        updated=str(first.get("updated") or ""),
        notes=_comments(data.get("comments")),
        dimensions=tuple(keys),
        observed=observed,
    )


def _column(column: Mapping[str, object], labels: Labels) -> Dimension:
    code, text = str(column["code"]), str(column.get("text") or column["code"])
    role = "time" if column.get("type") == "t" else guess_role(code, text).replace("time", "")
    known = labels.get(code, {})
    return Dimension(code, text, tuple(known), tuple(known.values()), role)


def _row(
    line: int,
    row: Mapping[str, object],
    keys: list[Dimension],
    contents: list[Mapping[str, object]],
    symbols: SymbolMap,
    labels: Labels,
) -> list[Observed]:
    key, values = row.get("key"), row.get("values")
    if not isinstance(key, list) or not isinstance(values, list):
        raise ReadError(f"Rad {line} i svaret saknar key eller values.")
    if len(key) != len(keys) or len(values) != len(contents):
        raise ReadError(
            f"Rad {line} har {len(key)} nycklar och {len(values)} värden; "
            f"rubriken säger {len(keys)} och {len(contents)}."
        )
    area = area_label = when = ""
    categories: list[tuple[str, str, str]] = []
    for dimension, code in zip(keys, map(str, key), strict=True):
        label = labels.get(dimension.code, {}).get(code, code)
        if dimension.role == "area":
            area, area_label = area_code(code), "" if label == code else label.strip()
        elif dimension.role == "time":
            when = period(code)
        else:
            categories.append((dimension.code, code, label.strip()))
    found = []
    for content, value in zip(contents, values, strict=True):
        what = (_CONTENTS, str(content["code"]), str(content.get("text") or ""))
        cell = understand(value, "", symbols, f"{area} {when} {what[1]}".strip())
        unit = str(content.get("unit") or "")
        found.append(
            Observed(area, area_label, when, (*categories, what), cell.value, cell.status, cell.symbol, unit)
        )
    return found


def _comments(stated: object) -> tuple[str, ...]:
    comments = stated if isinstance(stated, list) else []
    return tuple(str(c.get("comment") or "") for c in comments if isinstance(c, dict))
