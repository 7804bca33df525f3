"""Each of the other methods on inputs small enough to check by eye."""

from datetime import date

import pytest

from klarsyn.mapping.compute import METHODS, compute
from klarsyn.mapping.definitions import Method
from klarsyn.mapping.inputs import Facts, Gathered
from klarsyn.mapping.methods.expected import poisson_quantile
from klarsyn.mapping.methods.shares import clopper_pearson
from klarsyn.mapping.results import FigureResult
from klarsyn.sources.values import EarlierMapping, Measure, Place, SeriesBreak, Share, Statement
from tests.unit.mapping.build import counted, indicator, inputs, provenance, table

NATION = {"name": "Riket", "population": 10_000_000}


def figure(id: str, measure: Measure, *counts, breaks=(), **changes) -> FigureResult:
    gathered = Gathered(indicator(id), (table(measure, *counts),), breaks, ())
    (found,) = compute(inputs(gathered, **changes))
    return found


def fact_figure(id: str, facts: Facts) -> FigureResult:
    (found,) = compute(
        inputs(Gathered(indicator(id), (), (), ()), facts=facts, provenance=(provenance("k"),))
    )
    return found


def test_every_method_has_its_module():
    assert {*METHODS, Method.PROTECTED} == set(Method)  # which takes a key and gives more than a draft


def test_expected_is_the_national_count_by_population():
    found = figure("expected_per_municipality", Measure.CONVICTED_PERSONS, counted("00", 300, **NATION))
    row = found.table("expected").row(area="0680")
    assert row["expected"] == pytest.approx(300 * 141_081 / (141_081 + 344_166 + 579_281))
    assert found.findings[0].code == "below_one"
    assert sum(found.table("expected").column("expected")) == pytest.approx(300)


@pytest.mark.parametrize(
    ("mean", "lower", "upper"), [(0.02, 0, 0), (1.0, 0, 3), (4.098, 1, 8), (28.3, 18, 39)]
)
def test_poisson_range_as_printed_in_tables(mean, lower, upper):
    assert (poisson_quantile(0.025, mean), poisson_quantile(0.975, mean)) == (lower, upper)


def test_a_series_keeps_gaps_and_compares_only_years_in_a_row():
    years = [counted("00", n, period=p, **NATION) for p, n in (("2007", 80), ("2020", 456), ("2021", 715))]
    found = figure("convicted_national", Measure.CONVICTED_PERSONS, *years)
    assert found.table("series").column("period") == ["2007", "2020", "2021"]
    change = next(f for f in found.findings if f.code == "series_change")
    assert (change.get("from"), change.get("to")) == ("2020", "2021")
    assert change.get("probability_rose") > 0.999


def test_an_approximate_count_has_no_rate_and_is_compared_with_nothing():
    about = counted("00", 300, period="2019", is_approximate=True, **NATION)
    found = figure(
        "convicted_national", Measure.CONVICTED_PERSONS, about, counted("00", 456, period="2020", **NATION)
    )
    row = found.table("series").row(period="2019")
    assert (row["count"], row["rate"], row["lower"], row["is_approximate"]) == (300, None, None, 1)
    assert "approximate_input" in found.warnings
    assert not [f for f in found.findings if f.code == "series_change"]


def test_years_on_two_sides_of_a_break_are_not_compared():
    law = SeriesBreak("law", (Measure.CONVICTED_PERSONS,), date(2020, 8, 1), "Ny lag", "New law", "")
    years = [counted("00", n, period=p, **NATION) for p, n in (("2020", 456), ("2021", 715))]
    found = figure("convicted_national", Measure.CONVICTED_PERSONS, *years, breaks=(law,))
    assert not [f for f in found.findings if f.code == "series_change"]
    assert "series_break" in found.warnings


def test_a_count_without_population_has_no_rate():
    found = figure(
        "reported_national", Measure.REPORTED_OFFENCES, counted("00", 848, period="2018", population=None)
    )
    assert found.table("series").rows[0][2:6] == (None, None, None, None)
    assert "no_population" in found.warnings


def test_two_years_of_nothing_still_have_a_finite_ratio():
    years = [counted("0680", 0, period=p) for p in ("2018", "2019")]
    found = figure("convicted_national", Measure.CONVICTED_PERSONS, *years)
    change = next(f for f in found.findings if f.code == "series_change")
    assert change.get("ratio") == pytest.approx(1)
    assert change.get("probability_rose") == pytest.approx(0.5)


def stockholm(value: int, period: str, source: str):
    return counted("P-STHLM", value, period=period, source=source, name="Stockholm", population=2_400_000)


def test_a_region_with_two_sources_is_compared_once_for_each():
    found = figure(
        "reported_regions", Measure.REPORTED_OFFENCES,
        stockholm(163, "2019", "svt"), stockholm(173, "2019", "polisen"), stockholm(327, "2020", "svt"),
        stockholm(166, "2020-01/2020-08", "polisen"),
    )  # fmt: skip
    change = found.table("change")
    assert [(r["count_from"], r["source"]) for r in change.to_rows()] == [(173, "polisen|svt"), (163, "svt")]
    assert [r["count"] for r in found.table("conflicts").to_rows()] == [173, 163]
    assert found.table("partial").column("count") == [166]
    assert 166 not in found.table("regions").column("count")


def test_victims_stand_by_women_men_girls_and_boys_and_empty_is_not_zero():
    cells = [("total", 262), ("women", 163), ("men", 42), ("girls", 19), ("boys", 38)]
    counts = [counted("00", n, period="2018", name=name, population=10_230_185) for name, n in cells]
    later = [counted("00", n, period="2022", name=name, population=None) for name, n in cells[:3]]
    found = figure("presumed_victims", Measure.PRESUMED_VICTIMS, *counts, *later)
    assert found.table("victims").row(period="2022")["girls"] is None
    said = {f.code: f.get("period") for f in found.findings}
    assert said == {"victims_last": "2022", "victims_adults": "2022", "victims_children": "2018"}
    assert found.table("nation").to_rows() == [{"period": "2018", "population": 10_230_185}]


def test_only_a_share_whose_number_asked_is_known_gets_an_interval():
    point, span = ("S", "2017", "män", "fråga"), ("S", "", "män", "annat")
    facts = Facts(
        shares=(Share(*point, 9.5, None, None, 6048, "k", ""), Share(*span, None, 8, 13, None, "k", ""))
    )
    first, second = fact_figure("prevalence", facts).table("shares").to_rows()
    assert (first["kind"], round(first["lower"], 2), round(first["upper"], 2)) == ("interval", 8.78, 10.27)
    assert (second["kind"], second["lower"], second["upper"]) == ("span", 8, 13)


@pytest.mark.parametrize(
    ("yes", "asked", "expected"),
    [(0, 10, (0.0, 0.30850)), (10, 10, (0.69150, 1.0)), (575, 6048, (0.08779, 0.10274))],
)
def test_clopper_pearson_as_printed_in_tables(yes, asked, expected):
    assert clopper_pearson(yes, asked) == pytest.approx(expected, abs=1e-5)


def test_a_house_for_both_counts_as_both():
    facts = Facts(
        receptions=(
            Place("Malmö", "1280", "mika+kast", "Evonhuset", "", "15", "2017", "", "k", ""),
            Place("Borås", "1490", "mika", "", "", "", "", "", "k", ""),
        )
    )
    found = fact_figure("receptions", facts)
    assert found.findings[0].params == (("places", 2), ("mika", 2), ("kast", 1))
    assert found.findings[1].code == "home_no_place"
    assert found.table("places").column("town") == ["Borås", "Malmö"]


def test_statements_that_disagree_are_marked_and_none_is_chosen():
    said = [Statement("Göteborg", "KAST", "okänt", "andel", v, "procent", "k", "") for v in (80.0, 95.0)]
    other = Statement("Göteborg", "KAST", "2017", "sökande", 115.0, "personer", "k", "")
    found = fact_figure("reception_figures", Facts(statements=(*said, other)))
    assert found.table("statements").column("is_conflict") == [0, 1, 1]
    assert next(f for f in found.findings if f.code == "statement_conflict").get("values") == "80|95"
    assert found.warnings == ("conflict", "undated")


def test_earlier_mappings_stand_oldest_first():
    known = [EarlierMapping(y, "Utgivare", "riket", "m", "r", "k") for y in ("2022", "2007")]
    found = fact_figure("earlier_mappings", Facts(earlier=tuple(known)))
    assert found.table("earlier").column("year") == ["2007", "2022"]


def test_population_shows_home_and_nation_women_and_men():
    sexes = [counted("0680", n, name=name, source="scb") for name, n in (("men", 70_816), ("women", 70_265))]
    gathered = Gathered(indicator("population"), (), (), ())
    (found,) = compute(inputs(gathered, population_by_sex=table(Measure.POPULATION, *sexes)))
    assert found.table("population").column("area") == ["0680", "00"]
    assert found.table("population_by_sex").column("category") == ["women", "men"]
    assert found.findings[1].params == (
        ("name", "Jönköping"), ("period", "2019"), ("women", 70_265), ("men", 70_816)
    )  # fmt: skip
