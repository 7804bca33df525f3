"""From answers to the mapping's figure: protected counts, and a direction only where rounding cannot turn it."""

from dataclasses import replace

import pytest

from klarsyn.mapping.actions import definitions
from klarsyn.mapping.collect import _counted
from klarsyn.mapping.methods.protected import compute
from klarsyn.mapping.methods.protected_findings import Rounded, findings
from klarsyn.mapping.programmes import BUILT_IN, read_programmes
from klarsyn.receptions.demo_year import YEAR
from klarsyn.training.attitudes.demo import ensure_demo_attitudes
from klarsyn.training.counts import list_counts
from smallcounts.disclosure.programme import Programme
from tests.people import person
from tests.unit.mapping.protected import KEY, mapped


@pytest.fixture
def demo(db) -> None:
    person("cilla")
    ensure_demo_attitudes()


def counted(year: int = YEAR, code: str = "0680"):
    return list_counts(measure="attitude_change", kind="training", host_code=code, years=(year,))


def test_everybody_asked_before_stands_once_for_each_later_time(demo) -> None:
    table = counted()
    assert table.is_invented and not table.is_public and table.unit == "answers"
    for point in ("after", "month3"):
        assert sum(c.value for c in table.counts if dict(c.categories)["point"] == point) == 46
    assert counted(YEAR - 1).counts == () == counted(code="0682").counts


def test_the_figure_prints_rounded_counts_and_no_p_value(demo) -> None:
    indicators = [i for i in definitions().indicators if i.id == "attitude_change"]
    (given,) = _counted(indicators, "0680", YEAR, True, read_programmes(indicators, BUILT_IN))
    made = compute(given, replace(mapped(), year=YEAR), KEY)
    assert made is not None
    told = {f.get("point"): f for f in made.draft.findings if f.code == "protected_pairs"}
    assert told["after"].get("carried") == "more_gained"
    assert all(f.get("nearer") % 5 == f.get("further") % 5 == 0 for f in told.values())
    assert "p_value" not in repr(made.draft) and "d_z" not in repr(made.draft)


def test_a_direction_that_rounding_could_turn_is_not_said() -> None:
    programme = Programme.from_toml((BUILT_IN / "attitude_change.toml").read_text(encoding="utf-8"))
    cells = {"nearer": 15, "further": 5}
    shown = {f"2024|point=after|moved={name}": Rounded(n, n - 4, n + 4) for name, n in cells.items()}
    found = [f for f in findings(programme, shown, year="2024", hidden=0) if f.code == "protected_pairs"]
    assert [f.get("carried") for f in found] == ["not_carried"]
    del shown["2024|point=after|moved=further"]  # hidden: nothing is said of the pair
    assert "protected_pairs" not in {f.code for f in findings(programme, shown, year="2024", hidden=1)}
