"""The models, on an invented square of municipalities."""

import pytest

from klarsyn.mapping.compute import compute
from klarsyn.mapping.inputs import Inputs, MixedInputs
from klarsyn.mapping.methods.modelled import border_pairs
from klarsyn.mapping.results import FigureResult
from klarsyn.sources.values import Measure
from tests.unit.mapping.build import counted, inputs, invented_grid, press_counts, provenance, table


@pytest.fixture(scope="module")
def figure() -> FigureResult:
    (found,) = compute(invented_grid())
    return found


def test_a_full_panel_gives_every_table_and_marks_each_as_invented(figure):
    assert [t.name for t in figure.tables] == [
        "rates", "ratios", "funnel", "coverage", "shrunken", "spatial", "panel", "ranks"
    ]  # fmt: skip
    assert all(t.is_invented and t.rule == "invented" for t in figure.tables)
    assert len(figure.table("panel").rows) == 121 * 3


@pytest.mark.parametrize("name", ["rates", "shrunken", "spatial", "panel"])
def test_no_rate_stands_without_an_interval_round_it(figure, name):
    for row in figure.table(name).to_rows():
        assert row["lower"] <= row["rate"] <= row["upper"]


def test_a_place_is_only_a_span_and_a_probability(figure):
    ranks = figure.table("ranks")
    assert [c.name for c in ranks.columns] == ["area", "name", "rank_lower", "rank_upper", "probability_top"]
    for row in ranks.to_rows():
        assert 1 <= row["rank_lower"] <= row["rank_upper"] <= 121
        assert 0 <= row["probability_top"] <= 1
    assert sum(ranks.column("probability_top")) == pytest.approx(10, abs=0.05)


def test_the_same_probability_stands_in_both_tables(figure):
    assert figure.table("spatial").column("probability_top") == figure.table("ranks").column(
        "probability_top"
    )


def test_home_and_the_width_of_a_place_are_told(figure):
    codes = [f.code for f in figure.findings]
    assert {"home_shrunken", "home_rank", "rank_width"} <= set(codes)
    width = next(f for f in figure.findings if f.code == "rank_width")
    assert 20 < width.get("median_width") <= 121


def test_two_years_are_too_few_for_a_panel():
    (found,) = compute(invented_grid(years=2))
    assert "too_few_years_for_panel" in found.warnings
    assert "panel" not in [t.name for t in found.tables]


def test_a_border_to_an_area_that_is_not_there_is_left_out():
    assert border_pairs(["a", "b"], [("a", "b"), ("b", "c")]) == [(0, 1)]


def mixed_tables() -> Inputs:
    return inputs(press_counts(), population=table(Measure.POPULATION, counted("0680", 1), invented=True))


def mixed_sources() -> Inputs:
    return inputs(press_counts(), provenance=(provenance("sr"), provenance("sim", invented=True)))


@pytest.mark.parametrize("make", [mixed_tables, mixed_sources])
def test_invented_and_real_never_stand_in_one_mapping(make):
    with pytest.raises(MixedInputs, match="invented and real figures never stand in one mapping"):
        make()


def test_a_figure_is_never_given_another_measure():
    gathered = press_counts()
    other = table(Measure.REPORTED_OFFENCES, counted("0680", 17))
    with pytest.raises(MixedInputs, match="was given reported_offences"):
        type(gathered)(gathered.indicator, (other,), (), ())
