"""Darroch's root: its equation, the order of lists, and no root without overlap."""

import math

import numpy as np
import pytest

from smallcounts.mse.darroch import darroch, darroch_root
from smallcounts.mse.table import CaptureTable
from tests.published.mse.tables import tables

APART = CaptureTable.from_rows([(1, 0, 0, 5), (0, 1, 0, 4), (0, 0, 1, 3)])


@pytest.mark.parametrize("name", ["HAV", "Kosovo", "UKdat", "hare"])
def test_darroch_root_solves_its_equation_and_lists_may_change_places(name: str) -> None:
    table = tables()[name]
    sizes = np.array(table.sizes, dtype=float)
    root = darroch_root(table.n, sizes)
    assert np.log1p(-table.n / root) == pytest.approx(float(np.log1p(-sizes / root).sum()), rel=1e-10)
    turned = darroch(table.permuted(range(table.k)[::-1]))
    assert turned.estimate == pytest.approx(darroch(table).estimate, rel=1e-12)


def test_without_overlap_nothing_is_estimated() -> None:
    assert darroch(APART).state == "refused" and darroch(APART).estimate is None
    assert darroch_root(12.0, np.array([5.0, 4.0, 3.0])) == math.inf
