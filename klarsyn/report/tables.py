"""A SafeTable as a reader meets it: heads in words, numbers written out, each row's way to its source."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from klarsyn.base.numbers import written
from klarsyn.mapping.results import FigureResult
from klarsyn.mapping.tables import row_id
from klarsyn.report import hidden_words, numbers, texts
from klarsyn.report.drawn_rates import by_size
from klarsyn.report.opendata.facts import Sheet
from klarsyn.report.protected_tables import is_protected, table_shown
from klarsyn.report.view import Cell, Head, Row, TableShown
from smallcounts.results import Cell as Value
from smallcounts.results import Column, SafeTable

MOST: Final = 300  # rows shown on the page; longer tables show the home municipality, the rest is open data
ON_SOURCE_PAGE_ONLY: Final = ("funnel",)  # a curve, not figures anyone reads
_HIDDEN: Final = ("is_home", "is_approximate", "is_conflict", "area", "area_a", "area_b", "code", "model")
_KEPT_AREA: Final = ("earlier",)  # here "area" is words, not a code
_NUMBERS: Final = ("count", "population", "number", "percent")
_MANY: Final = 100
_LONG: Final = 40
_NAMES: Final = ("estimator", "on_list", "on_lists", "first_list", "name", "name_a", "survey", "town")
_TIMES: Final = ("since", "year", "period")
_WORDS: Final = (
    "status",
    "verdict",
    "kind",
    "category",
    "estimator",
    "state",
    "counts_in",
    "arrangement",
    "moved",
    "covered",
)
_LISTS: Final = ("on_list", "on_lists", "first_list", "second_list")


def tables_of(
    figure: FigureResult, language: str, origin: str, base: str = "", files: Collection[str] = ()
) -> tuple[TableShown, ...]:
    """The tables a page shows. `origin` is the figure's source page, `files` what the edition has on disk."""
    chosen = [t for t in figure.tables if t.name not in ON_SOURCE_PAGE_ONLY]
    return tuple(table(t, figure, language, origin, base, files) for t in chosen)


def table(
    safe: SafeTable,
    figure: FigureResult,
    language: str,
    origin: str,
    base: str = "",
    files: Collection[str] = (),
) -> TableShown:
    data = f"data/{Sheet(figure, safe).name}.csv"
    address = base + data if data in files else ""
    if is_protected(safe):
        return table_shown(safe, figure, language, address)
    rows = shown_rows(safe)
    columns = _named_first(
        [c for c in safe.columns if _is_shown(safe.name, c) and any(r[c.name] for r in rows)]
    )
    publishers = {s.key: s.publisher for s in figure.sources}
    return TableShown(
        name=safe.name,
        caption=texts.read("tables")["captions"][safe.name][language],
        heads=tuple(Head(head(safe.name, c, language), _is_number(c)) for c in columns),
        rows=tuple(_row(safe, r, columns, publishers, language, origin) for r in rows),
        left_out=len(safe.rows) - len(rows),
        data=address,
    )


def _named_first(columns: list[Column]) -> list[Column]:
    """What names the row is its heading."""
    return sorted(columns, key=lambda c: c.name not in _NAMES)


def shown_rows(safe: SafeTable) -> list[dict[str, Value]]:
    """All rows, or those a reader needs when there are very many; the rest stand in the open data.

    Of what is known, only that, where most is unknown; of expected counts, home and the sizes that are drawn;
    of years and areas, the first area (home stands first).
    """
    rows = safe.to_rows()
    if safe.name == "coverage":
        known = [r for r in rows if r["status"] != "unavailable"]
        return known if len(rows) - len(known) > _MANY else rows
    if safe.name == "expected" and len(rows) > _MANY:
        return by_size(rows)
    if len(rows) <= MOST:
        return rows
    return [r for r in rows if r.get("area") == rows[0].get("area")]


def anchor(safe: SafeTable, row: dict[str, Value]) -> str:
    """The row's id on the source page; the same for the mapping's steps, which name rows by `row_id`."""
    return slug(row_id(safe.name, row))


def slug(text: str) -> str:
    return re.sub(r"[^0-9a-zåäö]+", "-", text.lower()).strip("-")


def head(name: str, column: Column, language: str) -> str:
    words = texts.read("tables")
    own = words["heads_in"].get(name, {}).get(column.name)
    return str((own or words["heads"][column.name])[language])


def _is_shown(name: str, column: Column) -> bool:
    if name == "shares" and column.name == "kind":
        return False
    return column.name not in _HIDDEN or (column.name == "area" and name in _KEPT_AREA)


def _is_number(column: Column) -> bool:
    return column.kind in _NUMBERS


def _row(
    safe: SafeTable,
    row: dict[str, Value],
    columns: list[Column],
    publishers: dict[str, str],
    language: str,
    origin: str,
) -> Row:
    cells = tuple(_cell(c, row, publishers, language) for c in columns)
    is_known = row.get("status", "observed") == "observed"
    return Row(cells, bool(row.get("is_home")), f"{origin}#{anchor(safe, row)}" if is_known else "")


def _cell(column: Column, row: dict[str, Value], publishers: dict[str, str], language: str) -> Cell:
    text = cell_text(column, row[column.name], language)
    if column.name == "source":
        keys = [k for k in str(row["source"] or "").split("|") if k]
        named = [publishers.get(k, k) for k in keys]
        return Cell("; ".join(dict.fromkeys(named)))
    if column.name == "count" and row.get("is_approximate") and text:
        text = f"{'omkring' if language == 'sv' else 'about'} {text}"
    return Cell(text, _is_number(column), len(text) > _LONG)


def cell_text(column: Column, value: Value, language: str) -> str:
    """A value as the page writes it. Empty stays empty: it means "not stated", never zero."""
    if value is None or value == "":
        return ""
    if column.name in _WORDS:
        words = texts.read("tables")["values"].get(str(value).lower())
        return str(words[language]) if words else str(value)
    if column.name in _LISTS:
        return hidden_words.listed_all(str(value), language)
    if not isinstance(value, int | float):
        said = texts.in_language(str(value), language)
        return numbers.period(said, language) if column.kind == "period" or column.name in _TIMES else said
    if column.kind == "percent":
        return numbers.percent(value, language)
    if column.kind in ("count", "population"):
        return written(value, 0, language)
    return _measured(column, value, language)


def _measured(column: Column, value: float, language: str) -> str:
    if column.unit == "probability":
        return written(value, 3, language) if column.name == "p_value" else numbers.chance(value, language)
    if column.unit == "ratio":
        return numbers.ratio(value, language)
    if float(value).is_integer() and column.unit in ("count", "place", ""):
        return written(value, 0, language)
    return written(value, 2, language)
