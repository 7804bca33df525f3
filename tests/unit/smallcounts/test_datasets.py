"""The tables that come with the package are whole."""

from importlib.resources import files

from smallcounts.datasets import scotland, simulated_rates
from smallcounts.references import REFERENCES


def test_scotland_is_as_published() -> None:
    table = scotland()
    assert len(table.names) == len(set(table.names)) == len(table.observed) == len(table.expected) == 56
    assert (table.names[0], table.observed[0], table.expected[0]) == ("Skye-Lochalsh", 9, 1.4)
    assert (table.names[-1], table.observed[-1], table.expected[-1]) == ("Annandale", 0, 1.8)
    assert round(sum(table.expected), 1) == 536.2
    assert all(0 <= a < b < 56 for a, b in table.borders)
    assert {node for pair in table.borders for node in pair} == set(range(56))
    assert set(table.sources) <= set(REFERENCES)


def test_glasgow_has_nine_neighbours() -> None:
    table = scotland()
    glasgow = table.names.index("Glasgow")
    assert sum(glasgow in pair for pair in table.borders) == 9


def test_each_border_stands_with_both_its_districts() -> None:
    text = (files("smallcounts.datasets") / "scotland.csv").read_text(encoding="utf-8")
    lists = [set(map(int, line.split(",")[4].split())) for line in text.splitlines()[1:]]
    assert all(here in lists[there - 1] for here, row in enumerate(lists, start=1) for there in row)


def test_the_invented_table_is_whole_and_its_counts_follow_its_truth() -> None:
    rows = simulated_rates()
    assert len(rows) == 2900 and len({(r.area, r.year) for r in rows}) == 2900
    assert {r.year for r in rows} == set(range(2015, 2025)) and len({r.area for r in rows}) == 290
    wanted = sum(r.true_rate_per_100000 * r.population / 1e5 for r in rows)
    assert abs(sum(r.count for r in rows) / wanted - 1) < 0.05


def test_a_caller_cannot_spoil_the_table_for_the_next() -> None:
    simulated_rates().clear()
    assert len(simulated_rates()) == 2900
