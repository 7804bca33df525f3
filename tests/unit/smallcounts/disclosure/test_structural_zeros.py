"""Combinations that nobody can have: a reader knows their zero, and a table with some of them still leaves."""

from __future__ import annotations

import numpy as np
import pytest

from smallcounts.disclosure import front
from smallcounts.disclosure.attacks.bounds import bound_cells
from smallcounts.disclosure.attacks.domain import domain_of
from smallcounts.disclosure.attacks.knowledge import view
from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.release import Symbol
from tests.unit.smallcounts.disclosure import reference
from tests.unit.smallcounts.disclosure.test_front import ORDER

RULED = Programme.from_toml("""
name = "ruled"
[[variables]]
name = "area"
categories = ["n", "s", "w"]
[[variables]]
name = "kind"
categories = ["a", "b", "c"]
[[tables]]
name = "t"
variables = ["area", "kind"]
[[impossible]]
area = "n"
kind = "c"
""")
CELLS = {(0, 0): 31, (0, 1): 12, (1, 0): 22, (1, 1): 17, (1, 2): 9, (2, 0): 40, (2, 1): 3, (2, 2): 26}
NOBODY = "2021|area=n|kind=c"


def people() -> People:
    codes = np.array([cell for cell, number in CELLS.items() for _ in range(number)])
    return People(("2021",), np.zeros(len(codes), dtype=np.int64), codes, np.ones(len(codes), dtype=np.int64))


def test_a_reader_knows_that_nobody_is_there_and_no_more() -> None:
    release = rounding_maker(RULED, reference.KEY)(people(), None)
    seen = view([release])
    found = bound_cells(seen, domain_of(RULED, seen.cells))
    at = [cell.text for cell in seen.cells].index(NOBODY)
    assert (found.low[at], found.high[at]) == (0, 0) and np.isfinite(found.high).all()


@pytest.mark.slow
def test_a_table_with_such_a_cell_withstands_every_attack_and_leaves() -> None:
    made = front.protect(RULED, people(), front.Insiders(reference.KEY, {}), ORDER)
    assert all(verdict.passed for verdict in made.verdicts) and len(made.verdicts) >= 10
    values = {f.cell.text: f.value for f in made.protected.published().figures}
    assert values[NOBODY] == Symbol.NOT_APPLICABLE
