"""People and counts from CSV: what does not fit is named by file and line."""

import pytest

from smallcounts.disclosure import people as people_module
from smallcounts.disclosure.errors import PeopleError
from smallcounts.disclosure.people import People
from smallcounts.disclosure.programme import Programme
from smallcounts.disclosure.reading import read_people
from tests.unit.smallcounts.disclosure.reference import SMALL, people

HEAD = "pid,period,district,area,gender\n"


def read(text: str, name: str = "m.csv") -> People:
    return read_people(Programme.from_toml(SMALL), [(name, text)])


WRONG = [
    (HEAD + "1,2021,a,ab,X\n", "m.csv:2: 'X' is no category of 'gender'; there are K, M"),
    (HEAD + "1,2021,a,ab,K\n1,2021,b,ab,M\n", "m.csv:3: the person '1' stands in 2021 already .m.csv:2"),
    (HEAD + "1,2021,a,rest,K\n", "m.csv:2: 'a' lies in area 'ab' by the programme, not in 'rest'"),
    (HEAD + "1,2021,a,ab\n", "m.csv:2: 4 fields where the header has 5"),
    (HEAD + ",2021,a,ab,K\n", "m.csv:2: the field 'pid' is empty"),
    (HEAD + "1,2021-03-05,a,ab,K\n", "m.csv:2: the period '2021-03-05' must be a year or a month"),
    (HEAD, "no people"),
    ("", "m.csv:1: the file is empty"),
    ("pid;period\n1;2\n", "parted by ';'"),
    ("pid,district,gender\n1,a,K\n", "'period' is missing"),
    ("period,district,gender\n2021,a,K\n", "needs the column 'pid'"),
    ("pid,period,district,district,gender\n", "more than once"),
    ("pid,period,district\n1,2021,a\n", "m.csv:2: the column 'gender' is missing"),
    ("period,district,gender,count\n2021,a,K,-1\n", "m.csv:2: the count '-1' must be a whole number from 0"),
    ("period,district,gender,count\n2021,a,K,1\n2021,a,K,2\n", "m.csv:3: this combination is counted"),
    (
        "period,district,gender,count\n2021,a,K,4\n2021,b,K,2\n2021,,K,7\n",
        "m.csv:4: the margin says 7, its combinations add up to 6",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG)
def test_what_does_not_fit_is_named_by_line(text: str, message: str) -> None:
    with pytest.raises(PeopleError, match=message):
        read(text)


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = ["1,2021,a,ab,K\n", "2,2021,b,ab,M\n", "1,2022,c,rest,K\n"]
    one, other = read(HEAD + "".join(rows)), read(HEAD + "".join(reversed(rows)))
    assert one.pseudonyms == other.pseudonyms and (one.codes == other.codes).all()
    assert one.periods == ("2021", "2022") and one.period.tolist() == [0, 0, 1]


def test_the_year_may_stand_in_the_name_of_the_file() -> None:
    assert read("pid,district,gender\n1,a,K\n", "micro_2023.csv").periods == ("2023",)
    assert [len(people((year,))) for year in ("2021", "2025")] == [191, 182]


def test_counts_with_margins_that_add_up_are_read() -> None:
    found = read("period,district,gender,count\n2021,a,K,4\n2021,b,K,2\n2021,,K,6\n2021,,,6\n")
    assert found.weight.tolist() == [4, 2] and found.pseudonyms == ()


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people_module, "MAX_ROWS", 1)
    with pytest.raises(PeopleError, match=r"m.csv:3: more than 1 rows"):
        read(HEAD + "1,2021,a,ab,K\n2,2021,b,ab,M\n")
    with pytest.raises(PeopleError, match=r"m.csv: 1,000,003 lines"):
        read("\n" * 1_000_003)
