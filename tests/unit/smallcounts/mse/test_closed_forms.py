"""Chao, Chapman, Darroch and sample coverage: laws, edges, and refusals instead of impossible numbers."""

import math

import numpy as np
import pytest

from smallcounts.mse.chao import chao, chapman, frequencies
from smallcounts.mse.coverage import coverage_totals, sample_coverage
from smallcounts.mse.darroch import darroch, darroch_root
from smallcounts.mse.lognormal import log_normal
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables

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
    assert darroch(APART).state == "refused" and darroch(APART).estimate is None
    assert chao(APART, bias_corrected=False).state == "refused"
    assert sample_coverage(APART).warnings == ("no_overlap",)
    assert darroch_root(12.0, np.array([5.0, 4.0, 3.0])) == math.inf


def test_two_lists_for_chapman_three_for_coverage() -> None:
    with pytest.raises(ValueError, match="for two lists, not 3"):
        chapman(APART)
    with pytest.raises(ValueError, match="three lists at least"):
        sample_coverage(TWO)


@pytest.mark.parametrize("name", ["HAV", "Kosovo", "UKdat", "hare"])
def test_darroch_root_solves_its_equation_and_lists_may_change_places(name: str) -> None:
    table = tables()[name]
    sizes = np.array(table.sizes, dtype=float)
    root = darroch_root(table.n, sizes)
    assert np.log1p(-table.n / root) == pytest.approx(float(np.log1p(-sizes / root).sum()), rel=1e-10)
    turned = darroch(table.permuted(range(table.k)[::-1]))
    assert turned.estimate == pytest.approx(darroch(table).estimate, rel=1e-12)


def test_coverage_does_not_mind_the_order_of_lists() -> None:
    table = tables()["UKdat_5"]
    here, there = (coverage_totals(t.cells[None], 5) for t in (table, table.permuted([3, 1, 4, 0, 2])))
    assert np.allclose(np.array(here), np.array(there), rtol=1e-12)


def test_coverage_draws_repeat_with_the_seed() -> None:
    table = tables()["HAV"]
    first, second, other = (sample_coverage(table, draws=500, seed=s) for s in (4, 4, 5))
    assert (first.lower, first.upper) == (second.lower, second.upper) != (other.lower, other.upper)


def test_twelve_lists_at_most_for_coverage() -> None:
    rows = [(*(int(j in (i, (i + 1) % 13)) for j in range(13)), 5) for i in range(13)]
    with pytest.raises(ValueError, match="13 lists are too many for sample coverage"):
        sample_coverage(CaptureTable.from_rows(rows))


def test_an_infinite_draw_is_kept() -> None:
    table = CaptureTable.from_rows([(1, 0, 0, 50), (0, 1, 0, 60), (0, 0, 1, 40), (1, 1, 0, 2), (0, 1, 1, 1)])
    found = sample_coverage(table, form="independent")
    assert found.upper == math.inf and "infinite_replicates" in found.warnings


def test_log_normal_limits() -> None:
    low, high = log_normal(100, 50, 20, 0.95)
    assert (low - 100) * (high - 100) == pytest.approx(50**2) and low > 100
    assert log_normal(100, 0, 20, 0.95) == (100, 100)


def test_a_total_below_those_seen_is_refused() -> None:
    """Two lists that meet and one apart: the form for high coverage divides by less than nothing."""
    rows = [(1, 1, 0, 3), (0, 0, 1, 50), (1, 0, 0, 1), (0, 1, 0, 1), (1, 0, 1, 1)]
    found = sample_coverage(CaptureTable.from_rows(rows), form="high")
    assert found.state == "refused" and found.warnings == ("below_observed",) and found.estimate is None


def test_a_total_divided_by_nothing_is_no_number() -> None:
    rows = [(1, 1, 0, 4), (0, 0, 1, 4), (1, 0, 0, 1)]
    assert sample_coverage(CaptureTable.from_rows(rows), form="high").estimate is None
