"""From the months of joint work to the mapping's figure and its marks on the time axis: occasions, kinds, quarters."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest

from klarsyn.mapping.actions import definitions
from klarsyn.mapping.collect import _counted
from klarsyn.mapping.methods.protected import compute
from klarsyn.mapping.programmes import BUILT_IN, read_programmes
from klarsyn.mapping.results import FigureResult, FrozenMapping
from klarsyn.plan.counts import MEASURES, list_counts
from klarsyn.plan.models import JointWork
from klarsyn.plan.police.demo import YEAR, ensure_demo_cooperation
from klarsyn.plan.police.kinds import kinds
from klarsyn.report.joint import joint_operations, marked
from klarsyn.report.protected_tables import cells_of
from smallcounts.disclosure.programme import Programme
from tests.unit.mapping.protected import KEY, mapped

GIVEN = {"measure": "joint_work", "kind": "cooperation", "host_code": "0680"}


@pytest.fixture
def demo(db: None) -> None:
    ensure_demo_cooperation()


def test_the_year_leaves_as_occasions_by_kind_and_quarter_and_nothing_finer(demo: None) -> None:
    table = list_counts(**GIVEN, years=(YEAR,))
    rows = JointWork.objects.filter(year=YEAR)
    assert sum(c.value or 0 for c in table.counts) == sum(row.occasions for row in rows) > 60
    assert {tuple(name for name, _band in c.categories) for c in table.counts} == {("joint", "quarter")}
    assert {dict(c.categories)["quarter"] for c in table.counts} == {"q1", "q2", "q3", "q4"}
    assert table.is_invented and not table.is_public and {c.period for c in table.counts} == {str(YEAR)}
    assert set(MEASURES) == {"joint_work"} and {c.population for c in table.counts} == {None}


def test_another_municipality_another_year_and_a_month_taken_out_have_nothing(demo: None) -> None:
    assert list_counts(**GIVEN | {"host_code": "1480"}, years=(YEAR,)).counts == ()
    assert list_counts(**GIVEN, years=(YEAR - 1,)).counts == ()
    JointWork.objects.filter(year=YEAR).update(occasions=0, hours=0, staff=0, cards=0)
    assert list_counts(**GIVEN, years=(YEAR,)).counts == ()
    with pytest.raises(KeyError):
        list_counts(**GIVEN | {"measure": "persons"}, years=(YEAR,))


def test_the_programme_names_every_kind_that_may_be_entered() -> None:
    programme = Programme.from_toml((BUILT_IN / "joint_work.toml").read_text(encoding="utf-8"))
    joint = next(v for v in programme.variables if v.name == "joint")
    assert list(joint.categories) == list(kinds())


def _made() -> FigureResult:
    """The figure, protected as a mapping protects it."""
    indicators = [i for i in definitions().indicators if i.id == "joint_work"]
    (given,) = _counted(indicators, "0680", YEAR, True, read_programmes(indicators, BUILT_IN))
    made = compute(given, replace(mapped(), year=YEAR), KEY)
    assert made is not None
    assert [f.code for f in made.draft.findings] == ["protected_apart", "protected_how"]
    return FigureResult(indicators[0], made.release.tables, made.draft.findings, (), (), (), (), ())


def _mapping(*figures: FigureResult) -> FrozenMapping:
    return cast(FrozenMapping, SimpleNamespace(year=YEAR, figures=figures))


def test_the_figure_is_rounded_has_no_sum_over_kinds_and_marks_the_axis_of_recorded_crime(demo: None) -> None:
    figure = _made()
    cells = cells_of(figure.tables[0], str(YEAR))
    assert () not in cells and all(cell.number is None or cell.number % 5 == 0 for cell in cells.values())
    marks = joint_operations(_mapping(figure))
    assert {mark.key.split("-")[1] for mark in marks} == {"operation", "shift"}
    for mark in marks:
        assert mark.since.day == 1 and mark.since < mark.until and mark.until.year == YEAR
        assert not any(sign.isdigit() for sign in mark.title_sv + mark.title_en)
    series = next(i for i in definitions().indicators if i.id == "example_series")
    drawn = FigureResult(series, (), (), (), (), (), (), ())
    assert marked(drawn, _mapping(figure)).operations == marks
    assert marked(drawn, _mapping()).operations == ()  # nothing published, nothing marked
    nation = replace(drawn, indicator=replace(series, areas=("00",)))
    assert marked(nation, _mapping(figure)).operations == ()  # of the municipality alone


def test_a_mark_runs_over_quarters_that_follow_each_other_and_a_hidden_one_breaks_it(
    demo: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: dict[str, Any] = {"q1": 5, "q2": 10, "q3": None, "q4": 5}
    cells = {(("joint", "operation"), ("quarter", q)): SimpleNamespace(number=n) for q, n in numbers.items()}
    monkeypatch.setattr("klarsyn.report.joint.cells_of", lambda table, period: cells)
    figure = cast(Any, SimpleNamespace(indicator=SimpleNamespace(measures=("joint_work",)), tables=(None,)))
    first, last = joint_operations(_mapping(figure))
    assert (first.since, first.until) == (date(YEAR, 1, 1), date(YEAR, 6, 30))
    assert (last.since, last.until) == (date(YEAR, 10, 1), date(YEAR, 12, 31))
