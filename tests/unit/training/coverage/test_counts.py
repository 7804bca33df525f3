"""Coverage through the door: by what units do and whether a course holds at the year's end; then rounded and attacked."""

from collections import Counter
from datetime import date

import pytest

from klarsyn.mapping.actions import definitions
from klarsyn.mapping.collect import _counted
from klarsyn.mapping.programmes import BUILT_IN, read_programmes
from klarsyn.receptions.demo_year import YEAR
from klarsyn.training.counts import list_counts
from klarsyn.training.coverage import demo
from klarsyn.training.library import library
from klarsyn.training.models import Unit
from tests.people import person
from tests.unit.training.units import by_link, has_done, unit, works

pytestmark = pytest.mark.django_db


def table(*years: int, code: str = "0680"):
    return list_counts(measure="training_coverage", kind="training", host_code=code, years=years)


def test_each_person_stands_in_one_band_by_the_years_end() -> None:
    key = next(k for k, one in library().items() if one.head.audience == "social_services")
    east = unit()
    has_done(works(east, "disa"), key, on=date(2026, 3, 1), until=date(2028, 3, 1))
    has_done(works(east, "elis"), key, on=date(2024, 3, 1), until=date(2026, 3, 1))
    works(east, "hugo")
    has_done(by_link(east), key, on=date(2026, 5, 1), until=date(2028, 5, 1))
    by_link(east, "b" * 64)  # began and never finished: among those the head counts, if at all
    Unit.objects.filter(pk=east.pk).update(size=10, size_stated_on=date(2026, 6, 1))
    unit("Väster")  # nobody has begun there
    bands = {(c.period, dict(c.categories)["training"]): c.value for c in table(2024, 2026, 2023).counts}
    assert bands == {
        ("2024", "trained"): 1, ("2024", "not_yet"): 9,
        ("2026", "trained"): 2, ("2026", "expired"): 1, ("2026", "not_yet"): 7,
    }  # fmt: skip
    assert table(2026, code="1480").counts == ()


def test_a_course_for_somebody_else_does_not_count() -> None:
    other = next(k for k, one in library().items() if one.head.audience != "social_services")
    has_done(works(unit(), "disa"), other, on=date(2026, 3, 1))
    assert table(2026).counts == ()


def test_the_invented_units_are_a_figure_of_the_mapping() -> None:
    person("greta")
    demo.ensure_demo_units()
    assert demo.ensure_demo_units() == 0
    mine = [i for i in definitions().indicators if i.reception == "training"]
    (found,) = _counted(mine, "0680", YEAR, True, read_programmes(mine, BUILT_IN))
    assert found.tables[0].is_invented and not found.tables[0].is_public
    given = Counter[str]()
    for count in found.tables[0].counts:
        given[dict(count.categories)["audience"]] += count.value or 0
    taught = {one.head.audience.value for one in library().values()} - {"social_services"}
    assert taught and all(given[kind] == size for _n, kind, size, *_rest in demo.BY_LINK if kind in taught)
    assert _counted(mine, "0680", YEAR, False, read_programmes(mine, BUILT_IN)) == []
