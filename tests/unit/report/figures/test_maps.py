"""Maps: everybody is on them, absences look different, classes read in grey."""

import re

import pytest

from klarsyn.base.contrast import MARK, luminance, ratio
from klarsyn.report.figures import BadFigure, MapValue, choropleth
from klarsyn.report.figures.geo import TRUE_HEIGHT, TRUE_WIDTH, municipalities
from klarsyn.report.figures.theme import DARK, LIGHT
from tests.unit.report.figures import cases, read

STATUSES = ("withheld", "unavailable", "not_applicable")


def _map(values, kind="hex", classes=(5.0,), home="0680", **more):
    return choropleth(
        values, kind=kind, classes=classes, home=home, unit="u", text=cases.TEXT, id="m", **more
    )


@pytest.mark.parametrize("kind", ["hex", "true"])
@pytest.mark.parametrize("width", cases.WIDTHS)
def test_every_municipality_is_on_the_map_once(kind: str, width: int) -> None:
    chart = _map({"0680": MapValue(1.0)}, kind, home="", width=width)
    codes = [e.get("data-code") for e in read.named(chart, "path") if e.get("data-code")]
    assert sorted(codes) == [m.code for m in municipalities()]
    assert len(codes) == 290


def test_hexagons_do_not_share_places() -> None:
    assert len({(m.column, m.row) for m in municipalities()}) == 290


def test_the_point_inside_a_municipality_is_on_the_sheet_of_outlines() -> None:
    for m in municipalities():
        numbers = [int(v) for v in re.findall(r"-?\d+", m.outline.split("z")[0])]
        assert abs(m.x - numbers[0]) < 170 and abs(m.y - numbers[1]) < 170, m.name
        assert 0 < m.x < TRUE_WIDTH and 0 < m.y < TRUE_HEIGHT


def test_a_value_equal_to_a_cut_belongs_to_the_class_above() -> None:
    chart = _map({"0680": MapValue(5.0), "1480": MapValue(4.99)}, home="")
    groups = {g.get("data-group"): [p.get("data-code") for p in g] for g in read.named(chart, "g")}
    assert groups["c4"] == ["0680"] and groups["c2"] == ["1480"]


def test_zero_and_each_absence_have_four_different_marks() -> None:
    values = {m.code: MapValue(None, s) for m, s in zip(municipalities(), STATUSES, strict=False)}
    chart = _map(values | {"0680": MapValue(0.0)}, home="")
    looks = {g.get("data-group"): (g.get("fill"), g.get("class")) for g in read.named(chart, "g")}
    assert len({looks[s] for s in (*STATUSES, "zero")}) == 4
    said = " ".join(read.texts(chart))
    for word in ("noll", "för få fall", "uppgift saknas", "ej aktuellt"):
        assert word in said


def test_home_is_drawn_last_with_a_heavier_line() -> None:
    chart = _map({"0680": MapValue(6.0)})
    ends = read.named(chart, "path")
    homes = [e for e in ends if e.get("data-code") == "0680"]
    assert len(homes) == 3  # its class, the rim, the accent
    line = next(g for g in read.named(chart, "g", "s-accent"))
    ordinary = next(g for g in read.named(chart, "g") if g.get("data-group") == "c4")
    assert read.number(line, "stroke-width") > 2 * read.number(ordinary, "stroke-width")


def test_few_values_are_named_on_the_map_many_are_not() -> None:
    said = read.texts(cases.coverage())
    assert {"Jönköping 12,1", "Göteborg 3,8", "Malmö 6,4"} <= set(said)
    assert sum(t.startswith("Jönköping") for t in read.texts(cases.all_values())) == 1


def test_home_without_a_figure_says_why() -> None:
    assert "Jönköping uppgift saknas" in read.texts(_map({}))


def test_the_legend_counts_its_municipalities() -> None:
    said = read.texts(cases.coverage())
    assert "uppgift saknas · 287 kommuner" in said and "under 5 · 1 kommun" in said


def test_invented_figures_are_marked_across_the_corner() -> None:
    turned = [g for g in read.named(cases.all_values(), "g") if "rotate" in (g.get("transform") or "")]
    assert [g[0].text for g in turned] == ["PÅHITTADE TAL"]


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_classes_are_ordered_in_lightness_and_told_apart_in_grey(palette: dict[str, str]) -> None:
    grey = [luminance(palette[f"c{i}"]) for i in range(1, 6)]
    assert grey in (sorted(grey), sorted(grey, reverse=True))
    assert all(ratio(palette[f"c{i}"], palette[f"c{i + 1}"]) > 1.5 for i in range(1, 5))


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("i", range(1, 6))
def test_every_class_has_an_outline_that_stands_three_to_one(palette: dict[str, str], i: int) -> None:
    assert ratio(palette[f"c{i}"], palette[f"c{i}-line"]) >= MARK


@pytest.mark.parametrize(
    ("values", "classes", "home"),
    [
        ({"9999": MapValue(1.0)}, (1.0,), "0680"),
        ({}, (1.0,), "9999"),
        ({}, (2.0, 1.0), "0680"),
        ({}, (1.0, 2.0, 3.0, 4.0, 5.0), "0680"),
        ({"0680": MapValue(float("nan"))}, (1.0,), "0680"),
        ({"0680": MapValue(None)}, (1.0,), "0680"),
    ],
)
def test_a_map_that_would_mislead_is_refused(values, classes, home) -> None:
    with pytest.raises(BadFigure):
        _map(values, classes=classes, home=home)
