"""Released figures and a measure's aim, made by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from klarsyn.base.released import NOTHING, Quantity, ReleasedBreak, ReleasedFigure, ReleasedRow, Why, Words

KEY, SERIES = "persons", "age.count"
TOO_FEW = Why("too_few", Words("för få för att kunna sägas", "too few to say"))
LAW = ReleasedBreak(date(2024, 7, 1), Words("Lagen ändrades", "The law changed"), "https://example.org/lag")


@dataclass(frozen=True, slots=True)
class Aim:
    indicator: str = KEY
    indicator_cell: str = ""
    is_invented: bool = True
    baseline_year: int | None = 2023
    target: Decimal | None = Decimal(60)
    target_year: int | None = 2026
    direction: str = "up"


def row(period: str, value: float | None, error: float | None = 4, **more: Any) -> ReleasedRow:
    has = value is not None and error is not None
    about: dict[str, Any] = {
        "cell": SERIES, "labels": (), "words": NOTHING, "is_default": True, "method": "rounding" if has else "",
        "low": value - error if has else None, "high": value + error if has else None,  # type: ignore[operator]
        "why": TOO_FEW if value is None else Why(),
    }  # fmt: skip
    return ReleasedRow(period=period, value=value, **(about | more))


def figure(*rows: ReleasedRow, year: int = 2025, **more: Any) -> ReleasedFigure:
    about: dict[str, Any] = {
        "key": KEY, "series": SERIES, "title": Words("Människor", "People"), "edition": 1,
        "says_not": Words("Inte hur många de är.", "Not how many they are."), "released_on": date(2026, 2, 1),
        "address": Words("/kartlaggning/exempel/", "/en/kartlaggning/exempel/"), "measure": "reception_persons",
        "quantity": Quantity.COUNT, "unit": "people", "breaks": (), "sources": ("Mottagningen",),
        "protection": NOTHING, "is_invented": True,
    }  # fmt: skip
    return ReleasedFigure(year=year, rows=rows, **(about | more))
