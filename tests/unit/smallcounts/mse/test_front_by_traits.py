"""The front door with traits and years, and the honesty panel that comes with the answer."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from smallcounts.datasets import lists
from smallcounts.mse import (
    BY_TRAITS,
    CaptureError,
    CaptureTable,
    StrataTable,
    doubly_robust,
    estimate_population,
    persons,
    pooled_years,
    stratified,
    targeted,
)
from smallcounts.mse.answer import parts_of
from smallcounts.mse.opened import opened
from smallcounts.mse.words import WORDS
from smallcounts.references import REFERENCES

SPINA = lists.spina_bifida().table
YEARS = lists.simulated_years().table.kept(["Y"])
PAIR = CaptureTable.from_rows([(1, 0, 30), (0, 1, 20), (1, 1, 10)])


def rows_of(table: StrataTable) -> list[dict[str, Any]]:
    """One dict a cell that holds persons, as a file has them."""
    return [
        {
            **{f.name: f.levels[at] for f, at in zip(table.factors, place[:-1], strict=True)},
            **{name: place[-1] >> j & 1 for j, name in enumerate(table.lists)},
            "count": int(count),
        }
        for place, count in np.ndenumerate(table.counts)
        if count
    ]


def test_every_kind_of_table_with_traits_is_read_alike(tmp_path: Path) -> None:
    rows, file = rows_of(SPINA), tmp_path / "lists.csv"
    pd.DataFrame(rows).to_csv(file, index=False)
    for given in (file, str(file), pd.DataFrame(rows), pl.DataFrame(rows), SPINA):
        table = opened(given, ["eth"])
        assert isinstance(table, StrataTable) and table.factors == SPINA.factors
        assert np.array_equal(table.counts, SPINA.counts)
    found = estimate_population(file, "targeted", traits=["eth"], pair=("S1", "S2"))
    wanted = targeted(*persons(SPINA), pair=(0, 1))
    assert (found.estimate, found.lower) == (wanted.estimate, wanted.lower)


def test_the_front_door_gives_what_the_functions_give() -> None:
    pair = ("S1", "S3")
    assert (
        estimate_population(SPINA, "doubly-robust", pair=pair).estimate
        == doubly_robust(*persons(SPINA), pair=(0, 2)).estimate
    )
    found = estimate_population(SPINA, "stratified", bootstrap=5, seed=3, level=0.8)
    wanted = stratified(SPINA, bootstrap=5, seed=3, level=0.8)
    assert (found.model, found.lower, found.upper) == (wanted.model, wanted.lower, wanted.upper)
    assert estimate_population(SPINA, "stepwise", bootstrap=0).observed == SPINA.n
    assert set(found.assumptions) | set(found.warnings) <= set(WORDS)
    assert set(found.sources) <= set(REFERENCES)


@pytest.mark.slow
def test_years_are_pooled_through_the_front_door() -> None:
    found = estimate_population(YEARS, "pooled-years", year="Y")
    assert found.details["years"] == pooled_years(YEARS, "Y").details["years"]


def test_the_summary_shows_every_level_and_every_year() -> None:
    found = estimate_population(SPINA, "stratified", bootstrap=5)
    lines = [line.split() for line in found.summary().splitlines()]
    for row in found.details["by"]["eth"]:
        wanted = [f"{row[name]:,.0f}" for name in ("observed", "estimate", "lower", "upper")]
        assert ["eth", row["level"], *wanted] in lines
    assert parts_of(
        {"years": [{"year": "2024", "observed": 3, "estimate": 9.2, "lower": 4.0, "upper": 1e4}]}
    ) == [{"part": "2024", "seen": "3", "together": "9", "lower": "4", "upper": "10,000"}]
    assert parts_of({}) == []


def test_auto_takes_the_method_that_the_columns_ask_for() -> None:
    two = StrataTable.from_rows(
        [{"a": a, "b": b, "sex": s, "count": 40 + 9 * a} for a, b in ((0, 1), (1, 0), (1, 1)) for s in "fm"],
        ("a", "b"),
    )
    assert estimate_population(two, panel=False).method == "doubly robust"
    assert estimate_population(SPINA, bootstrap=0, panel=False).method == "covariates"
    few = replace(YEARS, counts=YEARS.counts // 4)
    assert estimate_population(few, year="Y", panel=False).method == "pooled years"


def test_what_lacks_its_columns_is_refused() -> None:
    for method in BY_TRAITS:
        with pytest.raises(CaptureError, match=f"{method} needs traits or years"):
            estimate_population(PAIR, method)
    with pytest.raises(CaptureError, match="columns with a name"):
        estimate_population([(1, 0, 3), (0, 1, 2)], "stratified", traits=["sex"])
    with pytest.raises(CaptureError, match="the column 'sex' is missing"):
        estimate_population(pl.DataFrame(PAIR.to_rows()), "stratified", traits=["sex"])


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame])
def test_a_gap_in_a_frame_is_named_with_its_row(make: Any) -> None:
    rows = [*PAIR.to_rows(), {"1": 1, "2": None, "count": 4}]
    with pytest.raises(CaptureError, match="row 4: the list '2' holds"):
        estimate_population(make(rows), "independence")
    gap = [{**row, "sex": sex} for row, sex in zip(PAIR.to_rows(), ("f", None, "m"), strict=True)]
    with pytest.raises(CaptureError, match="row 2: there is no value under 'sex'"):
        estimate_population(make(gap), "doubly-robust", traits=["sex"])


def test_the_panel_comes_with_auto_and_not_with_a_method_of_choice() -> None:
    found = estimate_population(PAIR)
    assert found.panel is not None and found.panel.observed == found.observed
    assert "Verdict" in found.summary() and found.to_json()["panel"]["verdict"]["kind"]
    assert estimate_population(PAIR, panel=False).panel is None
    assert estimate_population(PAIR, "chapman").panel is None
    assert estimate_population(PAIR, "chapman", panel=True).panel is not None


@pytest.mark.slow
def test_more_lists_than_the_panel_takes_are_answered_without_it() -> None:
    rows = [[*np.eye(9, dtype=int)[i], 20] for i in range(9)] + [[*[1] * 9, 30]]
    found = estimate_population(rows, bootstrap=0)
    assert found.panel is None and "panel_left_out" in found.warnings
    assert "panel_left_out" not in estimate_population(rows, bootstrap=0, panel=False).warnings
    with pytest.raises(CaptureError, match="9 lists are too many for the panel"):
        estimate_population(rows, bootstrap=0, panel=True)
