"""The published tables are whole, named by their sources, and the smaller UK tables follow from the six lists."""

import pytest

from smallcounts.datasets import lists
from smallcounts.references import REFERENCES

SIZES = {
    "uk_2013": (6, 2744, 252),
    "uk_2013_five": (5, 2744, 221),
    "uk_2013_four": (4, 2428, 201),
    "kosovo": (4, 4400, 1182),
    "korea": (3, 123, 72),
    "artificial_three": (3, 96, 6),
    "hepatitis_a": (3, 271, 84),
    "hare": (6, 68, 43),
    "duck": (6, 896, 354),
}
STRATIFIED = {
    "spina_bifida": (3, 621, 269, (3, 8)),
    "scotland_drugs": (4, 5670, 489, (2, 2, 2, 16)),
    "simulated_years": (4, 1043, 53, (2, 2, 2, 3, 4, 16)),
}


@pytest.mark.parametrize("name", SIZES)
def test_a_table_has_the_lists_persons_and_overlaps_it_was_published_with(name: str) -> None:
    found = getattr(lists, name)()
    assert (found.table.k, found.table.n, found.table.overlaps) == SIZES[name]
    assert found.sources and set(found.sources) <= set(REFERENCES)


@pytest.mark.parametrize("name", STRATIFIED)
def test_a_stratified_table_adds_up_to_the_published_totals(name: str) -> None:
    found = getattr(lists, name)()
    k, n, overlaps, shape = STRATIFIED[name]
    total = found.table.total()
    assert (total.k, total.n, total.overlaps, found.table.counts.shape) == (k, n, overlaps, shape)
    assert set(found.sources) <= set(REFERENCES)


def test_five_uk_lists_are_the_six_with_two_made_one() -> None:
    five = lists.uk_2013_five().table
    assert five.lists == ("LA", "NG", "PFNCA", "GO", "GP")
    assert five.sizes == (94, 567, 1169, 807, 336)
    assert five.cells[0b00100] == 995 and five.cells[0b01111] == 1  # police alone; all but the public


def test_the_made_up_tables_say_so() -> None:
    assert lists.artificial_three().is_invented and lists.simulated_years().is_invented
    assert not lists.uk_2013().is_invented


def test_hepatitis_knows_its_truth() -> None:
    assert lists.hepatitis_a().known == 545
