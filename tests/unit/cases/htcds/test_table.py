"""The field table is the standard's, whole, and every banded field that can be coarse has its band."""

from collections import Counter

from klarsyn.cases.htcds.bands import BANDS
from klarsyn.cases.htcds.table import CODES, CORE, FIELDS, TEMPLATE, Kind, Leaves, order


def test_the_table_has_the_standards_numbers() -> None:
    assert len(FIELDS) == 83
    assert len(CODES) == 21 and sum(map(len, CODES.values())) == 182
    assert len(CORE) == 38 and TEMPLATE[0]["column"] == "B" and TEMPLATE[-1]["column"] == "AM"
    live = {name for name, field in FIELDS.items() if field.is_core and not field.is_withdrawn}
    assert live == set(CORE)


def test_what_leaves_as_statistics_is_counted() -> None:
    assert Counter(field.leaves for field in FIELDS.values()) == {
        Leaves.AS_IS: 19, Leaves.BANDED: 18, Leaves.NEVER: 46,
    }  # fmt: skip


def test_every_picklist_has_its_codes() -> None:
    lists = {field.codes for field in FIELDS.values() if field.kind is Kind.CODE}
    assert lists == set(CODES)


def test_only_three_banded_fields_have_no_band_and_so_never_leave() -> None:
    banded = {name for name, field in FIELDS.items() if field.leaves is Leaves.BANDED}
    assert set(BANDS) <= banded
    assert banded - set(BANDS) == {
        "prs_Deceased", "vic_LocationOfRecruitment", "vic_LocationOfExploitation",
    }  # fmt: skip


def test_the_core_stands_first_and_whole() -> None:
    assert order({"hte_City", "prs_MiddleName", "prs_FirstName"}) == (*CORE, "prs_MiddleName", "hte_City")
