"""Lists as known truths, and records thinned out: what counts, what covers, what is left."""

import numpy as np
import pytest

from smallcounts.mse.log_linear import log_linear
from smallcounts.mse.results import MethodResult
from smallcounts.mse.table import CaptureError, CaptureTable
from smallcounts.mse.validation import Trial, scores, thinned, trajectory, validate
from tests.published.mse.tables import tables

UK = tables()["UKdat_5"]


def test_independent_lists_find_each_other() -> None:
    """50,000 people met by four lists that know nothing of each other: every list is found."""
    random = np.random.default_rng(1)
    rows = (random.random((50_000, 4)) < [0.1, 0.2, 0.15, 0.1]).astype(int)
    tests = list(validate(CaptureTable.from_array(rows[rows.any(axis=1)]), [("plain", log_linear)]))
    assert [test.truth for test in tests] == rows.sum(axis=0).tolist()
    assert all(test.covered and abs(test.log_bias) < 0.1 and test.counts for test in tests)
    assert scores(tests)[0].coverage == 1


def test_a_method_that_refuses_says_so_and_covers_nothing() -> None:
    def refuse(table: CaptureTable) -> MethodResult:
        raise CaptureError("not for these lists")

    tests = list(validate(UK, [("stubborn", refuse)]))
    assert {test.state for test in tests} == {"refused"} and tests[0].truth == 94
    assert tests[0].counts and not tests[-1].counts
    assert scores(tests)[0].coverage == 0 and scores(tests)[0].mean_log_bias is None


def test_a_list_met_fewer_than_thirty_times_does_not_count() -> None:
    rows = [Trial("a", "m", 100, 29, 3, "interior", 90.0, 50.0, 120.0, -0.1, True, False)]
    assert scores(rows)[0].lists == 0 and scores(rows)[0].coverage is None
    assert [t.counts for t in validate(UK, [("m", log_linear)])] == [True, True, True, True, False]


def test_limits_that_are_missing_do_not_cover() -> None:
    row = Trial("a", "m", 100, 50, 9, "interior", 90.0, None, None, -0.1, None, True)
    assert scores([row])[0].coverage == 0


def test_progress_is_told_list_by_list() -> None:
    heard: list[tuple[int, int]] = []
    list(validate(UK, [("m", log_linear)], progress=lambda done, total: heard.append((done, total))))
    assert heard == [(at, 5) for at in range(1, 6)]


def test_thinning_loses_records_not_persons() -> None:
    drawn = thinned(UK, 0.5, 400, np.random.default_rng(3))
    assert (drawn.sum(axis=1) == UK.n).all()
    records = drawn @ np.bitwise_count(np.arange(32)).astype(int)
    assert records.mean() == pytest.approx(sum(UK.sizes) / 2, rel=0.01)
    assert (thinned(UK, 1.0, 3, np.random.default_rng(3))[:, 1:] == UK.cells[1:]).all()


def test_trajectory_ends_at_the_answer() -> None:
    rows = trajectory(UK, threshold=0.02, tables=50)
    assert rows[-1]["estimate"] == pytest.approx(11312.9903, rel=1e-7) and rows[-1]["kept"] == 1
    assert [row["persons"] for row in rows] == sorted(row["persons"] for row in rows)
    assert all(row["lower_quartile"] <= row["estimate"] <= row["upper_quartile"] for row in rows)
