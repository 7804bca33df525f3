"""What a value must be, and that a fault tells of it without saying it."""

import pytest

from klarsyn.cases.htcds.checking import check, value_class
from klarsyn.cases.htcds.rules import read
from klarsyn.cases.htcds.table import CODES, FIELDS

BROKEN = [
    ("prs_Gender", "Kvinna", "code_unknown"),
    ("vic_ForcedLabourIndustry", "C_Manufacturing;F_Construction", "one_only"),
    ("prs_Citizenship", "SWE", "country_alpha3"),
    ("prs_Citizenship", "SE;XX", "country_unknown"),
    ("hte_Country", "Sverige", "country_unknown"),
    ("prs_PrimaryLanguage", "sv", "language_unknown"),
    ("prs_MobilePhone", "070-123 45 67", "phone_plus"),
    ("prs_MobilePhone", "+0701234567", "phone_form"),
    ("prs_MobilePhone", "+4670123456789012", "phone_form"),
    ("prs_Birthdate", "2/4/1999", "date_form"),
    ("prs_Birthdate", "19990402", "date_form"),
    ("prs_Birthdate", "1999-02-30", "date_none"),
    ("prs_NumberOfChildren", "två", "number_form"),
    ("vic_AgeWhenTrafficked", "-1", "number_form"),
    ("hte_Latitude", "91", "place_range"),
    ("hte_Latitude", "59°N", "place_form"),
    ("con_Consent", "kanske", "yes_no_form"),
    ("prs_Email", "ingen", "email_form"),
    ("prs_FirstName", "A\x00nna", "control_sign"),
    ("prs_FirstName", "A\u202enna", "control_sign"),
    ("prs_FirstName", "rad\nrad", "line_break"),
    ("prs_FirstName", "A" * 256, "too_long"),
    ("cas_OutgoingReferralDetails", "A" * 10_001, "too_long"),
    ("vic_Vulnerabilities", "Poverty", "withdrawn"),
]
MENDED = [
    ("vic_MethodsOfControl", "DebtBondage ", "DebtBondage", "blanks"),
    ("cas_Status", "Follow up", "FollowUp", "label_for_code"),
    ("prs_Citizenship", "se", "SE", "case"),
    ("prs_MobilePhone", "+46 70-000 00 00", "+46700000000", "blanks"),
    ("prs_Birthdate", "1999-04-02 00:00:00", "1999-04-02", "midnight"),
    ("prs_NumberOfChildren", "2.0", "2", "number"),
    ("hte_Latitude", "57,78", "57.78", "decimal_comma"),
    ("con_Consent", "Yes", "true", "yes_no"),
    ("vic_MethodsOfControl", "DebtBondage PhysicalThreats", "DebtBondage;PhysicalThreats", ""),
]


@pytest.mark.parametrize(("name", "value", "rule"), BROKEN)
def test_what_breaks_a_rule(name: str, value: str, rule: str) -> None:
    assert read(FIELDS[name], value).broken == rule
    (fault,) = check([{name: value}])
    assert (fault.row, fault.field, fault.rule) == (1, name, rule)


@pytest.mark.parametrize(("name", "value", "wanted", "rule"), MENDED)
def test_what_is_mended(name: str, value: str, wanted: str, rule: str) -> None:
    found = read(FIELDS[name], value)
    assert (found.value, found.broken) == (wanted, "")
    assert rule in (*found.mended, "")
    assert read(FIELDS[name], found.value) == type(found)(wanted)


def test_every_code_of_every_list_is_read_by_its_code_and_by_its_label() -> None:
    for field in FIELDS.values():
        if not field.codes or field.is_withdrawn:
            continue
        for code, label in CODES[field.codes].items():
            assert read(field, code).value == code
            assert read(field, label.upper()).value == code


def test_a_fault_never_holds_the_value() -> None:
    secret = "19990402-1234"
    faults = check(
        [{"prs_Birthdate": secret, "prs_Gender": secret, "prs_Citizenship": secret, secret: secret}]
    )
    assert len(faults) == 4
    assert secret not in repr(faults)


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("", "empty"), ("12", "digits"), ("SWE", "three_letters"), ("Kvinna", "one_word"), ("2/4/1999", "like_a_date"),
        ("1,5", "like_a_number"), ("070-12 34 56", "like_a_phone"), ("a@b.se", "like_an_address"),
        ("A;B", "several_values"), ("A ", "blanks_round_it"), ("två ord", "text"), ("x" * 1001, "very_long"),
    ],
)  # fmt: skip
def test_the_kind_of_a_value(value: str, wanted: str) -> None:
    assert value_class(value) == wanted


def test_strict_refuses_what_is_ours() -> None:
    ours = {"x_AgeBand": "18--24", "vic_MethodsOfControl": "x_RestrictsMovement"}
    assert [f.rule for f in check([ours])] == ["own_field", "own_code"]
    assert check([ours], is_strict=False) == ()
