"""Checked inputs: four kinds of nothing, one row per source, no days."""

from typing import Any

import pytest

from smallcounts.counts import Count, CountError, CountTable, Exposure, Status


def test_a_value_and_its_status_agree() -> None:
    assert Count("0680", "Jönköping", "2019", 0).status is Status.OBSERVED
    for status in (Status.WITHHELD, Status.UNAVAILABLE, Status.NOT_APPLICABLE):
        assert Count("0680", "Jönköping", "2019", None, status).value is None
        with pytest.raises(CountError, match="contradict"):
            Count("0680", "Jönköping", "2019", 3, status)
    with pytest.raises(CountError, match="Jönköping 2019"):
        Count("0680", "Jönköping", "2019", None)


@pytest.mark.parametrize("value", [-1, True])
def test_a_count_is_a_whole_number(value: Any) -> None:
    with pytest.raises(CountError, match="whole number"):
        Count("1", "A", "2019", value)


@pytest.mark.parametrize("period", ["2019", "2019-05", "2018/2019", "2018-07–2019-06"])
def test_a_period_is_a_year_or_a_month(period: str) -> None:
    assert Count("1", "A", period, 1).period == period


@pytest.mark.parametrize("period", ["2019-05-01", "May", "", "19"])
def test_a_period_is_never_a_day(period: str) -> None:
    with pytest.raises(CountError, match="never a day"):
        Count("1", "A", period, 1)


def test_a_population_is_above_zero() -> None:
    with pytest.raises(CountError, match="population"):
        Count("1", "A", "2019", 1, population=0)


def test_two_sources_may_disagree_but_one_may_not_speak_twice() -> None:
    first = Count("P-STHLM", "Stockholm", "2019", 163, sources=("svt-2021",))
    second = Count("P-STHLM", "Stockholm", "2019", 173, sources=("polisen-2020",))
    assert len(CountTable("reported", "crimes", (first, second)).observed()) == 2
    with pytest.raises(CountError, match="Stockholm 2019 stands 2 times"):
        CountTable("reported", "crimes", (first, first))


def test_a_cell_of_a_crossed_table_is_told_apart_by_its_categories() -> None:
    young = Count("N1", "N1", "2024", 3, categories=(("age", "18-24"), ("gender", "women")))
    old = Count("N1", "N1", "2024", 3, categories=(("age", "25-34"), ("gender", "women")))
    assert len(CountTable("visits", "persons", (young, old)).observed()) == 2
    with pytest.raises(CountError, match="N1 2024 18-24 women stands 2 times"):
        CountTable("visits", "persons", (young, old, young))


@pytest.mark.parametrize("pairs", [(("b", "1"), ("a", "1")), (("a", "1"), ("a", "2"))])
def test_a_variable_has_one_category_and_they_stand_in_order(pairs: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(CountError, match="by variable"):
        Count("N1", "N1", "2024", 3, categories=pairs)


def test_observed_leaves_out_what_has_no_number() -> None:
    rows = (Count("1", "A", "2019", 0), Count("2", "B", "2019", None, Status.WITHHELD))
    assert [c.name for c in CountTable("m", "persons", rows).observed()] == ["A"]


def test_people_at_risk_are_found_by_area_and_period() -> None:
    people = Exposure("persons", (("0680", "2019", 141_081),))
    assert people.of("0680", "2019") == 141_081
    assert people.of("0680", "2020") is None
