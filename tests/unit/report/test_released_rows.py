"""A frozen table as rows for other rooms: limits beside each value, and a reason where there is none."""

from klarsyn.base.released import Quantity, ReleasedRow
from klarsyn.report.released_rows import Series, series_of
from tests.unit.report import protected


def told() -> Series:
    (series,) = series_of(protected.figure(), "0680")
    return series


def cell(name: str, period: str = "2024") -> ReleasedRow:
    return next(r for r in told().rows if r.cell == name and r.period == period)


def test_a_protected_count_has_the_limits_that_rounding_leaves() -> None:
    row = cell("district_gender.count|district=N1|gender=women")
    assert (row.value, row.low, row.high, row.level, row.method) == (45, 41, 49, None, "rounding")
    assert row.words.sv == "Norrbacka, kvinnor" and not row.why.code
    assert cell("district_gender.count|district=N2 & N3|gender=men").low == 0


def test_a_hidden_cell_says_too_few_and_has_no_number_at_all() -> None:
    row = cell("district_gender.count|district=N2 & N3")
    assert (row.value, row.low, row.high, row.method) == (None, None, None, "")
    assert (row.why.code, row.why.words.sv, row.why.words.en) == (
        "too_few", "för få för att kunna sägas", "too few to say",
    )  # fmt: skip


def test_everybody_is_what_is_meant_where_no_cell_is_named() -> None:
    assert [(r.cell, r.period, r.value) for r in told().rows if r.is_default] == [
        ("district_gender.count", "2023", 75), ("district_gender.count", "2024", 70),
    ]  # fmt: skip
    assert (told().quantity, told().unit) == (Quantity.COUNT, "people")
