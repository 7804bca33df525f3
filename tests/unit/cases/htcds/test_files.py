"""Files out and in again: nothing changes on the way, nothing runs, and what may not leave does not."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.guarding import guard, unguard
from klarsyn.cases.htcds.profiles import offered, referral, statistical
from klarsyn.cases.htcds.reading import preview
from klarsyn.cases.htcds.rules import read
from klarsyn.cases.htcds.table import CODES, CORE, COUNTRIES, FIELDS, LANGUAGES, Field, Kind
from klarsyn.cases.htcds.writing import label, to_csv, to_xlsx
from tests.unit.cases.htcds.records import ANNA, BO, csv_file

GOLDEN = Path("tests/golden/htcds")
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp")), max_size=40
)
MARKED = st.tuples(st.sampled_from(["", "'", "''", " "]), st.sampled_from("=+-@|%"), TEXT).map("".join)


def values(field: Field) -> st.SearchStrategy[str]:
    """Values that the field may hold, also such as a spreadsheet would run."""
    match field.kind:
        case Kind.CODE:
            codes = st.sampled_from(sorted(CODES[field.codes]))
            return st.lists(codes, max_size=4, unique=True).map(";".join) if field.is_several else codes
        case Kind.COUNTRY:
            return st.sampled_from(sorted(COUNTRIES))
        case Kind.LANGUAGE:
            return st.sampled_from(sorted(LANGUAGES))
        case Kind.PHONE:
            return st.integers(1, 10**15 - 1).map(lambda n: f"+{n}")
        case Kind.DATE:
            return st.dates().map(lambda d: d.isoformat())
        case Kind.NUMBER:
            return st.integers(0, 9999).map(str)
        case Kind.PLACE:
            return st.integers(-90, 90).map(str)
        case Kind.YES_NO:
            return st.sampled_from(["true", "false"])
        case Kind.EMAIL:
            return st.just("-a@b.se")
        case Kind.LONG_TEXT:
            return st.one_of(TEXT, MARKED, st.tuples(TEXT, TEXT).map("\n".join))
    return st.one_of(TEXT, MARKED)


RECORD = st.sets(st.sampled_from(offered()), max_size=6).flatmap(
    lambda names: st.fixed_dictionaries({name: values(FIELDS[name]) for name in sorted(names)})
)


@settings(max_examples=60, deadline=None)
@given(st.lists(RECORD, min_size=1, max_size=3), st.sampled_from(["csv", "xlsx"]))
@example([{"prs_MobilePhone": "+46700000000", "prs_FirstName": "'=1+1"}], "csv")
@example([{"prs_FirstName": "=1+1"}], "xlsx")
def test_round_trip(records: list[dict[str, str]], kind: str) -> None:
    cut = referral(records, offered())
    kept = [record for record in cut.records if record]
    if not kept:
        return
    found = preview(to_csv(cut) if kind == "csv" else to_xlsx(cut))
    assert found.may_be_used and found.heading.unknown == ()
    assert list(found.records) == kept
    assert kept == [
        made for r in records if (made := {n: read(FIELDS[n], v).value for n, v in r.items() if v.strip()})
    ]


@given(st.one_of(TEXT, MARKED, st.text(max_size=20)))
def test_guard_and_undo(value: str) -> None:
    assert unguard(guard(value)) == value
    assert guard(value).lstrip()[:1] not in tuple("=+-@|%")


def test_the_workbook_holds_text_cells_and_both_header_rows() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(referral([ANNA], offered()))))
    page = book["HTCDS"]
    names = [cell.value for cell in page[1]][1:]
    assert names[: len(CORE)] == list(CORE) and page.row_dimensions[1].hidden
    assert [cell.value for cell in page[2]][1:] == [label(name) for name in names]
    street = page.cell(3, names.index("prs_MailingStreet") + 2)
    assert (street.value, street.data_type, street.number_format) == ("=Storgatan 1", "s", "@")
    assert {c.data_type for row in page for c in row if c.value} == {"s"}
    assert "CC BY 4.0" in book["About"]["A1"].value


@pytest.mark.parametrize("name", ["referral.csv", "statistical.csv", "statistical-strict.csv"])
def test_the_golden_files(name: str) -> None:
    cuts = {
        "referral.csv": lambda: referral([ANNA, BO], set(ANNA) - {"hte_Longitude"}),
        "statistical.csv": lambda: statistical([ANNA, BO]),
        "statistical-strict.csv": lambda: statistical([ANNA, BO], is_strict=True),
    }
    assert to_csv(cuts[name]()) == (GOLDEN / name).read_bytes()


def test_the_same_content_is_the_same_workbook() -> None:
    assert to_xlsx(statistical([ANNA])) == to_xlsx(statistical([ANNA]))


def test_a_formula_in_a_workbook_from_outside_is_a_fault() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["prs_FirstName", "prs_SecondName"])
    page.append(["=1+1", "B"])
    out = io.BytesIO()
    book.save(out)
    assert [(f.field, f.rule) for f in preview(out.getvalue()).faults] == [("prs_FirstName", "formula")]


def test_a_swedish_spreadsheets_own_csv() -> None:
    body = csv_file(
        ["prs_FirstName", "hte_City", "hte_Latitude"], ["Åsa", "Malmö", "55,6"], mark=";", encoding="cp1252"
    )
    assert preview(body).records[0] == {"prs_FirstName": "Åsa", "hte_City": "Malmö", "hte_Latitude": "55.6"}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "tom"), (b"prs_FirstName\r\nA\x00", "tecken"), (b"x" * 2_000_001, "megabyte"),
        (b"PK\x03\x04 not a zip", "skadad"), (b'prs_FirstName\r\n"A', "CSV"),
        (b"prs_FirstName\r\n" + b"A\r\n" * 5_001, "rader"),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(Refused, match=words):
        preview(body)
