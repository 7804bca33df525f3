"""The linked tables as one system: cells once, sums right, marks of people."""

import numpy as np
import pytest

from smallcounts.disclosure.cells import CellId, build_system, build_system_from_counts, cell_keys, cell_marks
from smallcounts.disclosure.errors import DisclosureError, PeopleError, ProgrammeError
from smallcounts.disclosure.programme import Programme
from tests.unit.smallcounts.disclosure.reference import KEY, SMALL, programme, small_people, system

COUNTS = {("2021", "a", "K"): 3, ("2021", "b", "M"): 2, ("2021", "c", "K"): 7, ("2022", "a", "K"): 3}


def small(extra: str = "") -> Programme:
    return Programme.from_toml(SMALL + extra)


def cell(text: str) -> CellId:
    return CellId.parse(text)


def test_the_five_years_hold_the_cells_the_survey_counted() -> None:
    s = system()
    assert len(s.cells) == 725 and s.matrix.shape == (725, 5 * 2160)
    assert [sum(c.period == y for c in s.cells) for y in s.periods] == [145] * 5
    assert int(((s.counts > 0) & (s.counts < 5)).sum()) == 179
    assert (s.matrix @ s.inner_counts == s.counts).all()


def test_each_margin_is_one_cell_and_sums_its_people() -> None:
    s = build_system(small(), small_people(COUNTS))
    found = dict(zip((c.text for c in s.cells), s.counts.tolist(), strict=True))
    assert len(found) == 2 * (3 * 2 + 3 + 2 * 2 + 2 + 2 + 1)
    assert found["2021"] == 12 and found["2021|gender=K"] == 10 and found["2021|area=ab"] == 5
    assert found["2021|area=ab|gender=M"] == 2 and found["2022|district=b"] == 0


def test_a_cell_id_reads_back_from_its_text() -> None:
    for one in system().cells:
        assert cell(one.text) == one
    with pytest.raises(DisclosureError, match="is no cell"):
        cell("2021|Nord")


def test_the_same_people_have_the_same_mark_in_every_period_and_table() -> None:
    s = build_system(small(), small_people(COUNTS))
    marks = dict(zip((c.text for c in s.cells), cell_marks(s, KEY), strict=True))
    assert marks["2021|district=a|gender=K"] == marks["2021|district=a"] == marks["2022"]
    assert marks["2021|district=b"] != marks["2021|district=a"]
    other = dict(zip((c.text for c in s.cells), cell_marks(s, KEY[::-1]), strict=True))
    assert other["2021"] != marks["2021"]
    assert len(set(cell_keys(s, KEY).tolist())) == len(set(marks.values()))
    with pytest.raises(DisclosureError, match="at least 32"):
        cell_marks(s, b"short")


def test_counts_give_the_same_system_as_their_people() -> None:
    s = build_system(small(), small_people(COUNTS))
    p = s.people
    codes, at = np.unique(np.column_stack((p.period, p.codes)), axis=0, return_inverse=True)
    counted = build_system_from_counts(small(), p.periods, codes[:, 1:], codes[:, 0], np.bincount(at))
    assert (counted.counts == s.counts).all() and counted.cells == s.cells
    assert len(set(cell_marks(counted, KEY))) == len(s.cells)  # without people the cell itself is marked
    with pytest.raises(PeopleError, match="from 0, not -1"):
        build_system_from_counts(small(), p.periods, codes[:1, 1:], codes[:1, 0], np.array([-1]))


def test_an_impossible_combination_holds_no_one() -> None:
    ruled = small('[[impossible]]\ndistrict = "b"\ngender = "K"\n')
    s = build_system(ruled, small_people(COUNTS))
    assert [c.text for c, no in zip(s.cells, s.is_impossible(), strict=True) if no] == [
        "2021|district=b|gender=K", "2022|district=b|gender=K",
    ]  # fmt: skip
    with pytest.raises(PeopleError, match="declares impossible"):
        build_system(ruled, small_people({("2021", "b", "K"): 1}))


def test_sums_of_periods_and_merged_categories_are_cells_too() -> None:
    extra = [cell("2021/2022|district=a"), cell("2021|district=a & c")]
    s = build_system(small(), small_people(COUNTS), extra=extra)
    assert [int(s.counts[s.index[one]]) for one in extra] == [6, 10]
    with pytest.raises(ProgrammeError, match="'2021/2023' is asked for"):
        build_system(small(), small_people(COUNTS), extra=[cell("2021/2023")])
    with pytest.raises(ProgrammeError, match="form=gata is not in the programme"):
        build_system(small(), small_people(COUNTS), extra=[cell("2021|form=gata")])


def test_a_child_and_a_place_have_the_higher_threshold() -> None:
    text = SMALL.replace('categories = ["K", "M"]', 'categories = ["K", "M"]\nchildren = ["M"]')
    s = build_system(Programme.from_toml(text), small_people(COUNTS))
    assert {t for c, t in zip(s.cells, s.thresholds, strict=True) if ("gender", "M") in c.parts} == {10}
    assert {t for c, t in zip(s.cells, s.thresholds, strict=True) if ("gender", "M") not in c.parts} == {5}
    assert {programme().threshold(c.parts) for c in system().cells} == {5}
