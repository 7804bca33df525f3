"""Whoever follows the remedy that a refusal names gets a release that withstands every attack."""

from dataclasses import replace

import pytest

from smallcounts.disclosure import Insiders, Order, Release, protect
from smallcounts.disclosure.errors import DisclosureRefused
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.rules import Acceptance
from tests.unit.smallcounts.disclosure import cubes
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, small_people

ORDER = Order("r1", "2026-03-31", ("small",))
YEAR = {("a", "K"): 6, ("a", "M"): 2, ("b", "K"): 1, ("b", "M"): 4, ("c", "K"): 7, ("c", "M"): 3}
ATTACKS = {f"A{n}" for n in range(10)}


def years(*names: str) -> People:
    return small_people({(name, *cell): many for name in names for cell, many in YEAR.items()})


def made(programme: Programme, people: People, **order: object) -> Release:
    return protect(programme, people, Insiders(KEY, {}), replace(ORDER, **order))


def test_a_year_of_few_people_is_refused_with_what_to_do() -> None:
    with pytest.raises(
        DisclosureRefused, match=r"2021: 23 people.*fewer than 30; publish a sum of several"
    ) as told:
        made(Programme.from_toml(SMALL), years("2021", "2022"))
    assert told.value.code == "few_people"


@pytest.mark.slow
def test_few_people_leave_as_a_sum_of_several_periods() -> None:
    """The remedy followed: the same people, three years as one sum in [[tables]] periods."""
    summed = Programme.from_toml(
        SMALL.replace('subtotals = ["area"]', 'subtotals = ["area"]\nperiods = ["2021/2023"]')
    )
    release = made(summed, years("2021", "2022", "2023"))
    assert {cell.period for cell in release.protected.cells} == {"2021/2023"}
    assert {v.attack for v in release.verdicts} == ATTACKS and all(v.passed for v in release.verdicts)


@pytest.mark.slow
def test_dots_that_two_people_accepted_leave_through_every_attack() -> None:
    """The remedy of A7 followed: nobody who reported, and two people who answer for the gain."""
    accepted = (Acceptance("A7", 60, "dots are demanded", ("Disa", "Greta")),)
    plain = cubes.programme("flat")
    allowed = replace(plain, rules=replace(plain.rules, accepted=accepted))
    release = made(allowed, cubes.people("flat", 7202), method="suppressed")
    assert release.protected.lost.hidden > 1
    assert {v.attack for v in release.verdicts} == ATTACKS and all(v.passed for v in release.verdicts)
    assert "accepted up to 60 points by Disa and Greta" in str(release.verdicts)


@pytest.mark.slow
def test_cell_key_noise_of_a_register_leaves_through_every_attack() -> None:
    """12,000 people: A6 makes it again of half of them, fewer than a release may have."""
    release = made(cubes.programme("flat"), cubes.people("flat", 7100, size=12_000), method="cell_key")
    assert {v.attack for v in release.verdicts} == ATTACKS and all(v.passed for v in release.verdicts)
