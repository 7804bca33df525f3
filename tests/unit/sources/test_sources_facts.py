"""Dated facts: areas by day, borders, breaks, operations, and what others have published."""

from datetime import date

import pytest

from klarsyn.sources import actions, facts, shipped
from klarsyn.sources.values import Measure


@pytest.mark.parametrize(
    ("on", "number"), [("2002-12-31", 289), ("2003-01-01", 290), ("2019-12-31", 290), ("2026-11-01", 290)]
)
def test_municipalities_hold_on_a_day(on: str, number: int) -> None:
    assert len(facts.municipalities(date.fromisoformat(on))) == number


def test_knivsta_and_heby_change_on_their_days() -> None:
    codes = {m.code for m in facts.municipalities(date(2002, 12, 31))}
    assert "0330" not in codes and "1917" in codes and "0331" not in codes
    assert facts.area("0330", date(2003, 1, 1)).predecessors == ("0380",)
    assert facts.area("1917", date(2006, 12, 31)).parent == "19"
    assert facts.area("0331", date(2007, 1, 1)).parent == "03"
    with pytest.raises(KeyError):
        facts.area("1917", date(2007, 1, 1))
    assert facts.successor("1917", date(2005, 12, 31)) == "0331"
    assert facts.successor("0680", date(2005, 12, 31)) == "0680"


def test_a_name_changes_with_its_day() -> None:
    assert facts.name("2023", "2007") == "Malung"
    assert facts.name("2023", "2008") == "Malung-Sälen"
    assert facts.name("9999", "2008") == "9999"


def test_police_regions_hold_every_municipality_once_since_2015() -> None:
    on = date(2020, 1, 1)
    regions = [r.code for r in facts.police_regions(on)]
    assert len(regions) == 7 and facts.police_regions(date(2014, 12, 31)) == ()
    inside = [code for region in regions for code in facts.members(region, on)]
    assert sorted(inside) == sorted(m.code for m in facts.municipalities(on))
    assert facts.area("06", on).parent == "P-OST" and facts.area("06", date(2014, 1, 1)).parent == "00"


def test_a_change_of_division_says_whether_it_is_confirmed() -> None:
    confirmed = [c.after for c in facts.division_changes() if c.is_confirmed]
    assert confirmed == [("0330", "0380")]
    days = [c.on for c in facts.division_changes()]
    assert days == sorted(days)


def test_breaks_touch_their_measures_and_their_span() -> None:
    national = facts.series_breaks([Measure.CONVICTED_PERSONS], "2007", "2021")
    assert [b.key for b in national] == ["maximum-raised-2011", "police-regions-2015"]
    assert national[1].kinds == ("county", "police_region")
    assert [b.on.isoformat() for b in facts.series_breaks()] == [
        "1999-01-01", "2011-07-01", "2015-01-01", "2022-08-01", "2025-01-01", "2025-07-01",
    ]  # fmt: skip
    assert [b.key for b in facts.series_breaks([Measure.POPULATION])] == ["scb-noise-2025"]
    assert facts.series_breaks([Measure.PENALTY_ORDERS], date(2022, 8, 1), date(2022, 8, 1))


def test_operations_are_as_precise_as_their_source() -> None:
    found = {o.key: o for o in facts.police_operations("2020", "2020")}
    assert set(found) == {"build-up-2020", "stockholm-may-2020"}
    assert (found["stockholm-may-2020"].precision, found["build-up-2020"].precision) == ("month", "year")
    assert [o.region for o in facts.police_operations("2017", "2018")] == ["P-NORD"]


def test_shares_keep_their_spans_and_what_is_not_stated() -> None:
    by_percent = [s for s in facts.shares() if s.percent is None]
    assert [(s.lower, s.upper) for s in by_percent] == [(8.0, 13.0), (0.0, 1.0)]
    assert [s.asked for s in facts.shares() if s.asked] == [6048, 4343]
    assert len(facts.shares()) == 12


def test_statements_that_disagree_both_stand() -> None:
    told = {(s.town, s.value) for s in facts.statements()}
    assert {("Göteborg", 80.0), ("Göteborg", 95.0), ("Malmö", 42.0), ("Malmö", 47.0)} <= told


def test_lists_of_what_others_have_published_are_whole() -> None:
    assert (len(facts.receptions()), len(facts.earlier_mappings()), len(facts.undated_counts())) == (
        15,
        13,
        20,
    )
    assert len(facts.borders()) == 735
    known = {m.code for m in facts.municipalities(date(2019, 1, 1))}
    assert {code for pair in facts.borders() for code in pair} == known
    assert {p.code for p in facts.receptions()} <= known


def test_every_fact_names_a_source_that_exists() -> None:
    keys = {entry.key for entry in shipped.declared()}
    lists = (
        facts.shares(),
        facts.receptions(),
        facts.statements(),
        facts.earlier_mappings(),
        facts.undated_counts(),
    )
    assert {fact.source for each in lists for fact in each} <= keys


@pytest.mark.django_db
def test_provenance_is_the_same_before_and_after_loading() -> None:
    keys = ["scb-folkmangd", "deogan-2020", "simulerat-2015-2024"]
    before = facts.provenance(keys)
    actions.load_snapshot(by="disa")
    after = facts.provenance(keys)
    assert [(p.key, p.checksum, p.licence, p.is_invented) for p in before] == [
        (p.key, p.checksum, p.licence, p.is_invented) for p in after
    ]
    with pytest.raises(KeyError, match="nobody"):
        facts.provenance(["nobody"])
