"""Rows of a released table as other rooms read them: the value, its limits, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from klarsyn.base.released import NOTHING, Quantity, ReleasedRow, Why, Words
from klarsyn.mapping.results import FigureResult
from klarsyn.report import sentences, texts
from klarsyn.report.protected_tables import cells_of, is_protected, label
from smallcounts.rates.intervals import LEVEL
from smallcounts.results import Cell, SafeTable

LANGUAGES: Final = ("sv", "en")
# What a status or a symbol of a table means. A number that is only missing is "unavailable".
_REASONS: Final = {
    "..": "too_few", ".": "cannot_exist", "-": "not_collected",
    "withheld": "too_few", "not_applicable": "cannot_exist",
}  # fmt: skip
_VICTIMS: Final = (
    "total", "adults", "children", "women", "men", "adults_other", "girls", "boys", "children_unknown",
    "labour", "sexual",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Series:
    """One quantity of one table, in one unit."""

    name: str
    quantity: Quantity
    unit: str
    rows: tuple[ReleasedRow, ...]


def series_of(figure: FigureResult, home: str) -> Iterator[Series]:
    """What of a figure can be followed over years. `home`: the municipality's code.

    Curves, ratios, ranks, models and figures in the words of their source are left out: they are read in the
    report, and no measure can be held against them.
    """
    for table in figure.tables:
        if is_protected(table):
            if any(c.name == "count" for c in table.columns):
                yield _protected(table, figure)
        elif table.name in ("rates", "regions", "series"):
            yield _rates(table, figure, home)
        if table.name in ("series", "population", "victims"):
            yield _counts(table, figure, home)
        elif table.name == "shares":
            yield _shares(table, figure)


def _protected(table: SafeTable, figure: FigureResult) -> Series:
    """Protected counts; the limits are what rounding leaves possible, and no probability."""
    error = next((int(f.get("error")) for f in figure.findings if f.code == sentences.PROTECTION), 0)
    name, is_first = f"{table.name}.count", table is figure.tables[0]
    rows = []
    for period in sorted({str(p) for p in table.column("period")}):
        for parts, cell in cells_of(table, period).items():
            value = cell.number
            rows.append(
                ReleasedRow(
                    cell=_cell(name, parts),
                    period=period,
                    labels=parts,
                    words=_both({language: label(parts, language) for language in LANGUAGES}),
                    value=value,
                    low=None if value is None else max(0.0, value - error),
                    high=None if value is None else value + error,
                    method="" if value is None else "rounding",
                    is_default=is_first and not parts,
                    why=_why(value, cell.symbol),
                )
            )
    unit = next(c.unit for c in table.columns if c.name == "count")
    return Series(name, Quantity.COUNT, unit, tuple(rows))


def _rates(table: SafeTable, figure: FigureResult, home: str) -> Series:
    name, given = f"{table.name}.rate", _publishers(figure)
    rows = []
    for row in table.to_rows():
        labels, words, is_default = _place(row, home)
        value = _number(row["rate"])
        status = str(row.get("status") or "")
        rows.append(
            ReleasedRow(
                cell=_cell(name, labels),
                period=str(row["period"]),
                labels=labels,
                words=words,
                value=value,
                low=_number(row["lower"]),
                high=_number(row["upper"]),
                level=None if value is None else LEVEL,
                method="" if value is None else "exact",
                count=_number(row["count"]),
                population=_number(row["population"]),
                is_approximate=bool(row.get("is_approximate")),
                is_default=is_default,
                publisher=_publisher(row, given),
                why=_why(value, status if row["count"] is None else "no_rate"),
            )
        )
    unit = next(c.unit for c in table.columns if c.name == "rate")
    return Series(name, Quantity.RATE, unit, tuple(rows))


def _counts(table: SafeTable, figure: FigureResult, home: str) -> Series:
    """Counts as their source gave them: no interval of ours stands round a count without a population."""
    name, given = f"{table.name}.count", _publishers(figure)
    rows = []
    for row in table.to_rows():
        for column in _VICTIMS if table.name == "victims" else ("count",):
            labels, words, is_default = _place(row, home)
            if table.name == "victims":
                labels, words = (("category", column),), _head(column)
                is_default = column == "total"
            value = _number(row[column])
            rows.append(
                ReleasedRow(
                    cell=_cell(name, labels),
                    period=str(row["period"]),
                    labels=labels,
                    words=words,
                    value=value,
                    is_approximate=bool(row.get("is_approximate")),
                    is_default=is_default,
                    publisher=_publisher(row, given),
                    why=_why(value, str(row.get("status") or "")),
                )
            )
    return Series(name, Quantity.COUNT, "count", tuple(rows))


def _shares(table: SafeTable, figure: FigureResult) -> Series:
    """Survey shares with a point; the interval is ours where the number asked is known, else the source's."""
    name, given = f"{table.name}.percent", _publishers(figure)
    rows = []
    for row in (r for r in table.to_rows() if r["percent"] is not None):
        labels = tuple((key, str(row[key])) for key in ("survey", "population", "question"))
        is_ours, has_limits = row["kind"] == "interval", row["lower"] is not None
        rows.append(
            ReleasedRow(
                cell=_cell(name, labels),
                period=str(row["year"]),
                labels=labels,
                words=_both(
                    {lang: ", ".join(texts.in_language(v, lang) for _, v in labels) for lang in LANGUAGES}
                ),
                value=_number(row["percent"]),
                low=_number(row["lower"]),
                high=_number(row["upper"]),
                level=LEVEL if is_ours else None,
                method="clopper-pearson" if is_ours else "source" if has_limits else "",
                population=_number(row["asked"]),
                publisher=_publisher(row, given),
            )
        )
    return Series(name, Quantity.PERCENT, "percent", tuple(rows))


def _place(row: Mapping[str, Cell], home: str) -> tuple[tuple[tuple[str, str], ...], Words, bool]:
    """Whose number it is: an area, or, where the table has none, the one area of the indicator."""
    if "area" not in row:
        return (), NOTHING, True
    name, code = str(row["name"]), str(row["area"])
    return (("area", code),), Words(name, name), code == home


def _cell(series: str, labels: tuple[tuple[str, str], ...]) -> str:
    return "|".join([series, *(f"{name}={value}" for name, value in labels)])


def _why(value: float | None, mark: str) -> Why:
    """Why there is no number; nothing where there is one."""
    if value is not None:
        return Why()
    code = mark if mark == "no_rate" else _REASONS.get(mark, "unavailable")
    return Why(code, _both(texts.read("released")["reasons"][code]))


def _head(column: str) -> Words:
    return _both(texts.read("tables")["heads"][column])


def _both(words: Mapping[str, str]) -> Words:
    return Words(words["sv"], words["en"])


def _number(value: Cell) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _publishers(figure: FigureResult) -> Mapping[str, str]:
    return {source.key: source.publisher for source in figure.sources}


def _publisher(row: Mapping[str, Cell], given: Mapping[str, str]) -> str:
    keys = [key for key in str(row.get("source") or "").split("|") if key]
    return "; ".join(dict.fromkeys(given.get(key, key) for key in keys))
