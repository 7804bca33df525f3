"""Funnels: limits as given, places where their population and rate put them."""

import re

import pytest

from klarsyn.report.figures import BadFigure, FunnelPoint, funnel_plot
from klarsyn.report.figures.scale import Log
from tests.unit.report.figures import cases, read


def _plot(points, limits=None, **more):
    limits = limits or cases.limits(5.73)
    return funnel_plot(points, limits, cases.UNIT, text=cases.TEXT, id="t", **more)


def _lines(chart) -> list[list[tuple[float, float]]]:
    """The five curves: low 99.8, low 95, target, high 95, high 99.8."""
    clipped = next(g for g in read.named(chart, "g") if "clip" in (g.get("clip-path") or ""))
    paths = [e for e in clipped if e.get("fill") == "none"]
    return [[tuple(map(float, p.split())) for p in re.split("[ML]", e.get("d", ""))[1:]] for e in paths]


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_limits_close_in_as_places_grow_and_never_cross(width: int) -> None:
    low, low_95, target, high_95, high = _lines(cases.funnel(width))
    for i in range(len(target)):
        assert high[i][1] <= high_95[i][1] < target[i][1] < low_95[i][1] < low[i][1]  # y grows downwards
    gaps = [a[1] - b[1] for a, b in zip(low_95, high_95, strict=True)]
    assert gaps == sorted(gaps, reverse=True)


def test_places_stand_at_their_population_and_rate() -> None:
    chart = cases.funnel()
    target = _lines(chart)[2]
    x = Log(100_000, 1_000_000, target[0][0], target[-1][0])
    zero = max(
        read.number(e, "y1") for e in read.named(chart, "line", "s-soft") if e.get("y1") == e.get("y2")
    )
    home = read.circles(chart, "f-accent")[0]
    assert home[0] == pytest.approx(x.at(141_081), abs=0.2)
    assert (zero - home[1]) / (zero - target[0][1]) == pytest.approx(12.05 / 5.73, abs=0.01)


@pytest.mark.parametrize("width", cases.WIDTHS)
def test_the_three_municipalities_are_all_named_apart(width: int) -> None:
    said = read.texts(cases.funnel(width))
    assert {"Jönköping 12,1", "Göteborg 3,8", "Malmö 6,4"} <= set(said)


def test_among_many_places_home_alone_is_named() -> None:
    points = [FunnelPoint(f"Ort {i}", 110_000 + 2_000 * i, 3 + i % 7, i == 50) for i in range(290)]
    chart = _plot(points)
    assert [t for t in read.texts(chart) if t.startswith("Ort")] == ["Ort 50 4,0", "Ort 50"]  # plot and key
    dots = next(e.get("d") or "" for e in read.named(chart, "path", "s-grey"))
    assert dots.count("M") == 289


def test_the_height_follows_the_points_and_the_limits_are_clipped() -> None:
    chart = _plot(cases.THREE_POINTS, cases.limits(5.73, 500))
    clip = read.named(chart, "clipPath")[0][0]
    for line in _lines(chart):
        assert min(y for _, y in line) >= read.number(clip, "y") - read.number(clip, "height") * 1.5


@pytest.mark.parametrize(
    ("points", "limits"),
    [
        ([], None),
        ([FunnelPoint("x", 0, 1)], None),
        ([FunnelPoint("x", 10, float("nan"))], None),
        ([FunnelPoint("x", 10, -1)], None),
        ([FunnelPoint("x", 10, 1)], [(1, 0, 0, 1, 2, 3)]),
        ([FunnelPoint("x", 10, 1)], [(2, 0, 0, 1, 2, 3), (1, 0, 0, 1, 2, 3)]),
        ([FunnelPoint("x", 10, 1)], [(1, 0, 0, 1, 2, 3), (2, 0, 0, float("nan"), 2, 3)]),
    ],
)
def test_what_cannot_be_drawn_is_refused(points, limits) -> None:
    with pytest.raises(BadFigure):
        _plot(points, limits)
