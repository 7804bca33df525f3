"""Two programmes that count the same people: what their figures tell together, and that the gate refuses it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from math import gamma

import numpy as np
import pytest

from smallcounts.disclosure import Insiders, Order, front, protect
from smallcounts.disclosure.attacks.linked import Neighbour
from smallcounts.disclosure.attacks.posterior import MOST_SMALL
from smallcounts.disclosure.attacks.results import Verdict
from smallcounts.disclosure.attacks.suite import Surroundings, audit
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.errors import DisclosureRefused, ProgrammeError
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published

PERSONS = """
name = "persons"
[[variables]]
name = "standing"
categories = ["new", "ongoing"]
[[tables]]
name = "standing"
variables = ["standing"]
"""
LATER = """
name = "later"
[[variables]]
name = "point"
categories = ["month3", "month12"]
[[tables]]
name = "point"
variables = ["point"]
"""
WITHIN = """
[[within]]
programme = "persons"
cells = ["point=month3"]
[[within]]
programme = "persons"
inside = "standing=ongoing"
cells = ["point=month12"]
"""
NEW, ONGOING, MONTH3, MONTH12 = 37, 3, 31, 2  # the people; two of the three are asked after a year


def printed(name: str, **values: int) -> Published:
    """A release of 2024 in which each category has its value, and the total what they sum to."""
    variable = {"persons": "standing", "later": "point"}[name]
    cells = {CellId("2024", ((variable, c),)): v for c, v in values.items()}
    cells[CellId("2024", ())] = sum(values.values())
    return Published(name, tuple(Figure(c, v, Method.ROUNDED, 5, 5) for c, v in cells.items()))


def together(persons: Mapping[str, int], later: Mapping[str, int], links: str = WITHIN) -> Verdict:
    beside = Neighbour(Programme.from_toml(PERSONS), (printed("persons", **persons),))
    around = Surroundings(neighbours=(beside,))
    found = audit(
        [printed("later", **later)], Programme.from_toml(LATER + links), around=around, attacks=("A1",)
    )
    assert [v.attack for v in found.verdicts] == ["A1", "A11"] and found.verdicts[0].passed
    return found.verdicts[1]


def believed(ongoing: int, month12: int) -> list[tuple[int, int]]:
    """Every (ongoing, asked after a year) that the two printed values leave open, listed one by one."""
    near = [range(max(0, v - 4), v + 5) for v in (ongoing, month12)]
    return [(a, b) for a in near[0] for b in near[1] if b <= a]


def test_two_roundings_of_linked_people_say_what_neither_says_alone() -> None:
    """An ongoing 0 beside a five of those ongoing: between one and four people, by listing and by the attack."""
    whole = believed(0, 5)
    assert {a for a, _ in whole} == {b for _, b in whole} == {1, 2, 3, 4}
    found = together({"new": 40, "ongoing": 0}, {"month3": 30, "month12": 5})
    assert not found.passed
    small = {f.cell for f in found.findings if "surely 1 to 4" in f.detail}
    assert small == {"2024|standing=ongoing", "2024|point=month12"}
    assert any("above 0 of 2024|standing=ongoing" in f.detail for f in found.findings)


@pytest.mark.parametrize(("ongoing", "month12"), [(0, 0), (5, 0), (5, 5), (10, 5), (15, 0)])
def test_where_no_part_is_above_its_whole_the_two_tell_nothing_of_each_other(
    ongoing: int, month12: int
) -> None:
    """Each of the two keeps every count that its own figure leaves open; listed, and by the attack."""
    whole = believed(ongoing, month12)
    assert {a for a, _ in whole} == set(range(max(0, ongoing - 4), ongoing + 5))
    assert {b for _, b in whole} == set(range(max(0, month12 - 4), month12 + 5))
    outside = {a - b for a, b in whole}
    assert len(outside) > 1 and not (min(outside) >= 1 and max(outside) < 5)
    assert together({"new": 30, "ongoing": ongoing}, {"month3": 30, "month12": month12}).passed


@pytest.mark.parametrize("prior", [lambda n: 1.0, lambda n: gamma(n + 0.5) / gamma(n + 1)])
def test_the_odds_of_a_small_count_stay_below_the_bar(prior: Callable[[int], float]) -> None:
    """Of every pair of printed values up to ten that may leave, with rounding that knows nothing else."""
    for ongoing, month12 in ((a, b) for a in (0, 5, 10) for b in (0, 5, 10) if b <= a):
        odds = {
            (a, b): prior(b) * prior(a - b) * (5 - abs(ongoing - a)) * (5 - abs(month12 - b))
            for a, b in believed(ongoing, month12)
        }
        for small in (lambda a, b: a, lambda a, b: b, lambda a, b: a - b):
            told = sum(odd for pair, odd in odds.items() if 1 <= small(*pair) < 5)
            assert told / sum(odds.values()) < 0.83 < MOST_SMALL


def test_a_part_above_its_whole_is_refused_though_nothing_is_small() -> None:
    found = together({"new": 20, "ongoing": 15}, {"month3": 40, "month12": 5})
    assert not found.passed and {f.cell for f in found.findings} == {"2024|point=month3"}


def test_a_link_to_a_cell_that_is_not_printed_fails() -> None:
    links = WITHIN.replace("standing=ongoing", "standing=old")
    assert "does not print" in together({"new": 40}, {"month3": 30, "month12": 5}, links).detail


def test_without_its_neighbour_the_attack_is_named_as_not_made() -> None:
    linked = Programme.from_toml(LATER + WITHIN)
    release = printed("later", month3=30, month12=5)
    assert audit([release], linked, attacks=("A1",)).left_out == ("A11",)
    assert audit([release], replace(linked, within=()), attacks=("A1",)).left_out == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("point=month3", "point=month9", "no category"), ("point=month3", "age=old", "no variable"),
        ("point=month3", "month3", "is no cell"), ("cells", "cell", "cells"), ("inside", "in", "unknown"),
    ],
)  # fmt: skip
def test_a_link_that_is_written_wrong_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(ProgrammeError, match=said):
        Programme.from_toml(LATER + WITHIN.replace(old, new))


def people(*counts: int) -> People:
    codes = np.arange(len(counts), dtype=np.int64)[:, None]
    return People(("2024",), np.zeros(len(counts), dtype=np.int64), codes, np.array(counts, dtype=np.int64))


def released(text: str, key: int, *counts: int, beside: tuple[Neighbour, ...] = ()) -> Published:
    """Protected with the attacks that need no more than linear programs: they see what A11 sees alone."""
    order = Order("r", "2025-03-31", ("invented",))
    insiders = Insiders(bytes([key]) * 32, {})
    made = protect(Programme.from_toml(text), people(*counts), insiders, order, neighbours=beside)
    return made.protected.published()


@cache
def first(key: int) -> Neighbour:
    return Neighbour(Programme.from_toml(PERSONS), (released(PERSONS, key, NEW, ONGOING),))


def is_told(persons: Published, later: Published) -> bool:
    values = [{f.cell.text: int(f.value) for f in one.figures} for one in (persons, later)]
    whole = believed(values[0]["2024|standing=ongoing"], values[1]["2024|point=month12"])
    return min(a for a, _ in whole) >= 1 and max(a for a, _ in whole) < 5


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(front, "STAGES", (front.CHEAP,))


@pytest.mark.slow
@pytest.mark.usefixtures("cheap")
def test_protected_apart_some_keys_tell_and_protected_together_none_does() -> None:
    keys = range(1, 25)
    apart = [k for k in keys if is_told(first(k).published[0], released(LATER, k, MONTH3, MONTH12))]
    assert apart  # what the mapping did before the two were linked
    for key in apart:
        beside = (first(key),)
        assert not is_told(
            first(key).published[0], released(LATER + WITHIN, key, MONTH3, MONTH12, beside=beside)
        )


@pytest.mark.usefixtures("cheap")
def test_people_of_another_programme_never_leave_without_it() -> None:
    with pytest.raises(DisclosureRefused, match="counts people of persons, which is not given beside it"):
        released(LATER + WITHIN, 1, MONTH3, MONTH12)


@pytest.mark.slow
@pytest.mark.usefixtures("cheap")
def test_the_whole_is_tried_against_the_part_that_was_published_first() -> None:
    """Published the other way round, the link is the neighbour's own and counts as much."""
    part = Neighbour(Programme.from_toml(LATER + WITHIN), (printed("later", month3=30, month12=5),))
    for key in range(1, 13):
        made = released(PERSONS, key, NEW, ONGOING, beside=(part,))
        assert not is_told(made, part.published[0])
