"""Protected counts: the dot is the published value, the box what rounding leaves open, and nothing more exact."""

import pytest

from klarsyn.report.figures import BadFigure, RoundedGroup, RoundedRow, rounded_rows
from tests.unit.report.figures import cases, read
from tests.unit.report.figures.test_intervals import _scale


def plot(*rows: RoundedRow):
    return rounded_rows([RoundedGroup("", rows)], "människor", text=cases.TEXT, id="r")


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_dots_and_boxes_stand_where_the_scale_says(width: int) -> None:
    chart = cases.protected(width)
    rows = [r for g in cases.GROUPS for r in g.rows if r.value is not None]
    boxes, dots = read.named(chart, "rect", "fig-reach"), read.circles(chart, "f-ink")
    at = _scale(chart)
    for row, box, dot in zip(rows, boxes, dots, strict=False):
        left, long = read.number(box, "x"), read.number(box, "width")
        assert (left, left + long) == pytest.approx((at(row.lower), at(row.upper)), abs=0.2)
        assert dot[0] == pytest.approx(at(row.value), abs=0.2)
    assert (len(boxes), len(dots)) == (len(rows) + 1, len(rows) + 1)  # one more of each in the key


def test_a_hidden_count_has_its_mark_and_no_dot() -> None:
    chart = plot(RoundedRow("a", None, status="withheld"), RoundedRow("b", 5, 1, 9))
    assert len(read.named(chart, "rect", "fig-withheld")) == 2  # the row and the key
    assert "visas inte: någon kunde kännas igen" in chart.svg


def test_an_exact_count_has_no_box() -> None:
    assert read.named(plot(RoundedRow("a", 7, 7, 7)), "rect", "fig-reach") == []


@pytest.mark.parametrize("row", [RoundedRow("a", 5, 6, 9), RoundedRow("a", 5, -1, 9), RoundedRow("a", None)])
def test_what_cannot_be_true_is_not_drawn(row: RoundedRow) -> None:
    with pytest.raises(BadFigure, match="a:"):
        plot(row)


def test_no_row_is_no_chart() -> None:
    with pytest.raises(BadFigure, match="at least one row"):
        rounded_rows([], "", text=cases.TEXT, id="r")
