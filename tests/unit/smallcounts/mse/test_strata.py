"""Lists by traits and years: what is kept, what is added up, and what is refused with its row."""

from pathlib import Path

import numpy as np
import pytest

from smallcounts.mse.strata import StrataTable
from smallcounts.mse.table import CaptureError

ROWS = [
    {"a": 1, "b": 0, "sex": "f", "year": 2021, "count": 5},
    {"a": 0, "b": 1, "sex": "f", "year": 2021, "count": 4},
    {"a": 1, "b": 1, "sex": "m", "year": 2020, "count": 2},
    {"a": 1, "b": 1, "sex": "f", "year": 2022, "count": 0},
]


def test_levels_are_sorted_and_counts_stand_where_they_belong() -> None:
    table = StrataTable.from_rows(ROWS, ("a", "b"))
    assert [f.levels for f in table.factors] == [("f", "m"), ("2020", "2021", "2022")]
    assert table.counts[0, 1].tolist() == [0, 5, 4, 0] and table.counts[1, 0].tolist() == [0, 0, 0, 2]
    assert table.n == 11 and table.counts.sum() == 11


def test_numbers_are_levels_by_size() -> None:
    rows = [{**ROWS[0], "year": year} for year in (10, 9, 100)] + [ROWS[2]]
    assert StrataTable.from_rows(rows, ("a", "b")).factors[1].levels == ("9", "10", "100", "2020")


def test_adding_up_loses_nobody() -> None:
    table = StrataTable.from_rows(ROWS, ("a", "b"))
    assert table.total().n == 11 and table.total().cells.tolist() == [0, 5, 4, 2]
    assert table.by("year").tolist() == [[0, 0, 0, 2], [0, 5, 4, 0], [0, 0, 0, 0]]
    assert table.level("sex", "m").tolist() == [0, 0, 0, 2]
    assert np.array_equal(table.kept(["year"]).counts, table.by("year"))


def test_a_csv_file_reads_as_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "lists.csv"
    text = "a,b,sex,year,count\n" + "".join(",".join(map(str, row.values())) + "\n" for row in ROWS)
    path.write_text("\ufeff" + text, encoding="utf-8")
    found = StrataTable.from_csv(path, ("a", "b"))
    assert np.array_equal(found.counts, StrataTable.from_rows(ROWS, ("a", "b")).counts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"count": -1}, "row 1: the count '-1' must be a whole number"),
        ({"a": 2}, "row 1: the list 'a' holds '2'"),
        ({"a": 0}, "row 1: nobody can be counted who is on no list"),
        ({"sex": ""}, "no value under 'sex'"),
        ({"a": 0, "b": 1}, "row 2: the pattern and its levels stand twice"),
    ],
)
def test_what_cannot_be_right_is_named(change: dict[str, object], words: str) -> None:
    with pytest.raises(CaptureError, match=words):
        StrataTable.from_rows([{**ROWS[0], **change}, *ROWS[1:]], ("a", "b"))


def test_missing_columns_empty_lists_and_no_factor_are_refused() -> None:
    with pytest.raises(CaptureError, match="'c' is missing"):
        StrataTable.from_rows(ROWS, ("a", "b", "c"))
    with pytest.raises(CaptureError, match="no column beside"):
        StrataTable.from_rows([{"a": 1, "b": 1, "count": 3}], ("a", "b"))
    with pytest.raises(CaptureError, match="nobody is on the list 'b'"):
        StrataTable.from_rows([ROWS[0]], ("a", "b"))
    with pytest.raises(CaptureError, match="no row"):
        StrataTable.from_rows([], ("a", "b"))
    with pytest.raises(CaptureError, match="no factor is called 'age'"):
        StrataTable.from_rows(ROWS, ("a", "b")).by("age")
