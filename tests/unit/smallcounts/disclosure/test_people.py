"""People counted in rows and people one by one are the same people, to the tables and to the attacks."""

import numpy as np
import pytest

from smallcounts.disclosure.attacks.making import rounding_maker
from smallcounts.disclosure.attacks.suite import audit
from smallcounts.disclosure.cells import build_system
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from tests.unit.smallcounts.disclosure import reference

PROGRAMME = Programme.from_toml(reference.SMALL)
COUNTS = {
    ("2021", "a", "K"): 13, ("2021", "a", "M"): 8, ("2021", "b", "K"): 7, ("2021", "b", "M"): 11,
    ("2021", "c", "K"): 22, ("2021", "c", "M"): 4,
}  # fmt: skip


def counted() -> People:
    """The people of COUNTS as six rows with weights."""
    each = reference.small_people(COUNTS)
    codes, weight = np.unique(each.codes, axis=0, return_counts=True)
    return People(each.periods, np.zeros(len(codes), dtype=np.int64), codes, weight)


def test_one_by_one_holds_as_many_rows_as_people_and_the_same_cells() -> None:
    rows = counted()
    each = rows.one_by_one()
    assert (len(rows), len(each), set(each.weight.tolist())) == (6, sum(COUNTS.values()), {1})
    one, other = (build_system(PROGRAMME, people) for people in (rows, each))
    assert (one.cells, one.counts.tolist()) == (other.cells, other.counts.tolist())
    assert each.one_by_one() is each


@pytest.mark.slow
def test_attacks_leave_out_persons_and_never_whole_groups() -> None:
    make = rounding_maker(PROGRAMME, reference.KEY)
    published = [make(counted(), None)]
    found = [
        audit(published, PROGRAMME, people, make, attacks=("A5", "A6"))
        for people in (counted(), counted().one_by_one())
    ]
    assert found[0].verdicts == found[1].verdicts
