"""The hidden number in pictures: every mark where the numbers say, and nothing drawn that may not be said."""

import math
from itertools import pairwise

import pytest

from klarsyn.report.figures import (
    BadFigure,
    DialPoint,
    MethodRow,
    OverlapRow,
    Reference,
    assumption_dial,
    method_panel,
    overlap_rows,
)
from tests.unit.report.figures import cases, read
from tests.unit.report.figures.test_intervals import _scale


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_the_limits_of_each_method_stand_where_the_scale_says(width: int) -> None:
    chart = cases.methods(width)
    at = _scale(chart)
    bars = read.named(chart, "rect", "fig-interval")
    shown = [r for r in cases.METHODS if r.lower is not None]
    for row, bar in zip(shown, bars, strict=False):
        left, long = read.number(bar, "x"), read.number(bar, "width")
        assert (left, left + long) == pytest.approx((at(row.lower), at(row.upper)), abs=0.2)
    assert len(bars) == len(shown) + 2  # and one in the key, one with an arrow for the method without bound


def test_the_state_of_every_method_stands_in_words() -> None:
    words = " ".join(text for text, _ in read.word_boxes(cases.methods(1600)))
    for row in cases.METHODS:
        assert row.word in words
    assert words.count("inget tal") >= 3


def test_a_withheld_number_is_hatched_and_has_no_dot() -> None:
    row = MethodRow("a", "withheld_by_rule", "regeln håller inne talet", None)
    chart = method_panel([row], cases.MET, "", text=cases.TEXT, id="r")
    assert len(read.named(chart, "rect", "fig-withheld")) == 2  # the row and the key
    assert read.circles(chart, "f-ink") == []


@pytest.mark.parametrize(
    "row",
    [
        MethodRow("a", "interior", "", 5, 6, 9),
        MethodRow("a", "interior", "", 5, 1, math.inf),
        MethodRow("a", "unbounded", "", 5),
        MethodRow("a", "withheld_by_rule", "", 5),
        MethodRow("a", "converged", "", 5),
    ],
)
def test_a_method_that_may_not_show_its_number_is_not_drawn(row: MethodRow) -> None:
    with pytest.raises(BadFigure, match="a:"):
        method_panel([row], cases.MET, "", text=cases.TEXT, id="r")


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_a_row_fills_the_dots_of_its_lists_and_its_bar_is_its_share(width: int) -> None:
    chart = cases.overlaps(width)
    filled = read.circles(chart, "f-ink")
    assert len(filled) == sum(len(row.on) for row in cases.CELLS) + 1  # one more in the key
    bars = [read.number(bar, "width") for bar in read.named(chart, "rect", "f-band")]
    assert bars[1] / bars[0] == pytest.approx(76 / 995, abs=0.01)
    assert min(bars) > 0  # one person is seen


@pytest.mark.parametrize("row", [OverlapRow((), 3), OverlapRow((5,), 3), OverlapRow((0,), -1)])
def test_a_row_of_no_known_list_is_not_drawn(row: OverlapRow) -> None:
    with pytest.raises(BadFigure, match="row"):
        overlap_rows(cases.LISTS, [row], "", text=cases.TEXT, id="r")


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_doublings_of_the_factor_are_equally_far_apart(width: int) -> None:
    chart = cases.dial(width)
    places = {text: box.x1 / 2 + box.x2 / 2 for text, box in read.word_boxes(chart)}
    ticks = [places[tick] for tick in ("¼", "½", "1", "2", "4")]
    steps = [b - a for a, b in pairwise(ticks)]
    assert steps == pytest.approx([steps[0]] * 4, abs=1)
    dots = read.circles(chart, "f-ink")
    assert len(dots) == 3
    assert sorted(x for x, _ in dots)[1] == pytest.approx(places["1"], abs=0.5)


@pytest.mark.parametrize(
    "points",
    [
        [DialPoint(1, 9)],
        [DialPoint(0, 9), DialPoint(1, 9)],
        [DialPoint(0.5, math.inf), DialPoint(1, 9)],
        [DialPoint(0.5, 3), DialPoint(1, 9)],
    ],
)
def test_a_dial_that_cannot_be_true_is_not_drawn(points: list[DialPoint]) -> None:
    with pytest.raises(BadFigure):
        assumption_dial(points, Reference(5, "5 mötta"), "", text=cases.TEXT, id="r")
