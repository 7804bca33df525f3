"""Who shares whom: counts by hand, odds ratios where a third list makes all four cells visible."""

import numpy as np
import pytest

from smallcounts.mse.overlap import AVOID, SEEK, overlap
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables

UK = tables()["UKdat_5"]


def drawn(both: float, seed: int = 1) -> CaptureTable:
    """20,000 people; a and b meet the same ones `both` times as often as chance; c meets anyone."""
    random = np.random.default_rng(seed)
    c = random.random(20_000) < 0.3
    four = np.array([0.04 * both, 0.16, 0.16, 0.64])
    cells = random.choice(4, size=20_000, p=four / four.sum())
    rows = np.column_stack([np.isin(cells, [0, 1]), np.isin(cells, [0, 2]), c]).astype(int)
    return CaptureTable.from_array(rows[rows.any(axis=1)], lists=["a", "b", "c"])


def test_uk_lists_by_hand() -> None:
    found = overlap(UK)
    assert (found.observed, found.on_several, found.by_number) == (2744, 221, (2523, 214, 6, 1, 0))
    assert (found.lists[0].name, found.lists[0].size, found.lists[0].shared) == ("LA", 94, 40)
    police = found.pairs[4]
    assert (police.first, police.second, police.on_both, police.on_both_only) == ("NG", "PFNCA", 68, 62)
    assert found.patterns[0] == (("PFNCA",), 995) and len(found.patterns) == 18


def test_odds_ratio_by_hand() -> None:
    """Local authority and voluntary bodies among those that police, state or public met."""
    pair = overlap(UK).pairs[0]
    a, b, c, d = 1 + 1 + 1, 19 + 3, 62 + 19 + 1 + 4, 995 + 695 + 316 + 76 + 11 + 8
    assert pair.elsewhere == a + b + c + d
    assert pair.odds_ratio == pytest.approx((a + 0.5) * (d + 0.5) / ((b + 0.5) * (c + 0.5)))


@pytest.mark.parametrize(("both", "verdict"), [(4.0, SEEK), (1.0, "not shown"), (0.2, AVOID)])
def test_lists_that_seek_and_avoid_each_other_are_told(both: float, verdict: str) -> None:
    found = overlap(drawn(both))
    assert found.pairs[0].verdict == verdict
    assert found.pairs[0].lower <= both <= found.pairs[0].upper
    assert [pair.verdict for pair in found.pairs[1:]] == ["not shown"] * 2


def test_two_lists_cannot_tell() -> None:
    found = overlap(CaptureTable.from_rows([(1, 0, 5), (0, 1, 4), (1, 1, 2)]))
    assert found.pairs[0].odds_ratio is None and found.pairs[0].verdict == "not shown"
    assert found.to_rows()[0]["on_both"] == 2
