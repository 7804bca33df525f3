"""What the published files get wrong, one test each, read by our own preview."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.heading import FilledBy
from klarsyn.cases.htcds.reading import preview
from klarsyn.cases.htcds.table import CORE, TEMPLATE
from tests.unit.cases.htcds.records import ANNA, csv_file, published_template

HOME = {
    "prs_MailingStreet": "Storgatan 1", "prs_MailingCity": "Jönköping", "prs_MailingPostalCode": "55000",
    "prs_MailingCountry": "SE",
}  # fmt: skip


@pytest.mark.parametrize("by", list(FilledBy))
def test_columns_n_o_q_r_are_asked_about_and_read_by_the_answer(by: FilledBy) -> None:
    book = published_template(HOME, by="name" if by is FilledBy.NAMES else "label")
    asked = preview(book)
    assert asked.heading.needs_answer and not asked.may_be_used
    told = preview(book, filled_by=by)
    assert told.may_be_used
    assert dict(told.records[0]) == HOME


def test_the_same_order_without_labels_is_asked_about_too() -> None:
    names = [row["published_name"] for row in TEMPLATE]
    row = ["" for _ in names]
    row[names.index("prs_MailingCity")] = "Storgatan 1"
    body = csv_file(names, row)
    assert preview(body).heading.needs_answer
    by_names = preview(body, filled_by=FilledBy.NAMES)
    assert by_names.records[0] == {"prs_MailingCity": "Storgatan 1"}
    by_labels = preview(body, filled_by=FilledBy.LABELS)
    assert by_labels.records[0] == {"prs_MailingStreet": "Storgatan 1"}


def test_our_own_order_is_not_asked_about() -> None:
    assert not preview(
        csv_file(CORE, ["" if n != "prs_MailingCity" else "A" for n in CORE])
    ).heading.needs_answer


def test_column_t_is_known_misspelt() -> None:
    found = preview(csv_file(["vic_TraffickinStatusDecisionMakingOrg"], ["NGO"]))
    assert found.records[0] == {"vic_TraffickingStatusDecisionMakingOrg": "NGO"}
    assert found.heading.mended == ("misspelt_name",)


def test_column_aj_without_a_name_is_known_by_its_label_or_its_place() -> None:
    by_label = preview(published_template(ANNA | HOME), filled_by=FilledBy.NAMES)
    assert by_label.records[0]["cas_ReasonForOutgoingReferral"] == "AdditionalServicesRequired"
    assert "unnamed_column" in by_label.heading.mended
    place = ["cas_ReferredPrimaryCaseWorker", "", "cas_OutgoingReferralDate"]
    found = preview(csv_file(place, ["", "Other", ""]))
    assert found.records[0] == {"cas_ReasonForOutgoingReferral": "Other"}


def test_another_column_without_a_name_is_a_fault() -> None:
    found = preview(csv_file(["prs_FirstName", "", "prs_SecondName"], ["A", "lost", "B"]))
    assert [(f.row, f.rule, f.value_class) for f in found.faults] == [(1, "column_unnamed", "one_word")]


def test_labels_stand_for_codes_whatever_case_and_blanks() -> None:
    found = preview(csv_file(["cas_Status", "prs_Gender"], ["Follow up", "Non-conforming"]))
    assert found.records[0] == {"cas_Status": "FollowUp", "prs_Gender": "NonConforming"}
    assert [f.rule for f in found.mended] == ["label_for_code"] * 2


def test_the_surveys_names_codes_and_blanks() -> None:
    head = ["person/prs_First_Name", "person/prs_Second_Name", "victim/vic_Methods_of_Control"]
    found = preview(csv_file(head, ["A", "B", "DebtBondage  PhysicalThreats"]))
    assert found.may_be_used
    assert found.records[0]["vic_MethodsOfControl"] == "DebtBondage;PhysicalThreats"


def test_two_industries_are_refused_and_one_label_with_a_semicolon_is_not() -> None:
    two = preview(csv_file(["vic_ForcedLabourIndustry"], ["C_Manufacturing F_Construction"]))
    assert [f.rule for f in two.faults] == ["one_only"]
    label = "Water supply; sewerage, waste management and remediation"
    one = preview(csv_file(["vic_ForcedLabourIndustry"], [label]))
    assert one.records[0] == {"vic_ForcedLabourIndustry": "E_WaterSupplySewerageWasteManagement"}


def test_several_values_come_by_semicolon_or_by_line() -> None:
    found = preview(csv_file(["prs_Citizenship"], ["RO; MD"], ["RO\nMD;RO"]))
    assert [r["prs_Citizenship"] for r in found.records] == ["RO;MD", "RO;MD"]


def test_a_column_twice_is_not_guessed_at() -> None:
    found = preview(csv_file(["prs_FirstName", "prs_First_Name"], ["A", "B"]))
    assert found.heading.twice == ("prs_FirstName",) and not found.may_be_used


def test_an_unknown_column_is_named_by_its_number() -> None:
    assert preview(csv_file(["prs_FirstName", "Personnummer"], ["A", "1"])).heading.unknown == (2,)


def test_a_file_without_a_known_column_is_refused() -> None:
    with pytest.raises(Refused, match="Ingen kolumn"):
        preview(csv_file(["namn"], ["A"]))
