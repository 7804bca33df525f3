"""Survey shares and counts without denominators."""

import pytest

from klarsyn.report.figures import BadFigure, DotRow, DotValue, SpanRow, dot_rows, span_plot
from tests.unit.report.figures import cases, read


def test_a_point_never_looks_like_an_estimate_with_its_interval() -> None:
    chart = cases.prevalence()
    assert len(read.named(chart, "rect", "fig-interval")) == 2  # one row and the key
    assert len([e for e in read.named(chart, "path", "f-paper") if "s-ink" in (e.get("class") or "")]) == 3
    assert len(read.named(chart, "g", "fig-span")) == 3


def test_shares_are_written_as_published() -> None:
    said = set(read.texts(cases.prevalence()))
    assert {"9,5 % (8,8–10,3)", "7,5 %", "8–13 %", "under 1 %", "≈ 80 %"} <= said


@pytest.mark.parametrize(
    "row",
    [
        SpanRow("x", "", None, 1, 2, "interval"),
        SpanRow("x", "", 5, 6, 7, "interval"),
        SpanRow("x", "", None, 1, None, "span"),
        SpanRow("x", "", None, None, None, "point"),
        SpanRow("x", "", 101, None, None, "point"),
        SpanRow("x", "", float("nan"), None, None, "point"),
    ],
)
def test_a_share_that_cannot_be_is_refused_by_name(row: SpanRow) -> None:
    with pytest.raises(BadFigure, match="x"):
        span_plot([row], text=cases.TEXT, id="t")


def _stems(chart) -> list[float]:
    return [
        read.number(e, "y1") - read.number(e, "y2")
        for e in read.named(chart, "line", "s-band")
        if e.get("x1") == e.get("x2")
    ]


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_heights_are_the_counts_on_one_scale_from_zero(width: int) -> None:
    chart = cases.victims(width)
    counts = [100, 163, 202, 289, 223, 42, 42, 46, 142, 139, 19, 23, 32, 38, 26, 21]
    stems = _stems(chart)
    assert [s / stems[0] for s in stems] == pytest.approx([c / 100 for c in counts], abs=0.01)


def test_years_stand_at_their_distance_in_time() -> None:
    x = {t: box.x1 for t, box in read.word_boxes(cases.victims()) if t.startswith("20")}
    assert x["2018"] - x["2016"] == pytest.approx(2 * (x["2019"] - x["2018"]), abs=0.3)


def test_missing_is_not_zero() -> None:
    rows = [DotRow("Flickor", (DotValue("2018", 0), DotValue("2019", None, "unavailable")))]
    chart = dot_rows(rows, text=cases.TEXT, id="t")
    assert "0" in read.texts(chart) and len(read.circles(chart, "f-ink")) == 1
    assert len(read.named(chart, "path", "s-soft")) == 2  # the cross and the key


@pytest.mark.parametrize("value", [-1.0, float("nan"), float("inf"), None])
def test_a_count_that_cannot_be_is_refused(value: float | None) -> None:
    with pytest.raises(BadFigure):
        dot_rows([DotRow("x", (DotValue("2018", value),))], text=cases.TEXT, id="t")
