"""What moves the answer: arithmetic of ξ, lists less and joined, one person, missed links."""

import math

import numpy as np
import pytest

from smallcounts.mse.linkage import linked, missed_links
from smallcounts.mse.results import MethodResult
from smallcounts.mse.sensitivity import dial, influence, rearranged
from smallcounts.mse.stepwise import stepwise
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables

TABLES = tables()
UK = TABLES["UKdat_5"]


def answer(unseen: float | None) -> MethodResult:
    total = None if unseen is None else 100 + unseen
    return MethodResult("m", "", "interior", 100, unseen, total, None, None, 0.95, "none")


def test_xi_halves_and_doubles() -> None:
    found = dial(answer(300.0))
    assert found.halves == pytest.approx(1 / 3) and found.doubles == pytest.approx(7 / 3)
    assert dict(found.rows)[1.0] == 400 and dict(found.rows)[0.25] == 175 and dict(found.rows)[4.0] == 1300


def test_no_xi_halves_a_total_of_which_half_is_seen() -> None:
    assert dial(answer(50.0)).halves is None
    assert dial(answer(0.0)).doubles == math.inf
    assert dial(answer(None)) is None and dial(answer(math.inf)) is None


def test_each_list_is_left_out_and_each_two_are_joined() -> None:
    heard: list[tuple[int, int]] = []
    rows = list(rearranged(UK, threshold=0.02, progress=lambda done, total: heard.append((done, total))))
    assert [row.change for row in rows[:6]] == [*(f"without {name}" for name in UK.lists), "LA+NG"]
    assert len(rows) == 15 and heard[-1] == (15, 15)
    without_public = rows[4]
    assert without_public.observed == 2428 and without_public.stepwise == pytest.approx(11015.24445, rel=1e-8)
    assert all(row.observed == 2744 for row in rows[5:])


def test_one_overlap_more_moves_the_uk_total_by_eight_per_cent() -> None:
    """Such a slip was corrected in print once: one person in one overlap."""
    rows = influence(UK, threshold=0.02)
    assert rows[0].pattern == ("NG", "GO") and rows[0].moved == 1
    assert rows[0].change == pytest.approx(0.0795, abs=0.0005)
    again = stepwise(UK.with_cells(UK.cells + np.eye(32, dtype=int)[0b01010]), draws=0)
    assert rows[0].estimate == pytest.approx(again.estimate, rel=1e-9)
    assert any(row.pattern == ("LA", "GP") and row.count == 0 for row in rows)
    assert sum(row.moved == -1 for row in rows) == len(UK.patterns)


def test_a_person_without_whom_there_is_no_bound_comes_first() -> None:
    table = CaptureTable.from_rows([(1, 0, 0, 9), (0, 1, 0, 9), (0, 0, 1, 9), (1, 1, 0, 1)])
    first = influence(table, threshold=0.02)[0]
    assert first.estimate == math.inf and first.moved == -1 and first.pattern == ("1", "2")


def test_links_found_again_keep_the_lists_and_undo_what_was_lost() -> None:
    """A tenth of 200 overlaps of two lists lost: 20 persons counted twice."""
    cells = np.array([0, 320, 220, 180])
    drawn = linked(cells, 2, 0.1, 50, np.random.default_rng(1))
    assert (drawn[:, 3] == 200).all() and (drawn[:, 1] == 300).all() and (drawn[:, 2] == 200).all()
    sizes = UK.sizes
    many = linked(UK.cells, 5, 0.1, 20, np.random.default_rng(1))
    masks = np.arange(32)
    for j in range(5):
        assert (many[:, masks >> j & 1 == 1].sum(axis=1) == sizes[j]).all()


def test_persons_on_three_lists_who_lost_one_are_put_right() -> None:
    """1,000 persons on all three lists and 300 on each two; a fifth of them lose one record."""
    pairs, singles = 300 * 0.8 + 200 / 3, 2 * 300 * 0.2 + 200 / 3
    cells = np.array([0, singles, singles, pairs, singles, pairs, pairs, 800]).round().astype(int)
    drawn = linked(cells, 3, 0.2, 400, np.random.default_rng(2))
    assert (drawn[:, 7] == 1000).all() and drawn[:, [3, 5, 6]].mean() == pytest.approx(300, abs=1)
    assert drawn[:, [1, 2, 4]].mean() < 3


def test_missed_links_make_the_total_too_high() -> None:
    rows = missed_links(UK, threshold=0.02)
    totals = [row["estimate"] for row in rows]
    assert [row["share"] for row in rows] == [0.0, 0.02, 0.05, 0.1]
    assert totals[0] == pytest.approx(11312.9903, rel=1e-7) and totals == sorted(totals, reverse=True)
    assert rows[3]["persons"] < rows[0]["persons"] == 2744
