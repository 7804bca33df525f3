"""The front door: what it takes, what it refuses, and that every method behind it answers alike."""

from dataclasses import FrozenInstanceError
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pytest

from smallcounts.datasets import lists
from smallcounts.mse import METHODS, CaptureError, CaptureTable, MethodResult, estimate_population
from smallcounts.mse.words import WORDS
from smallcounts.references import REFERENCES

KOREA = lists.korea().table
PAIR = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 10)])


def test_every_kind_of_table_gives_the_same_answer(tmp_path: Path) -> None:
    frame = pd.DataFrame(KOREA.to_rows())
    file = tmp_path / "lists.csv"
    frame.to_csv(file, index=False)
    wanted = estimate_population(KOREA, "independence").estimate
    polar = pl.DataFrame(KOREA.to_rows())
    for given in (file, str(file), frame, polar, frame.to_numpy(), frame.to_numpy().tolist()):
        assert estimate_population(given, "independence").estimate == wanted
    persons = np.repeat(frame.to_numpy()[:, :3], frame["count"], axis=0)
    assert estimate_population(persons, "independence").estimate == wanted


EACH = [
    pytest.param(name, marks=pytest.mark.slow if name == "latent-class" else ())
    for name in METHODS
    if name != "chapman"
]


@pytest.mark.parametrize("method", EACH)
def test_every_method_answers_with_number_interval_and_reasons(method: str) -> None:
    found = estimate_population(KOREA, method, bootstrap=1000, panel=False)
    assert isinstance(found, MethodResult) and found.details["asked"] == method
    assert found.estimate is not None and found.observed == 123 <= found.estimate
    assert (
        found.lower is not None and found.upper is not None and found.lower <= found.estimate <= found.upper
    )
    assert set(found.assumptions) | set(found.warnings) <= set(WORDS)
    assert found.sources and set(found.sources) <= set(REFERENCES)
    assert found.method in found.summary() and found.explain()


def test_auto_searches_where_there_is_something_to_search() -> None:
    assert estimate_population(KOREA, bootstrap=0, panel=False).method == "stepwise"
    assert estimate_population(PAIR, panel=False).method == "independence"
    assert estimate_population(PAIR, "chapman").estimate == pytest.approx(41 * 31 / 11 - 1)


def test_options_reach_the_method() -> None:
    assert estimate_population(KOREA, "log-linear", model="[12,23]").model == "[12,23]"
    found = estimate_population(KOREA, threshold=0.0, bootstrap=1000, level=0.8, seed=5, panel=False)
    assert found.model == "[1,2,3]" and found.level == 0.8 and found.details["draws"] == 1000
    assert estimate_population(lists.kosovo().table, "bic", order=2, bootstrap=0).model == "[12,13,14,23,34]"


def test_a_result_cannot_be_changed() -> None:
    found = estimate_population(PAIR, panel=False)
    with pytest.raises(FrozenInstanceError):
        found.estimate = 1.0  # type: ignore[misc]


def test_what_cannot_be_is_refused_in_one_line() -> None:
    with pytest.raises(ValueError, match="no method is called 'magic'; the methods are auto,"):
        estimate_population(KOREA, "magic")
    with pytest.raises(ValueError, match="the level is a share"):
        estimate_population(KOREA, level=95)
    with pytest.raises(ValueError, match="whole number from 0"):
        estimate_population(KOREA, bootstrap=-1)
    with pytest.raises(CaptureError, match="not equally long"):
        estimate_population([(1, 0, 3), (0, 1)])
    with pytest.raises(CaptureError, match="not of 1 axes"):
        estimate_population(7 * [1])


@pytest.mark.parametrize("method", ["independence", "stepwise", "bic", "downhill"])
def test_lists_that_leave_nobody_unseen_get_no_interval(method: str) -> None:
    for rows in ([(1, 1, 1, 1)], [(1, 0, 0, 3), (1, 1, 0, 2), (1, 1, 1, 4)]):
        found = estimate_population(CaptureTable.from_rows(rows), method, bootstrap=50)
        assert (found.state, found.unseen, found.lower, found.upper) == ("boundary", 0.0, None, None)
        assert "none_unseen" in found.warnings


@pytest.mark.parametrize("method", ["independence", "stepwise", "bic", "downhill"])
def test_huge_counts_neither_fail_nor_get_a_false_interval(method: str) -> None:
    most = 10**9
    spread = CaptureTable.from_rows([(1, 0, 0, most), (0, 1, 0, most), (0, 0, 1, most), (1, 1, 1, most)])
    found = estimate_population(spread, method, bootstrap=50)
    assert found.lower and found.upper and found.estimate
    assert 0.99 < found.lower / found.estimate <= 1 <= found.upper / found.estimate < 1.01
    thin = CaptureTable.from_rows([(1, 0, 0, most), (0, 1, 0, most), (0, 0, 1, most), (1, 1, 0, 1)])
    found = estimate_population(thin, method, bootstrap=50)
    assert found.lower and found.upper and found.estimate
    assert found.lower < found.estimate / 2 and found.upper > 2 * found.estimate
