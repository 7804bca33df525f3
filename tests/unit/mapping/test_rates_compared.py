"""Municipalities side by side."""

from dataclasses import replace

import pytest

from klarsyn.mapping.compute import compute
from klarsyn.mapping.results import FigureResult
from klarsyn.sources.values import Measure
from smallcounts.counts import Status
from smallcounts.disclosure import DisclosureRefused
from tests.unit.mapping.build import counted, inputs, press_counts


def figure(*counts, **changes) -> FigureResult:
    (found,) = compute(inputs(press_counts(*counts), **changes))
    return found


def test_the_published_triple_with_its_exact_intervals():
    rates = figure().table("rates")
    shown = {
        r["name"]: (round(r["rate"], 2), round(r["lower"], 2), round(r["upper"], 2)) for r in rates.to_rows()
    }
    assert shown == {
        "Jönköping": (12.05, 7.02, 19.29),
        "Göteborg": (3.80, 2.38, 5.75),
        "Malmö": (6.39, 4.01, 9.68),
    }


def test_home_stands_first_and_the_others_by_name_never_by_rate():
    assert figure().table("rates").column("name") == ["Jönköping", "Göteborg", "Malmö"]


def test_home_is_shown_above_goteborg_and_not_above_malmo():
    ratios = figure().table("ratios")
    goteborg, malmo = ratios.row(name_b="Göteborg"), ratios.row(name_b="Malmö")
    assert [round(goteborg[k], 2) for k in ("ratio", "lower", "upper")] == [3.17, 1.66, 5.99]
    assert [round(malmo[k], 2) for k in ("ratio", "lower", "upper")] == [1.89, 0.99, 3.56]
    assert (goteborg["verdict"], malmo["verdict"]) == ("above", "not_shown")


def test_the_headline_says_whom_home_lies_above_and_whom_not():
    first = figure().findings[0]
    assert first.code == "home_summary"
    assert (first.get("above"), first.get("below"), first.get("not_shown")) == ("Göteborg", "", "Malmö")


def test_a_home_that_is_not_counted_is_unknown_not_zero():
    found = figure(counted("1480", 22), counted("1280", 22))
    assert found.findings[0].code == "home_missing"
    assert found.findings[0].get("status") == "unavailable"
    home = found.table("coverage").row(area="0680")
    assert (home["status"], home["count"], home["rate"]) == ("unavailable", None, None)


def test_a_withheld_count_stays_withheld():
    hidden = replace(counted("0680", 0), value=None, status=Status.WITHHELD)
    found = figure(hidden, counted("1480", 22), counted("1280", 22))
    assert found.findings[0].get("status") == "withheld"
    assert found.table("coverage").row(area="0680")["status"] == "withheld"


def test_zero_is_a_count_and_its_ratio_has_no_finite_value():
    found = figure(counted("0680", 17), counted("1480", 0))
    ratio = next(f for f in found.findings if f.code.startswith("ratio_"))
    assert (ratio.get("ratio"), ratio.get("upper")) == ("inf", "inf")
    assert found.table("ratios").row(name_b="Göteborg")["ratio"] is None
    assert found.table("coverage").row(area="1480")["status"] == "observed"


def test_sources_that_disagree_are_both_shown_and_neither_is_compared():
    found = figure(
        counted("0680", 17), counted("1480", 22), counted("1480", 25, source="egen"), counted("1280", 22)
    )
    assert found.table("rates").column("count") == [17, 22, 25, 22]
    assert found.table("ratios").column("name_b") == ["Malmö"]
    conflict = next(f for f in found.findings if f.code == "conflict")
    assert (conflict.get("values"), conflict.get("sources")) == ("22|25", "sr|egen")
    assert "conflict" in found.warnings


def test_three_areas_of_one_year_say_so():
    assert figure().warnings == ("single_year", "too_few_for_shrinkage", "too_few_for_spatial")


def test_many_areas_are_compared_with_neighbours_only_and_shrunk():
    many = [counted(f"{n:04}", n % 5) for n in range(1, 31)]
    found = figure(*[counted("0680", 17), counted("1480", 22), *many])
    assert found.table("ratios").column("name_b") == ["Göteborg"]
    assert "compared_with_neighbours" in found.warnings
    assert len(found.table("shrunken").rows) == 32
    raw, calm = (
        found.table("rates").row(area="0001")["rate"],
        found.table("shrunken").row(area="0001")["rate"],
    )
    assert raw != calm
    assert "too_few_for_spatial" in found.warnings


def test_the_funnel_has_sixty_points_between_the_smallest_and_largest_municipality():
    funnel = figure().table("funnel")
    assert len(funnel.rows) == 60
    assert (funnel.rows[0][0], funnel.rows[-1][0]) == (141_081, 579_281)
    for row in funnel.to_rows():
        assert row["low_998"] <= row["low_95"] < row["target"] < row["high_95"] < row["high_998"]


def test_every_rate_and_ratio_answers_where_it_comes_from():
    found = figure()
    explained = {step.row for step in found.steps}
    assert "rates:0680:2019:sr" in explained
    assert "ratios:0680:1480" in explained
    first = next(s for s in found.steps if s.row == "rates:0680:2019:sr")
    assert "17 / 141081" in first.numbers
    assert {s.key for s in found.sources} == {"sr", "scb"}


def test_a_count_that_is_not_public_stops_the_figure():
    gathered = press_counts()
    closed = replace(gathered.tables[0], is_public=False)
    with pytest.raises(DisclosureRefused, match=Measure.PRESS_COUNT_CONVICTED):
        compute(inputs(replace(gathered, tables=(closed,))))


def test_a_year_without_counts_has_no_tables():
    found = figure(counted("0680", 17, period="2018"))
    assert (found.tables, found.warnings) == ((), ("no_data",))
