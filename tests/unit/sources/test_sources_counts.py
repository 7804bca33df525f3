"""The door to statistics: one measure at a time, sources side by side, populations as published."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from klarsyn.sources import actions
from klarsyn.sources.counts import list_counts, list_population, list_population_by_sex
from klarsyn.sources.models import Dataset
from klarsyn.sources.values import Measure, SourceValue
from smallcounts.counts import CountTable

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The snapshot once for all tests here; every test is undone inside this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_snapshot(by="disa")
        yield
        transaction.set_rollback(True)


def _told(table: CountTable) -> list[tuple[object, ...]]:
    return [(c.area, c.name, c.period, c.value, c.population) for c in table.counts]


def test_the_three_press_counts_of_2019_come_with_their_populations() -> None:
    table = list_counts(measure=Measure.PRESS_COUNT_CONVICTED)
    assert _told(table) == [
        ("0680", "Jönköping", "2019", 17, 141_081),
        ("1280", "Malmö", "2019", 22, 344_166),
        ("1480", "Göteborg", "2019", 22, 579_281),
    ]
    assert table.is_public and not table.is_invented
    assert {c.sources for c in table.counts} == {("sr-2021-sexkop-kommun",)}


def test_counts_that_cannot_be_compared_are_other_measures() -> None:
    for measure, value in (
        (Measure.STATED_BY_STAFF, 255), (Measure.OPERATION_CONVICTED, 24), (Measure.PRESS_KNOWN_CASE, 1),
    ):  # fmt: skip
        assert [c.value for c in list_counts(measure=measure).counts] == [value]


def test_sources_that_disagree_are_two_rows_and_never_a_sum() -> None:
    table = list_counts(measure=Measure.REPORTED_OFFENCES, areas=["P-STHLM"], since="2019", until="2019")
    assert {c.sources[0]: c.value for c in table.counts} == {
        "polisen-2020-polisregion": 173,
        "svt-2021-polisregion": 163,
    }


def test_a_part_of_a_year_has_no_population_and_no_day() -> None:
    table = list_counts(measure=Measure.REPORTED_OFFENCES, datasets=["polisen-2020-polisregion"])
    half = next(c for c in table.counts if c.period == "2020-01/2020-08")
    assert (half.value, half.population) == (166, None)


def test_about_three_hundred_is_marked_as_approximate() -> None:
    table = list_counts(measure=Measure.CONVICTED_PERSONS)
    assert {c.value: c.is_approximate for c in table.counts} == {80: False, 300: True, 456: False, 715: False}


def test_victims_not_stated_are_absent_and_never_zero() -> None:
    table = list_counts(measure=Measure.PRESUMED_VICTIMS, since="2022", until="2022")
    assert {c.name: c.value for c in table.counts} == {
        "total": 375,
        "women": 223,
        "men": 139,
        "adults_other": 13,
    }
    assert all(c.value != 0 for c in list_counts(measure=Measure.PRESUMED_VICTIMS).counts)


def test_invented_figures_come_alone_and_only_when_asked_for() -> None:
    assert list_counts(measure=Measure.SIMULATED).counts == ()
    table = list_counts(measure=Measure.SIMULATED, datasets=["simulerat-2015-2024"], invented=True)
    assert (len(table.counts), table.is_invented, table.is_public) == (2900, True, False)
    assert list_counts(measure=Measure.REPORTED_OFFENCES, invented=True).counts == ()


def test_a_crossed_cell_comes_with_its_categories_and_its_part_of_town() -> None:
    table = list_counts(measure=Measure.SIMULATED, datasets=["pahittade-personer-2021-2025"], invented=True)
    assert (len(table.counts), sum(c.value or 0 for c in table.counts)) == (806, 986)
    assert {c.period for c in table.counts} == {"2021", "2022", "2023", "2024", "2025"}
    first = table.counts[0]
    assert (first.area, first.name, first.note) == ("N1", "N1", "påhittad")
    assert [variable for variable, _ in first.categories] == ["age", "form", "gender", "reporter"]


def test_a_source_that_is_not_public_makes_the_table_closed() -> None:
    dataset = Dataset.objects.create(
        key="egna", publisher="Kommunen", title="Egna", licence="egna", certainty="medium",
        measure=Measure.PRESS_COUNT_CONVICTED.value,
    )  # fmt: skip
    delivery = actions.Delivery(actions.Batch.Origin.FILE, "1" * 64, "x.csv", "disa", None)
    actions.store_batch(dataset=dataset, values=[SourceValue("0680", "2020", 3)], delivery=delivery)
    assert not list_counts(measure=Measure.PRESS_COUNT_CONVICTED).is_public
    assert list_counts(measure=Measure.PRESS_COUNT_CONVICTED, until="2019").is_public


def test_a_region_is_the_sum_of_its_municipalities_published_values() -> None:
    table = list_population(year=2019, areas=["00", "P-OST", "04", "05", "06"])
    number = {c.area: c.value for c in table.counts}
    assert number["00"] == 10_327_589
    assert number["P-OST"] == sum(number[county] or 0 for county in ("04", "05", "06"))


def test_a_year_without_published_figures_has_none_and_says_so() -> None:
    table = list_population(year=2022)
    assert table.counts == () and not table.is_public
    assert table.notes
    assert all(
        c.population is None
        for c in list_counts(measure=Measure.REPORTED_OFFENCES, since="2018", until="2018").counts
    )


def test_a_region_with_a_hole_has_no_population() -> None:
    dataset = Dataset.objects.get(key="scb-folkmangd")
    delivery = actions.Delivery(actions.Batch.Origin.FILE, "2" * 64, "x.csv", "disa", None)
    actions.store_batch(dataset=dataset, values=[SourceValue("0680", "2019", 141_081)], delivery=delivery)
    assert [c.area for c in list_population(year=2019, areas=["0680", "06", "00"]).counts] == ["0680"]


@pytest.mark.parametrize(("year", "number"), [(2001, 289), (2005, 290), (2019, 290), (2024, 290)])
def test_every_municipality_of_the_year_has_a_population(year: int, number: int) -> None:
    assert len(list_population(year=year).counts) == number


def test_women_and_men_of_2019_sum_to_everyone() -> None:
    sexes = list_population_by_sex(year=2019, areas=["0680", "00"])
    total = list_population(year=2019, areas=["0680", "00"])
    for area in ("0680", "00"):
        parts = [c.value or 0 for c in sexes.counts if c.area == area]
        assert len(parts) == 2 and [sum(parts)] == [c.value for c in total.counts if c.area == area]
