"""Sample coverage: laws, edges, and refusals instead of impossible numbers."""

import math

import numpy as np
import pytest

from smallcounts.mse.coverage import coverage_totals, sample_coverage
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables

TWO = CaptureTable.from_rows([(1, 0, 40), (0, 1, 30), (1, 1, 10)])
APART = CaptureTable.from_rows([(1, 0, 0, 5), (0, 1, 0, 4), (0, 0, 1, 3)])


def test_three_lists_that_share_somebody_are_needed() -> None:
    with pytest.raises(ValueError, match="three lists at least"):
        sample_coverage(TWO)
    assert sample_coverage(APART).warnings == ("no_overlap",)


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


def test_a_total_below_those_seen_is_refused() -> None:
    """Two lists that meet and one apart: the form for high coverage divides by less than nothing."""
    rows = [(1, 1, 0, 3), (0, 0, 1, 50), (1, 0, 0, 1), (0, 1, 0, 1), (1, 0, 1, 1)]
    found = sample_coverage(CaptureTable.from_rows(rows), form="high")
    assert found.state == "refused" and found.warnings == ("below_observed",) and found.estimate is None


def test_a_total_divided_by_nothing_is_no_number() -> None:
    rows = [(1, 1, 0, 4), (0, 0, 1, 4), (1, 0, 0, 1)]
    assert sample_coverage(CaptureTable.from_rows(rows), form="high").estimate is None
