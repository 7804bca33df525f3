"""Chao's bound and Chapman's two lists, by hand."""

import math

import pytest

from smallcounts.mse.chao import chao, chapman, frequencies
from smallcounts.mse.table import CaptureTable

TWO = CaptureTable.from_rows([(1, 0, 40), (0, 1, 30), (1, 1, 10)])
APART = CaptureTable.from_rows([(1, 0, 0, 5), (0, 1, 0, 4), (0, 0, 1, 3)])


def test_chapman_by_hand() -> None:
    found = chapman(TWO)
    assert found.estimate == pytest.approx(51 * 41 / 11 - 1)
    assert found.details["standard_error"] == pytest.approx(math.sqrt(51 * 41 * 40 * 30 / (11**2 * 12)))
    assert found.lower > TWO.n and found.lower < found.estimate < found.upper


def test_chao_by_hand() -> None:
    assert frequencies(TWO).tolist() == [70, 10]
    assert chao(TWO).unseen == pytest.approx(70 * 69 / (2 * 2 * 11))
    assert chao(TWO, bias_corrected=False).unseen == pytest.approx(70**2 / (2 * 2 * 10))
    assert "lower_bound" in chao(TWO).warnings


def test_without_overlap_nothing_is_estimated() -> None:
    assert chapman(CaptureTable.from_rows([(1, 0, 4), (0, 1, 3)])).state == "refused"
    assert chao(APART, bias_corrected=False).state == "refused"


def test_chapman_is_for_two_lists() -> None:
    with pytest.raises(ValueError, match="for two lists, not 3"):
        chapman(APART)
