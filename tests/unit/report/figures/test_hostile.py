"""Hostile labels and values: escaped, shortened, kept inside, or refused; never broken."""

import math

import pytest

from klarsyn.report.figures import (
    ChartText,
    DotRow,
    DotValue,
    FunnelPoint,
    IntervalRow,
    Mark,
    Panel,
    Span,
    SpanRow,
    TrendPoint,
    dot_rows,
    funnel_plot,
    interval_plot,
    small_multiples,
    span_plot,
    trend,
)
from tests.unit.report.figures import cases, read

LABELS = [
    "<script>alert(1)</script>",
    '"onload="x()" & <b>',
    "Ö" * 200,
    "ett mycket långt namn " * 10,
    "مدينة صغيرة",
    "👩‍👧 🏳️‍🌈 stad",
    "",
    "\x00\x07tecken\ud800",
    "a\nb\tc",
]
VALUES = [0.0, 1e-9, 1.0, 1e9]


def _draw(label: str, value: float, width: int) -> list:
    look = {"text": ChartText(label, label, label), "id": "t", "width": width, "heading": True}
    point = TrendPoint(label, 2019.0, value, value / 2, value * 2, label=label)
    return [
        interval_plot([IntervalRow(label, value, value / 2, value * 2, True, label)], None, label, **look),
        funnel_plot([FunnelPoint(label, 5_000, value, True)], cases.limits(5, 1_000), label, **look),
        trend([point], [Mark(2019.5, label)], [Span(2019.1, 2019.2, label)], label, **look),
        small_multiples([Panel(label, (point,))], label, **look),
        span_plot([SpanRow(label, label, min(value, 100), None, None, "point")], label, **look),
        dot_rows([DotRow(label, (DotValue("2019", value),))], label, **look),
    ]


@pytest.mark.parametrize("width", cases.WIDTHS)
@pytest.mark.parametrize("label", LABELS)
def test_hostile_labels_stay_text_and_stay_inside(label: str, width: int) -> None:
    for chart in _draw(label, 7.0, width):
        assert not read.named(chart, "script") and "<script" not in chart.svg
        for words, box in read.word_boxes(chart):
            assert box.x1 >= -1 and box.x2 <= width + 1, words


@pytest.mark.parametrize("width", cases.WIDTHS)
@pytest.mark.parametrize("value", VALUES)
def test_extreme_values_are_drawn_inside(value: float, width: int) -> None:
    for chart in _draw("Ort", value, width):
        assert "nan" not in chart.svg and "inf" not in chart.svg.replace("fig-interval", "")
        for words, box in read.word_boxes(chart):
            assert box.x1 >= -1 and box.x2 <= width + 1, words


@pytest.mark.parametrize("width", cases.WIDTHS)
@pytest.mark.parametrize("rows", [1, 2, 300])
def test_one_row_or_three_hundred(rows: int, width: int) -> None:
    many = [IntervalRow(f"Ort {i}", 1 + i % 9, 0.5, 20, i == 7, "not") for i in range(rows)]
    chart = interval_plot(many, None, "u", text=cases.TEXT, id="t", width=width)
    assert len(read.circles(chart, "f-ink")) == rows + 1
    assert list(read.pairs([b for b in read.word_boxes(chart) if b[0].startswith("Ort")])) == []


def test_many_years_keep_their_labels_apart() -> None:
    points = [TrendPoint(str(y), float(y), 10 + y % 7, 5, 20) for y in range(1900, 2025)]
    chart = trend(points, text=cases.TEXT, id="t", width=360)
    assert list(read.pairs(read.word_boxes(chart))) == []


def test_all_equal_values_have_an_axis_of_their_own() -> None:
    rows = [IntervalRow(str(i), 0.0, 0.0, 0.0) for i in range(3)]
    assert "0" in read.texts(interval_plot(rows, None, "u", text=cases.TEXT, id="t"))
    same = [TrendPoint(str(y), float(y), 5.0) for y in (2019, 2020)]
    assert read.texts(trend(same, text=cases.TEXT, id="t"))


def test_an_open_end_in_a_series_is_an_arrow() -> None:
    chart = trend([TrendPoint("2019", 2019, 5, 1, math.inf)], text=cases.TEXT, id="t")
    assert len(read.named(chart, "path", "f-band")) == 1


def test_right_to_left_words_are_isolated() -> None:
    chart = interval_plot([IntervalRow("مدينة", 1, 0, 2)], None, "u", text=cases.TEXT, id="t")
    assert "\u2068مدينة\u2069" in read.texts(chart)
