"""Interval plots: the dot is where the scale says, the line ends where the interval ends."""

import math
from itertools import pairwise

import pytest

from klarsyn.report.figures import BadFigure, IntervalRow, Reference, interval_plot
from tests.unit.report.figures import cases, read


def _plot(*rows: IntervalRow, log: bool = False, width: int = 720, reference: Reference | None = None):
    return interval_plot(rows, reference, cases.UNIT, log=log, text=cases.TEXT, id="t", width=width)


def _scale(chart, language_minus: str = "\u2212"):
    """Value to pixel, from the grid lines and the tick labels under them."""
    ticks = {}
    xs = sorted({read.number(e, "x1") for e in read.named(chart, "line", "s-rule")})
    labels = [e for e in read.named(chart, "text", "f-soft") if e.get("text-anchor") == "middle"]
    for x, e in zip(xs, labels, strict=True):
        ticks[x] = float((e.text or "").replace("\u00a0", "").replace(",", ".").replace(language_minus, "-"))
    (x0, v0), *_, (x1, v1) = ticks.items()
    return lambda v: x0 + (v - v0) / (v1 - v0) * (x1 - x0)


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_dots_and_ends_stand_where_the_scale_says(width: int) -> None:
    chart = cases.intervals(width)
    at = _scale(chart)
    lines = read.named(chart, "rect", "fig-interval")[:3]
    dots = read.circles(chart, "f-ink")[:3]
    for row, line, dot in zip(cases.THREE, lines, dots, strict=True):
        left, long = read.number(line, "x"), read.number(line, "width")
        assert (left, left + long) == pytest.approx((at(row.lower), at(row.upper)), abs=0.15)
        assert dot[0] == pytest.approx(at(row.value), abs=0.15)


def test_the_interval_is_larger_than_the_dot_even_when_it_is_narrow() -> None:
    chart = _plot(IntervalRow("a", 50, 49.6, 50.4), IntervalRow("b", 20, 5, 90))
    line, dot = read.named(chart, "rect", "fig-interval")[0], read.named(chart, "circle", "f-ink")[0]
    assert 2 * read.number(dot, "r") < read.number(line, "height")


def test_home_stands_out_by_weight_and_accent_and_keeps_its_place() -> None:
    chart = cases.intervals()
    bold = [e.text for e in read.named(chart, "text") if e.get("font-weight") == "600"]
    assert bold == ["Jönköping", "12,05 (7,02–19,29)"]
    assert len(read.named(chart, "rect", "f-accent-band")) == 1
    later = _plot(*cases.THREE[1:], cases.THREE[0])
    assert [t for t in read.texts(later) if t in ("Jönköping", "Göteborg", "Malmö")][-1] == "Jönköping"


def test_an_open_interval_is_an_arrow_at_the_edge() -> None:
    chart = _plot(IntervalRow("a", 2, 1, math.inf), log=True)
    assert len(read.named(chart, "path", "f-band")) == 1
    assert "2,00 (1,00 eller mer)" in read.texts(chart)
    both = _plot(IntervalRow("a", 2, 0, math.inf), log=True)
    assert len(read.named(both, "path", "f-band")) == 2


def test_ratios_double_from_tick_to_tick_and_one_is_always_there() -> None:
    xs = sorted({read.number(e, "x1") for e in read.named(cases.ratios(), "line", "s-rule")})
    steps = [b - a for a, b in pairwise(xs)]
    assert steps == pytest.approx([steps[0]] * len(steps), abs=0.2)
    assert "1" in read.texts(cases.ratios())


def test_absences_have_marks_and_words_of_their_own() -> None:
    rows = [IntervalRow(s, None, None, None, status=s) for s in ("withheld", "unavailable", "not_applicable")]
    chart = _plot(*rows, IntervalRow("zero", 0, 0, 3.69))
    assert len(read.named(chart, "rect", "fig-withheld")) == 2  # the row and the key
    said = read.texts(chart)
    assert {"för få fall", "uppgift saknas", "ej aktuellt", "0 (0–3,69)"} <= set(said)


def test_the_comparison_value_is_named_in_place() -> None:
    chart = cases.intervals()
    line = next(e for e in read.named(chart, "line", "s-ink") if e.get("stroke-dasharray"))
    word = next(box for words, box in read.word_boxes(chart) if words == "de tre tillsammans 5,7")
    assert word.x1 <= read.number(line, "x1") <= word.x2


@pytest.mark.parametrize(
    "row",
    [
        IntervalRow("x", math.nan, 0, 1),
        IntervalRow("x", math.inf, 0, 1),
        IntervalRow("x", 1, math.nan, 2),
        IntervalRow("x", 3, 0, 2),
        IntervalRow("x", None, None, None),
        IntervalRow("x", None, None, None, status="hidden"),
    ],
)
def test_what_cannot_be_drawn_honestly_is_refused_by_name(row: IntervalRow) -> None:
    with pytest.raises(BadFigure, match="x"):
        _plot(row)


def test_no_rows_are_refused() -> None:
    with pytest.raises(BadFigure):
        _plot()
