"""A4: what two printed cells give together, over categories, years and releases."""

import numpy as np

from smallcounts.disclosure.attacks.differencing import attack_differences, nested_pairs
from smallcounts.disclosure.attacks.knowledge import Reading
from smallcounts.disclosure.cells import CellId
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Figure, Method, Published
from tests.unit.smallcounts.disclosure.attacks import scenes
from tests.unit.smallcounts.disclosure.reference import SMALL

SQUARE = ([("a", "b")], {"a": 3, "b": 2})


def exact(values: dict[CellId, int], release: str = "r1") -> Published:
    return Published(release, tuple(Figure(c, v, Method.SUPPRESSED, 1, 5) for c, v in values.items()))


def rounded(values: dict[CellId, int], release: str = "r1") -> Published:
    return Published(release, tuple(Figure(c, v, Method.ROUNDED, 5, 5) for c, v in values.items()))


def test_a_cell_inside_another_is_paired_through_levels_and_merged_categories() -> None:
    domain = scenes.domain_of(Programme.from_toml(SMALL))
    total, area, fine, merged, other = (
        CellId("2021", parts)
        for parts in (
            (),
            (("area", "ab"),),
            (("district", "a"),),
            (("district", "a & b"),),
            (("district", "c"),),
        )
    )
    cells = [total, area, fine, merged, other]
    pairs = {(cells[b], cells[s]) for b, s in nested_pairs(cells, domain)}
    assert pairs == {(total, c) for c in cells[1:]} | {(area, fine), (merged, fine)}
    assert domain.contains(area, merged)
    assert domain.contains(merged, area)


def test_a_difference_that_no_table_prints_is_found() -> None:
    system = scenes.counted(SQUARE, 1)
    total, one = CellId("2021", ()), CellId("2021", (("a", "a0"),))
    found = attack_differences([exact({total: 40, one: 38})], scenes.domain(system))
    assert not found.passed
    assert "2021 less 2021|a=a0" in str(found)
    assert "exactly 2" in str(found)


def test_a_large_difference_may_be_known() -> None:
    system = scenes.counted(SQUARE, 1)
    total, one = CellId("2021", ()), CellId("2021", (("a", "a0"),))
    assert attack_differences([exact({total: 40, one: 30})], scenes.domain(system)).passed


def test_everybody_in_one_group_is_found_too() -> None:
    system = scenes.counted(SQUARE, 1)
    total, one = CellId("2021", ()), CellId("2021", (("a", "a0"),))
    assert not attack_differences([exact({total: 40, one: 40})], scenes.domain(system)).passed
    assert attack_differences([rounded({total: 40, one: 40})], scenes.domain(system)).passed


def test_two_groupings_of_one_variable_in_two_releases() -> None:
    domain = scenes.domain_of(Programme.from_toml(SMALL))
    old = exact({CellId("2021", (("district", "a & b"),)): 21}, "r1")
    new = exact({CellId("2021", (("district", "a"),)): 19}, "r2")
    assert "exactly 2" in str(attack_differences([old, new], domain))


def test_a_single_year_of_a_sum_of_years_is_found() -> None:
    periods = ("2021", "2022", "2023")
    system = scenes.counted(SQUARE, 1, periods=periods, spans=("2021/2022", "2021/2023", "2022/2023"))
    cells = {p: CellId(p, ()) for p in ("2021/2022", "2021/2023", "2022/2023")}
    printed = exact({cells["2021/2022"]: 43, cells["2021/2023"]: 60, cells["2022/2023"]: 58})
    found = attack_differences([printed], scenes.domain(system))
    assert "2021: a single year of a sum of years is exactly 2" in str(found)


def test_who_came_late_is_found_when_a_correction_is_exact() -> None:
    system = scenes.counted(SQUARE, 1)
    total = CellId("2021", ())
    releases = [exact({total: 40}), exact({total: 43}, "r2")]
    found = attack_differences(releases, scenes.domain(system), corrections=frozenset({"r2"}))
    assert "those who came late are exactly 3" in str(found)


def test_who_came_late_stays_hidden_behind_rounding_and_leaving_is_no_error() -> None:
    system = scenes.counted(SQUARE, 1)
    total = CellId("2021", ())
    for new in (45, 40, 20):
        releases = [rounded({total: 40}), rounded({total: new}, "r2")]
        assert attack_differences(releases, scenes.domain(system), corrections=frozenset({"r2"})).passed


def test_nearest_rounding_leaks_differences() -> None:
    system = scenes.counted(SQUARE, 2, mean=1.0)
    near = scenes.print_as(system, scenes.nearest(3), base=3)
    assert not attack_differences([near], scenes.domain(system), Reading(is_nearest=True)).passed


def test_random_rounding_to_five_leaks_no_difference() -> None:
    system = scenes.year("2021")
    rng = np.random.default_rng(3)
    keep = [f for f in scenes.print_as(system, scenes.alone(5, 2)).figures if rng.random() < 0.4]
    assert attack_differences([Published("r1", tuple(keep))], scenes.domain(system)).passed
