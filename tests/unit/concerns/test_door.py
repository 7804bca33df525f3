"""The door of the signs: years and bands, the weeks they stand against, and nothing that tells who, where or when."""

from collections import Counter

import pytest

from klarsyn.concerns.counts import MEASURES, list_counts
from klarsyn.concerns.models import Event, Sighting
from klarsyn.concerns.observations.demo import YEAR, ensure_demo_observations
from tests.people import person

GIVEN = {"measure": "observations", "kind": "arenas", "host_code": "0680"}


@pytest.fixture
def _year(db) -> None:
    person("cilla")
    ensure_demo_observations()


@pytest.mark.usefixtures("_year")
def test_the_year_leaves_as_counts_by_bands_and_nothing_finer() -> None:
    table = list_counts(**GIVEN, years=(YEAR,))
    assert sum(c.value for c in table.counts) == Sighting.objects.filter(year=YEAR).count() > 100
    assert {c.period for c in table.counts} == {str(YEAR)} and {c.name for c in table.counts} == {"arenas"}
    assert {tuple(n for n, _band in c.categories) for c in table.counts} == {("during", "place", "sign")}
    assert "Öster" not in repr(table) and table.is_invented and not table.is_public
    assert {c.sources for c in table.counts} == {("arenas-observations",)} and set(MEASURES) == {
        "observations"
    }


@pytest.mark.usefixtures("_year")
def test_the_weeks_of_a_whole_year_are_parted_by_the_calendar() -> None:
    weeks = {dict(c.categories)["during"]: c.population for c in list_counts(**GIVEN, years=(YEAR,)).counts}
    assert weeks == {"event": 5, "other": 47}
    Event.objects.filter(first_day__year=YEAR, kind="sport").update(withdrawn_on=f"{YEAR}-01-01")
    weeks = {dict(c.categories)["during"]: c.population for c in list_counts(**GIVEN, years=(YEAR,)).counts}
    assert weeks == {"event": 4, "other": 48}


@pytest.mark.usefixtures("_year")
def test_before_the_first_month_logged_and_after_the_last_there_are_no_weeks() -> None:
    Sighting.objects.exclude(year=YEAR, month__in=(3, 4)).delete()
    weeks = Counter({c.population for c in list_counts(**GIVEN, years=(YEAR,)).counts})
    assert set(weeks) == {8}  # March and April 2024 have eight weeks by their Thursdays, and no event


@pytest.mark.usefixtures("_year")
def test_another_municipality_another_year_and_what_is_taken_back_have_nothing() -> None:
    assert list_counts(**{**GIVEN, "host_code": "1480"}, years=(YEAR,)).counts == ()
    assert list_counts(**GIVEN, years=(YEAR - 1,)).counts == ()
    Sighting.objects.update(is_withdrawn=True)
    assert list_counts(**GIVEN, years=(YEAR,)).counts == ()
    with pytest.raises(KeyError):
        list_counts(**{**GIVEN, "measure": "persons"}, years=(YEAR,))
