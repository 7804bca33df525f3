"""The lists as they come in: every way in gives the same table, every slip is named with its row."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from smallcounts.mse import CaptureError, CaptureTable

ROWS = [(0, 0, 1, 41), (0, 1, 0, 5), (1, 0, 0, 5), (1, 1, 0, 54), (1, 0, 1, 6), (1, 1, 1, 12)]
CSV = "b,c,d,count\n" + "".join(",".join(map(str, row)) + "\n" for row in ROWS)


@pytest.fixture
def korea() -> CaptureTable:
    return CaptureTable.from_csv(io.StringIO(CSV))


def test_every_way_in_gives_the_same_table(korea: CaptureTable, tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text("\ufeff" + CSV.replace("\n", "\r\n"), encoding="utf-8")
    matrix = np.array(ROWS)
    frame = pd.DataFrame(ROWS, columns=["b", "c", "d", "count"])
    for other in (
        CaptureTable.from_csv(file),
        CaptureTable.from_rows(reversed(ROWS), ["b", "c", "d"]),
        CaptureTable.from_array(matrix, lists=["b", "c", "d", "count"]),
        CaptureTable.from_array(matrix[:, :3], matrix[:, 3], ["b", "c", "d"]),
        CaptureTable.from_array(np.repeat(matrix[:, :3], matrix[:, 3], axis=0), lists=["b", "c", "d"]),
        CaptureTable.from_frame(frame),
        CaptureTable.from_frame(frame.astype({"b": bool, "count": float})),
        CaptureTable.from_frame(pl.DataFrame(frame.to_dict("list"))),
        CaptureTable.from_frame(
            pl.DataFrame(frame.to_dict("list")).with_columns(
                pl.col("b").cast(pl.Boolean), pl.col("count").cast(pl.Float64)
            )
        ),
        CaptureTable.from_masks(("b", "c", "d"), korea.patterns, korea.counts),
    ):
        assert other == korea and hash(other) == hash(korea)


def test_what_a_table_says_of_itself(korea: CaptureTable) -> None:
    assert (korea.k, korea.n, korea.overlaps, korea.sizes) == (3, 123, 72, (77, 71, 59))
    assert korea.patterns.tolist() == [1, 2, 3, 4, 5, 7]
    assert korea.cells.tolist() == [0, 5, 5, 54, 41, 6, 0, 12]
    assert CaptureTable.from_rows([tuple(row.values()) for row in korea.to_rows()], korea.lists) == korea
    assert not korea.counts.flags.writeable


def test_lists_move_merge_and_fall(korea: CaptureTable) -> None:
    assert korea.permuted(["d", "b", "c"]).cells.tolist() == [0, 41, 5, 6, 5, 0, 54, 12]
    merged = korea.merged("b", "d")
    assert merged.lists == ("b+d", "c") and merged.cells.tolist() == [0, 52, 5, 66] and merged.n == korea.n
    assert korea.merged("d", "b").lists == ("c", "d+b")
    assert korea.without("c").cells.tolist() == [0, 59, 41, 18]
    assert korea.given("c").cells.tolist() == [0, 54, 0, 12]
    assert korea.with_cells([0, 0, 3, 0, 0, 2, 0, 0]).n == 5


def test_lists_without_persons_fall_when_a_list_is_taken_as_the_truth() -> None:
    table = CaptureTable.from_rows([(1, 0, 0, 5), (1, 1, 0, 2), (0, 0, 1, 4), (0, 1, 1, 1), (1, 0, 1, 1)])
    given = table.given(2)
    assert given.lists == ("1", "2") and given.cells.tolist() == [0, 1, 1, 0]
    with pytest.raises(CaptureError, match="one list alone"):
        table.given("2").given(0)


SLIPS = [
    ("0,1,0,-5", "lists.csv:3: the count '-5' must be a whole number from 0"),
    ("0,1,0,1.5", "lists.csv:3: the count '1.5' must be"),
    ("0,1,0,NaN", "lists.csv:3: the count 'NaN' must be"),
    ("0,1,0,", "lists.csv:3: the count '' must be"),
    ("0,1,0,٣", "lists.csv:3: the count '٣' must be"),
    ("0,1,0,1000000001", "lists.csv:3: a count above 1,000,000,000 is not believable"),
    ("0,1,0," + "9" * 5000, "lists.csv:3: a count above 1,000,000,000 is not believable"),
    ("0,0,1,4", "lists.csv:3: the pattern stands in lists.csv:2 already; add the two counts"),
    ("0,0,0,4", "lists.csv:3: nobody can be counted who is on no list"),
    ("0,2,0,4", "lists.csv:3: the list 'c' holds '2'; write 1 for on it, 0 for not"),
    ("0,1,4", "lists.csv:3: 3 fields where the header has 4"),
    ('0,"1,0,4', "lists.csv:[34]: the line cannot be read as CSV"),
]


@pytest.mark.parametrize(("line", "says"), SLIPS)
def test_a_slip_is_named_with_its_line(line: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "lists.csv"
    file.write_text(f"b,c,d,count\n0,0,1,41\n{line}\n1,1,0,3\n", encoding="utf-8")
    with pytest.raises(CaptureError, match=says) as caught:
        CaptureTable.from_csv(file, shown="lists.csv")
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "x.csv:1: the file is empty"),
        ("a,b,count\n", "x.csv:1: no row follows the header"),
        ("a,b\n1,0\n", "x.csv:1: the column 'count' is missing"),
        ("a;b;count\n1;0;3\n", "x.csv:1: the columns are parted by ';'"),
        ("a,count\n1,3\n", "one list alone says nothing"),
        ("a,a,count\n1,0,3\n", "two lists are called 'a'"),
        ("a,,count\n1,0,3\n", "the list '' needs a name"),
        ("a,b,count\n1,0,3\n0,1,0\n", "nobody is on the list 'b'; take its column away"),
    ],
)
def test_a_file_that_is_no_table_is_refused(text: str, says: str) -> None:
    with pytest.raises(CaptureError, match=says):
        CaptureTable.from_csv(io.StringIO(text), shown="x.csv")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([(1, 0, float("nan"))], "row 1: the count 'nan'"),
        ([(1, 0, 3), (0, 1, 2.5)], "row 2: the count '2.5'"),
        ([(1, 0, 3), (0, 1, True)], "row 2: the count 'True'"),
        ([(1, 0, 3), (0, 0.5, 2)], "row 2: the list '2' holds '0.5'"),
        ([(1, 0, 3), (0, 1, 0, 2)], "row 2: 3 lists where 2 are named"),
        ([(*[1] * 64, 3)], "64 lists are too many; at most 63"),
        ([], "one list alone"),
    ],
)
def test_rows_are_checked_too(rows: Any, says: str) -> None:
    with pytest.raises(CaptureError, match=says):
        CaptureTable.from_rows(rows)


def test_persons_one_a_row_must_be_on_a_list() -> None:
    with pytest.raises(CaptureError, match="row 2: nobody can be counted"):
        CaptureTable.from_array([[1, 0], [0, 0], [1, 1]])


def test_63_lists_fit_but_not_as_a_full_table() -> None:
    table = CaptureTable.from_array(np.eye(63, dtype=int) | np.eye(63, k=1, dtype=int))
    assert table.sizes[62] == 2 and table.overlaps == 62
    with pytest.raises(CaptureError, match="63 lists have too many patterns"):
        _ = table.cells


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda t: t.index("e"), "no list is called 'e'"),
        (lambda t: t.index(3), "there is no list 3"),
        (lambda t: t.permuted([0, 1, 1]), "must name each list once"),
        (lambda t: t.merged(1, "c"), "cannot be merged with itself"),
        (lambda t: t.with_cells([0] * 7 + [-1]), "pattern 7: the count '-1'"),
        (lambda t: t.with_cells([3] + [1] * 7), "pattern 0: nobody can be counted"),
        (lambda t: CaptureTable.from_masks(t.lists, [8], [1]), "the mask 8 names no pattern"),
    ],
)
def test_a_list_that_is_not_there_is_named(ask: Any, says: str, korea: CaptureTable) -> None:
    with pytest.raises(CaptureError, match=says):
        ask(korea)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(CaptureError, match="the file cannot be read: No such file"):
        CaptureTable.from_csv(tmp_path / "missing.csv")
    (tmp_path / "latin.csv").write_bytes(b"\xe5,b,count\n")
    with pytest.raises(CaptureError, match="not UTF-8"):
        CaptureTable.from_csv(tmp_path / "latin.csv")
