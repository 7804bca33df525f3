"""A protected figure made by hand: few cells, every kind of value, as the mapping would freeze it."""

from datetime import date

from klarsyn.mapping.findings import say
from klarsyn.mapping.reading import BUILT_IN, load
from klarsyn.mapping.results import FigureResult, Finding
from smallcounts.disclosure import from_frozen
from smallcounts.results import SafeTable

COLUMNS = [["period", "period", ""], ["district", "text", ""], ["gender", "text", ""], ["area", "text", ""],
           ["count", "count", "people"], ["status", "status", ""]]  # fmt: skip
# period, district, gender, area, count, status: an empty place where another level is shown
ROWS = [
    *(["2024", d, g, None, n, "rounded"] for d, g, n in (
        ("N1", "women", 45), ("N1", "men", 10), ("N2 & N3", "women", 15), ("N2 & N3", "men", 0))),
    *(["2024", None, g, "Nord", n, "rounded"] for g, n in (("women", 60), ("men", 10))),
    ["2024", "N1", "total", None, 55, "rounded"], ["2024", "N2 & N3", "total", None, None, ".."],
    ["2024", None, "total", "Nord", 70, "rounded"],
    ["2024", "total", "women", "total", 60, "rounded"], ["2024", "total", "men", "total", 10, "rounded"],
    ["2024", "total", "total", "total", 70, "rounded"],
    ["2023", "total", "total", "total", 75, "rounded"],
]  # fmt: skip
LARGEST = {"period": "2024", "variable": "gender"}


def table(rows: list[list[object]] = ROWS, name: str = "district_gender") -> SafeTable:
    return from_frozen(
        {"name": name, "columns": COLUMNS, "rows": rows, "rule": "rounded_5", "sources": ["people"],
         "is_invented": True}
    )  # fmt: skip


def figure(*findings: Finding, tables: tuple[SafeTable, ...] = ()) -> FigureResult:
    indicator = next(i for i in load(BUILT_IN, on=date(2026, 11, 23)).indicators if i.id == "example_people")
    said = findings or (
        say("protected_total", period="2024", count=70, lower=66, upper=74),
        say("protected_close", categories="N1|N2 & N3", counts="45|40", period="2024", variable="district"),
        say("protected_how", error=4, hidden=1),
    )  # fmt: skip
    return FigureResult(indicator, tables or (table(),), said, (), (), (), (), ())
