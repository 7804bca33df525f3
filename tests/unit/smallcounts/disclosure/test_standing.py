"""Published values stand: the same when made again, and changed only where people came or went."""

import numpy as np
import pytest

from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.ledger import Entry, Ledger
from smallcounts.disclosure.people import People
from smallcounts.disclosure.preparing import prepare
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.protecting import protect_by_rounding
from smallcounts.disclosure.release import Figure, Method, Protected, Published
from smallcounts.disclosure.standing import Memory, remembered
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, people, programme, small_people

COUNTS = {
    ("2021", "a", "K"): 13, ("2021", "a", "M"): 8, ("2021", "b", "K"): 11, ("2021", "b", "M"): 4,
    ("2021", "c", "K"): 2, ("2021", "c", "M"): 9,
}  # fmt: skip


def release(
    made: Programme, who: People, ledger: Ledger | None = None, memory: Memory | None = None
) -> tuple[Protected, Ledger, Memory]:
    ledger, memory = ledger or Ledger(), memory or {}
    prepared = prepare(made, who, ledger=ledger)
    found = protect_by_rounding(prepared, KEY, release="r", ledger=ledger, memory=memory)
    entry = Entry("table", "2026-01-01", made.digest, found.published())
    return found, Ledger((*ledger.entries, entry)), remembered(prepared.system, KEY, memory)


def same(memory: Memory, later: Memory) -> set[str]:
    return {cell for cell, mark in memory.items() if later[cell] == mark}


def changed(one: Protected, other: Protected) -> set[str]:
    pairs = zip(one.cells, one.values, other.values, strict=True)
    return {cell.text for cell, value, now in pairs if value != now}


def test_unchanged_people_give_the_same_values_beside_the_ledger() -> None:
    made = Programme.from_toml(SMALL)
    first, ledger, memory = release(made, small_people(COUNTS))
    again, _, _ = release(made, small_people(COUNTS), ledger, memory)
    assert again.values == first.values and (again.lost.kept, again.lost.changed) == (len(first.cells), 0)


def test_a_person_more_or_less_changes_nothing_while_values_are_near() -> None:
    made = Programme.from_toml(SMALL)
    first, ledger, memory = release(made, small_people(COUNTS))
    for many in (14, 12):
        after, _, later = release(made, small_people({**COUNTS, ("2021", "a", "K"): many}), ledger, memory)
        assert changed(first, after) == set() and len(same(memory, later)) < len(first.cells)


def test_many_people_more_change_only_cells_they_are_in() -> None:
    made = Programme.from_toml(SMALL)
    first, ledger, memory = release(made, small_people(COUNTS))
    after, _, later = release(made, small_people({**COUNTS, ("2021", "a", "K"): 40}), ledger, memory)
    assert changed(first, after) and not changed(first, after) & same(memory, later)
    assert (
        after.lost.is_additive
        and after.lost.max_error < 10
        and after.lost.changed == len(changed(first, after))
    )


def test_a_new_table_is_rounded_beside_what_stands() -> None:
    narrow = SMALL.replace('variables = ["district", "gender"]', 'variables = ["district"]')
    first, ledger, memory = release(Programme.from_toml(narrow), small_people(COUNTS))
    wide, _, _ = release(Programme.from_toml(SMALL), small_people(COUNTS), ledger, memory)
    values = dict(zip(wide.cells, wide.values, strict=True))
    assert [values[cell] for cell in first.cells] == list(first.values)
    assert wide.lost.is_additive and len(wide.cells) > len(first.cells)


def test_cells_of_an_earlier_programme_bind_though_they_are_not_published_again() -> None:
    first, ledger, memory = release(Programme.from_toml(SMALL), small_people(COUNTS))
    narrow = SMALL.replace('variables = ["district", "gender"]', 'variables = ["gender"]')
    narrow = narrow.replace('subtotals = ["area"]', "")
    after, _, _ = release(Programme.from_toml(narrow), small_people(COUNTS), ledger, memory)
    assert {c.text for c in after.cells} == {"2021", "2021|gender=K", "2021|gender=M"}
    values = dict(zip(first.cells, first.values, strict=True))
    assert [values[cell] for cell in after.cells] == list(after.values)
    assert after.lost.kept == len(first.cells)


def test_the_same_people_next_year_have_the_value_that_was_published() -> None:
    made = Programme.from_toml(SMALL)
    counts = {**COUNTS, ("2021", "c", "K"): 3}
    first, ledger, memory = release(made, small_people(counts))
    next_year = {("2022", *cell[1:]): many for cell, many in counts.items()}
    after, _, _ = release(made, small_people(next_year), ledger, memory)
    assert after.values == first.values and after.lost.kept == 0


def printed(cell: str, value: int) -> Ledger:
    """A ledger in which one cell was printed so."""
    figure = Figure(CellId.parse(cell), value, Method.ROUNDED, 5, 5)
    return Ledger((Entry("table", "2026-01-01", "x", Published("r0", (figure,))),))


def now(counts: dict[tuple[str, str, str], int], ledger: Ledger, memory: Memory, cell: str) -> int:
    found, _, _ = release(Programme.from_toml(SMALL), small_people(counts), ledger, memory)
    assert found.lost.is_additive
    value = dict(zip(found.cells, found.values, strict=True))[CellId.parse(cell)]
    assert isinstance(value, int)
    return value


CELL = "2021|district=a|gender=K"


def test_the_value_of_unchanged_people_stands_however_far_it_is() -> None:
    _, _, memory = release(Programme.from_toml(SMALL), small_people(COUNTS))
    assert now(COUNTS, printed(CELL, 40), memory, CELL) == 40
    assert now(COUNTS, printed(CELL, 40), {}, CELL) in (10, 15)


def test_a_value_one_base_beyond_stands_though_people_changed() -> None:
    counts = {**COUNTS, ("2021", "a", "K"): 15}
    assert now(counts, printed(CELL, 10), {CELL: "00"}, CELL) == 10
    assert now(counts, printed(CELL, 5), {CELL: "00"}, CELL) == 15


def test_the_same_people_in_another_year_get_what_was_printed_of_them() -> None:
    _, _, memory = release(Programme.from_toml(SMALL), small_people({**COUNTS, ("2021", "c", "K"): 3}))
    later = {("2022", *cell[1:]): many for cell, many in COUNTS.items()} | {("2022", "c", "K"): 3}
    for value in (0, 5):
        ledger = printed("2021|district=c|gender=K", value)
        assert now(later, ledger, memory, "2022|district=c|gender=K") == value


@pytest.mark.slow
def test_one_person_more_in_a_year_changes_no_cell_without_that_person() -> None:
    who = people(("2021",))
    for row in (0, 77, 190):
        fewer = who.only(np.arange(len(who)) != row)
        first, ledger, memory = release(programme(), fewer)
        after, _, later = release(programme(), who, ledger, memory)
        assert not changed(first, after) & same(memory, later) and after.lost.is_additive
        assert 145 - len(same(memory, later)) == 14
