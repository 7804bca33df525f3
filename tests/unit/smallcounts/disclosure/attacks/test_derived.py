"""A9, first half: numbers read backwards."""

import pytest

from smallcounts.disclosure.attacks.derived import (
    coordinate,
    inverse,
    of_text,
    percent,
    rate,
    read_backwards,
    wrong_derived,
)
from smallcounts.disclosure.attacks.knowledge import View, view
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import DerivedFigure, Figure, Method, Published
from tests.unit.smallcounts.disclosure.reference import SMALL

TOTAL, AREA = CellId("2021", ()), CellId("2021", (("area", "ab"),))


@pytest.fixture
def seen() -> View:
    """The area prints 15 (11 to 19), the total 40 (36 to 44)."""
    return view(
        [Published("r1", tuple(Figure(c, v, Method.ROUNDED, 5, 5) for c, v in ((AREA, 15), (TOTAL, 40))))]
    )


def by_trial(value: float, decimals: int) -> list[int]:
    return [x for x in range(11, 20) if any(round(100 * x / y, decimals) == value for y in range(36, 45))]


@pytest.mark.parametrize(("value", "decimals"), [(33.0, 0), (41.7, 1), (32.56, 2), (29.73, 2)])
def test_a_percentage_read_backwards_leaves_what_trial_leaves(
    seen: View, value: float, decimals: int
) -> None:
    left = by_trial(value, decimals)
    assert inverse(percent("text", AREA, TOTAL, value, decimals), seen) == (min(left), max(left))


def test_a_percentage_of_printed_values_tells_nothing_new(seen: View) -> None:
    assert (
        read_backwards([percent("text", AREA, TOTAL, 37.5, 1), percent("text", AREA, TOTAL, 38, 0)], seen)
        == []
    )


def test_a_true_percentage_is_found_with_what_it_means(seen: View) -> None:
    (finding,) = read_backwards([percent("slide 3", AREA, TOTAL, 32.56, 2)], seen)
    assert finding.cell == "2021|area=ab"
    assert "slide 3: 32.56 means 14 to 14 people" in finding.detail
    assert "protected values" in finding.remedy


def test_an_impossible_percentage_is_found(seen: View) -> None:
    (finding,) = read_backwards([percent("text", AREA, TOTAL, 99.9, 1)], seen)
    assert "fits no count" in finding.detail


@pytest.mark.parametrize(("value", "is_found"), [(12.0, False), (11.2, True), (13.6, True)])
def test_a_rate_with_a_public_population(seen: View, value: float, is_found: bool) -> None:
    claim = rate("map", AREA, value, 1, per=10_000, population=12_500)
    assert bool(read_backwards([claim], seen)) == is_found
    low, high = inverse(claim, seen)
    assert low == high == round(value * 1.25)


def test_a_rate_so_coarse_that_it_tells_nothing(seen: View) -> None:
    assert read_backwards([rate("map", AREA, 0, 0, per=1, population=12_500)], seen) == []


def test_x_of_y_in_a_sentence(seen: View) -> None:
    assert read_backwards(of_text("alt", "15 of 40 people", AREA, TOTAL), seen) == []
    found = read_backwards(of_text("alt", "14 av 43 personer", AREA, TOTAL), seen)
    assert [f.cell for f in found] == ["2021|area=ab", "2021"]


@pytest.mark.parametrize(
    ("place", "is_found"), [(240.0, False), (240.4, False), (244.0, True), (236.2, True)]
)
def test_the_end_of_a_bar(seen: View, place: float, is_found: bool) -> None:
    claim = coordinate("chart", AREA, place, zero=300, one=296)
    assert bool(read_backwards([claim], seen)) == is_found


def test_a_number_said_of_an_unpublished_cell_is_found(seen: View) -> None:
    other = CellId("2021", (("area", "rest"),))
    assert "not published" in read_backwards([rate("map", other, 1, 0, per=1, population=1)], seen)[0].detail


def test_a_derived_figure_must_come_from_the_printed_counts(seen: View) -> None:
    text = SMALL + '[[derived]]\nname = "share"\nkind = "percent"\ntable = "t"\nof = []\ndecimals = 1\n'
    programme = Programme.from_toml(text)
    cell = CellId("2021", (("district", "a"), ("gender", "K")))
    figures = (Figure(cell, 15, Method.ROUNDED, 5, 5), *seen.figures)
    for value, decimals, is_wrong in ((37.5, 1, False), (32.6, 1, True), (37.5, 2, True), (None, 1, True)):
        derived = DerivedFigure("share", "percent", cell, value, decimals)
        found = wrong_derived([Published("r1", figures, (derived,))], programme)
        assert bool(found) == is_wrong
    lonely = Published("r1", figures[:1], (DerivedFigure("share", "percent", cell, 37.5, 1),))
    assert "the printed counts give nothing" in wrong_derived([lonely], programme)[0].detail
