"""Series: breaks at the right year, nothing joined over a gap or a break, conflicts side by side."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klarsyn.report.figures import BadFigure, Mark, TrendPoint, decimal_year, small_multiples, trend
from klarsyn.report.figures.timeline import joined
from tests.unit.report.figures import cases, read


def _p(year: int, value: float | None = 1.0, label: str = "") -> TrendPoint:
    return TrendPoint(
        str(year), float(year), value, status="observed" if value else "unavailable", label=label
    )


def _years(points, *breaks: float) -> list[tuple[float, float]]:
    return [(a.year, b.year) for a, b in joined(points, [Mark(b, "") for b in breaks])]


def test_neighbours_are_joined() -> None:
    assert _years([_p(2019), _p(2020), _p(2021)]) == [(2019, 2020), (2020, 2021)]


def test_nothing_is_joined_over_a_missing_year() -> None:
    assert _years([_p(2019), _p(2021)]) == []
    assert _years([_p(2019), _p(2020, None), _p(2021)]) == []


def test_a_break_at_new_year_parts_the_years_beside_it() -> None:
    assert _years([_p(2013), _p(2014), _p(2015), _p(2016)], 2015.0) == [(2013, 2014), (2015, 2016)]


def test_a_break_inside_a_year_leaves_that_year_alone() -> None:
    assert _years([_p(2020), _p(2021), _p(2022), _p(2023)], 2022.58) == [(2020, 2021)]


def test_two_sources_are_never_joined() -> None:
    assert _years([_p(2019, 1, "a"), _p(2019, 2, "b"), _p(2020, 3, "b")]) == [(2019, 2020)]
    assert _years([_p(2019, 1, "a"), _p(2020, 3, "b")]) == []


@given(st.lists(st.integers(1990, 2030), unique=True, max_size=20), st.floats(1990, 2031))
def test_no_line_ever_crosses_a_break(years: list[int], at: float) -> None:
    for a, b in _years([_p(y) for y in years], at):
        assert b - a == 1
        assert not a + 0.005 < at < b + 0.995


def test_dates_are_decimal_years() -> None:
    assert decimal_year(date(2015, 1, 1)) == 2015.0
    assert decimal_year(date(2011, 7, 1)) == pytest.approx(2011.496, abs=0.001)
    assert decimal_year(date(2024, 12, 31)) < 2025


def _year_at(chart):
    """Pixel to year, from the ticks of the first and the last period (middle of the year)."""
    feet = sorted({read.number(e, "x1") for e in read.named(chart, "line", "s-soft") if _is_foot(e)})
    return lambda x: 2007.5 + (x - feet[0]) / (feet[-1] - feet[0]) * 14


def _is_foot(e) -> bool:
    """A short upright stroke; the one at nought belongs to the hatch."""
    return e.get("x1") == e.get("x2") != "0" and float(e.get("y2")) - float(e.get("y1")) < 12


@pytest.mark.parametrize("width", cases.WIDTHS[:2])
def test_breaks_stand_at_their_year(width: int) -> None:
    chart = cases.nation(width)
    year = _year_at(chart)
    lines = [read.number(g[0], "x1") for g in read.named(chart, "g", "fig-break")]
    assert [year(x) for x in lines] == pytest.approx([m.year for m in cases.BREAKS], abs=0.05)


def test_operations_lie_under_the_axis_where_they_happened() -> None:
    chart = cases.nation()
    year = _year_at(chart)
    spans = [g[0] for g in read.named(chart, "g", "fig-operation")]
    ends = [(year(read.number(e, "x1")), year(read.number(e, "x2"))) for e in spans]
    assert ends[0] == pytest.approx((2019.0, 2020.99), abs=0.05)
    assert ends[1][0] == pytest.approx(2020.33, abs=0.05)


def test_an_approximate_value_says_so_in_its_number_and_its_mark() -> None:
    chart = cases.nation()
    assert "≈ 300" in read.texts(chart)
    assert [e for e in read.named(chart, "circle") if e.get("stroke-dasharray")]


def test_reasons_are_written_beside_their_lines_or_listed_where_there_is_no_room() -> None:
    for width in cases.WIDTHS:
        assert {m.label for m in cases.BREAKS} <= set(read.texts(cases.nation(width)))


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_both_sources_for_stockholm_2019_are_seen(width: int) -> None:
    chart = cases.stockholm(width)
    assert {"163 SVT", "173 polisen.se", "327 SVT"} <= set(read.texts(chart))
    dots = read.circles(chart, "f-ink")[:3]
    assert len({round(x) for x, _ in dots}) == 3


def test_the_source_that_goes_on_stands_on_the_side_it_goes_to() -> None:
    dots = read.circles(cases.stockholm(), "f-ink")
    heights = {y: x for x, y in dots[:2]}
    assert heights[max(heights)] > heights[min(heights)], (
        "163 by SVT, which has 2020 too, stands to the right"
    )


def test_small_multiples_share_their_scale_and_say_so() -> None:
    chart = cases.regions()
    assert any("Samma skala i alla rutor." in t for t in read.texts(chart))
    heights = {re.sub(r"M[\d.]+ |H[\d.]+", " ", e.get("d", "")) for e in read.named(chart, "path", "s-rule")}
    assert len(heights) == 1  # the same levels in all three panels


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(BadFigure, match="at least one point"):
        trend([], text=cases.TEXT, id="t")
    with pytest.raises(BadFigure, match="2019"):
        trend([TrendPoint("2019", 2019, float("nan"))], text=cases.TEXT, id="t")
    with pytest.raises(BadFigure):
        small_multiples([], text=cases.TEXT, id="t")
