"""Categories of too few people are merged with their neighbours, and stay merged."""

import pytest

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.coarsening import coarsen
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people
from smallcounts.disclosure.release import Figure, Method, Published
from tests.unit.smallcounts.disclosure.reference import SMALL

TEXT = SMALL.replace("may_coarsen = false\n", "").replace('["a", "b", "c"]', '["a", "b", "c", "d", "e"]').replace(
    '{ ab = ["a", "b"], rest = ["c"] }', '{ north = ["a", "b", "c"], south = ["d", "e"] }'
)  # fmt: skip
PROGRAMME = Programme.from_toml(TEXT)


def people(**years: dict[str, int]) -> People:
    rows = [
        f"{year}{district}{i},{year[1:]},{district},K"
        for year, counts in years.items()
        for district, many in counts.items()
        for i in range(many)
    ]
    return read_people(PROGRAMME, [("m.csv", "\n".join(["pid,period,district,gender", *rows]) + "\n")])


def shown(programme: Programme, name: str) -> list[str]:
    return [category for category, _ in programme.variables[0].shown_at(name)]


def ledger(categories: list[str], name: str = "district", period: str = "2021") -> Ledger:
    cells = [CellId(period, ((name, category),)) for category in categories]
    figures = tuple(Figure(cell, 30, Method.ROUNDED, 5, 5) for cell in cells)
    return Ledger((Entry("table", "2026-01-01", PROGRAMME.digest, Published("r1", figures)),))


def test_small_districts_merge_with_the_smallest_of_their_area() -> None:
    coarse, merged = coarsen(PROGRAMME, people(y2021={"a": 50, "b": 9, "c": 31, "d": 40, "e": 30}), Ledger())
    assert shown(coarse, "district") == ["a", "b & c", "d", "e"] and merged == ("district=b & c",)
    assert shown(coarse, "area") == ["north", "south"]


def test_a_remainder_is_never_small() -> None:
    coarse, _ = coarsen(PROGRAMME, people(y2021={"a": 50, "b": 9, "c": 4, "d": 40, "e": 30}), Ledger())
    assert shown(coarse, "district") == ["a & b & c", "d", "e"]


def test_a_small_area_merges_before_its_districts() -> None:
    coarse, merged = coarsen(PROGRAMME, people(y2021={"a": 50, "b": 33, "c": 4, "d": 9, "e": 12}), Ledger())
    assert shown(coarse, "area") == ["north & south"]
    assert shown(coarse, "district") == ["a", "b", "c & d & e"] or shown(coarse, "district") == [
        "a", "b & c & d & e",
    ]  # fmt: skip
    assert merged[-1] == "area=north & south"


def test_the_smallest_period_decides() -> None:
    full = {"a": 50, "b": 35, "c": 31, "d": 40, "e": 30}
    coarse, _ = coarsen(PROGRAMME, people(y2021=full, y2022={**full, "e": 29}), Ledger())
    assert shown(coarse, "district") == ["a", "b", "c", "d & e"]


def test_too_few_people_for_any_table_are_refused() -> None:
    with pytest.raises(DisclosureRefused, match="2021: 29 people in all, fewer than 30"):
        coarsen(PROGRAMME, people(y2021={"a": 29}), Ledger())


def test_what_was_shown_stays_when_one_person_more_comes() -> None:
    now = people(y2021={"a": 50, "b": 30, "c": 31, "d": 40, "e": 30})
    coarse, _ = coarsen(PROGRAMME, now, ledger(["a", "b & c", "d", "e"]))
    assert shown(coarse, "district") == ["a", "b & c", "d", "e"]
    fewer = people(y2021={"a": 50, "b": 29, "c": 31, "d": 40, "e": 30})
    coarse, _ = coarsen(PROGRAMME, fewer, ledger(["a", "b", "c", "d", "e"]))
    assert shown(coarse, "district") == ["a", "b", "c", "d", "e"]


def test_a_new_year_may_merge_further_but_splits_nothing() -> None:
    year = {"a": 50, "b": 30, "c": 31, "d": 40, "e": 30}
    coarse, _ = coarsen(
        PROGRAMME, people(y2021=year, y2022={**year, "e": 5}), ledger(["a", "b & c", "d", "e"])
    )
    assert shown(coarse, "district") == ["a", "b & c", "d & e"]


def test_what_was_shown_across_two_areas_holds_them_together() -> None:
    year = {"a": 50, "b": 30, "c": 31, "d": 40, "e": 30}
    coarse, _ = coarsen(PROGRAMME, people(y2021=year), ledger(["a", "b", "c & d & e"]))
    assert shown(coarse, "district") == ["a", "b", "c & d & e"]
