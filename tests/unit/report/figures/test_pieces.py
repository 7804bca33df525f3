"""The pieces under the charts: numbers, scales, text, labels, classes."""

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from klarsyn.report.figures import BadFigure, rounded_quantiles
from klarsyn.report.figures.classes import class_of
from klarsyn.report.figures.labels import Box, Want, place
from klarsyn.report.figures.numbers import decimals_for, interval, number
from klarsyn.report.figures.scale import Linear, Log, fitting_ticks, log_ticks, nice_ticks, ratio_ticks
from klarsyn.report.figures.text import escape, shorten, width, wrap

positive = st.floats(1e-6, 1e9)


@pytest.mark.parametrize(
    ("value", "decimals", "sv", "en"),
    [
        (141081.5, 1, "141\u00a0081,5", "141,081.5"),
        (-1234.5, 1, "\u22121\u00a0234,5", "\u22121,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (999.96, 1, "1\u00a0000,0", "1,000.0"),
        (0.0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_people_read_them(value: float, decimals: int, sv: str, en: str) -> None:
    assert (number(value, decimals, "sv"), number(value, decimals, "en")) == (sv, en)


def test_intervals_are_written_with_a_dash_and_open_ends_in_words() -> None:
    assert interval(7.02, 19.29, 1) == "7,0–19,3"
    assert interval(7.02, math.inf, 1) == "7,0 eller mer"
    assert interval(7.02, math.inf, 1, "en") == "7.0 or more"
    assert interval(-1, 2, 1) == "\u22121,0 – 2,0"


@given(st.lists(st.floats(0, 1e9), min_size=1))
def test_decimals_show_the_largest_value_and_no_more_than_six(values: list[float]) -> None:
    assert 0 <= decimals_for(values) <= 6


@given(st.floats(-1e9, 1e9), positive, st.integers(2, 9))
def test_ticks_are_even_round_rising_and_cover_the_span(low: float, span: float, count: int) -> None:
    assume(span > abs(low) * 1e-6)
    ticks = nice_ticks(low, low + span, count)
    step = ticks[1] - ticks[0]
    assert ticks[0] <= low + step * 1e-6 and ticks[-1] >= low + span - step * 1e-6
    assert [b - a for a, b in pairwise(ticks)] == pytest.approx([step] * (len(ticks) - 1))
    assert len(ticks) <= count + 2


@given(positive, st.integers(20, 1500))
def test_tick_labels_fit_beside_each_other(high: float, room: int) -> None:
    ticks = fitting_ticks(0, high, room, lambda t, d: width(number(t, d), 14))
    assert ticks[0] == 0 and ticks[-1] >= high * (1 - 1e-9)


@given(positive, st.floats(1, 1e6))
def test_log_ticks_rise_and_cover(low: float, factor: float) -> None:
    ticks = log_ticks(low, low * factor)
    assert list(ticks) == sorted(set(ticks))
    assert ticks[0] <= low * (1 + 1e-6) and ticks[-1] >= low * factor * (1 - 1e-6)


@given(st.floats(1e-4, 1e4), st.floats(1, 1e4))
def test_ratio_ticks_double_and_hold_one(low: float, factor: float) -> None:
    ticks = ratio_ticks(low, low * factor)
    assert 1.0 in ticks and ticks[0] <= low * (1 + 1e-6) and ticks[-1] >= low * factor * (1 - 1e-6)
    assert len({round(math.log2(b / a)) for a, b in pairwise(ticks)}) == 1


@given(positive, positive, st.floats(0, 1))
def test_scales_keep_order_and_their_ends(low: float, span: float, share: float) -> None:
    high = low + span
    assume(high > low * (1 + 1e-9))
    for scale in (Linear(low, high, 10, 110), Log(low, high, 10, 110)):
        assert (scale.at(low), scale.at(high)) == pytest.approx((10, 110))
        assert 10 - 1e-6 <= scale.at(low + share * span) <= 110 + 1e-6


@given(st.text(max_size=80), st.integers(30, 400))
def test_wrapped_lines_fit_and_lose_nothing_but_space(text: str, room: int) -> None:
    lines = wrap(text, room, 14)
    assert all(width(line, 14) <= room for line in lines)
    assert "".join("".join(lines).split(" ")) == "".join(text.translate(dict.fromkeys(b" \t\r\n")))


@given(st.text(max_size=60), st.integers(20, 200))
def test_shortened_text_fits(text: str, room: int) -> None:
    assert width(shorten(text, room, 14), 14) <= room


def test_text_that_xml_forbids_is_taken_out_and_signs_are_escaped() -> None:
    assert escape('<a & "b">\x00\ud800') == "&lt;a &amp; &quot;b&quot;&gt;"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200)), max_size=12))
def test_placed_labels_never_touch(points: list[tuple[int, int]]) -> None:
    wants = [Want("Ort 1,2", x, y, 14, 6) for x, y in points]
    marks = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in points]
    placed = place(wants, (), marks, Box(0, 0, 300, 200))
    for i, one in enumerate(placed):
        assert not any(one.box.meets(m) for m in marks)
        assert not any(one.box.meets(other.box) for other in placed[i + 1 :])


def test_a_label_that_must_stand_stands() -> None:
    crowd = [Box(0, 0, 300, 200)]
    assert len(place([Want("Hemma", 150, 100, 14, 6, must=True)], (), crowd, Box(0, 0, 300, 200))) == 1
    assert place([Want("Hemma", 150, 100, 14, 6)], (), crowd, Box(0, 0, 300, 200)) == []


@given(st.lists(st.floats(0, 1e6), max_size=300), st.integers(2, 5))
def test_cuts_rise_and_leave_no_class_empty(values: list[float], classes: int) -> None:
    cuts = rounded_quantiles(values, classes)
    assert len(cuts) < classes and list(cuts) == sorted(set(cuts))
    counted = {class_of(v, cuts) for v in values if v}
    assert not cuts or counted == set(range(len(cuts) + 1))


def test_cuts_are_round_where_the_values_allow_it() -> None:
    assert rounded_quantiles([float(i) for i in range(1, 101)]) == (20.0, 40.0, 60.0, 80.0)
    assert rounded_quantiles([3.0, 3.0]) == ()
    with pytest.raises(BadFigure):
        rounded_quantiles([1.0, 2.0], 9)
