"""Two profiles: a referral carries what was chosen; statistics carry codes and bands, and never a person's own words."""

import pytest

from klarsyn.base.errors import Refused
from klarsyn.cases.htcds.profiles import NOT_BY_ITSELF, Loss, band_column, offered, referral, statistical
from klarsyn.cases.htcds.table import CODES, FIELDS, Kind, Leaves
from tests.unit.cases.htcds.records import ANNA

OPEN = {name for name, field in FIELDS.items() if field.leaves is Leaves.AS_IS}


def test_a_referral_carries_the_chosen_fields_and_tells_of_the_rest() -> None:
    cut = referral([ANNA], ["prs_FirstName", "vic_MethodsOfControl"])
    assert cut.records == ({"prs_FirstName": "Påhittad", "vic_MethodsOfControl": "DebtBondage;Other"},)
    assert Loss(1, "prs_Birthdate", "not_chosen") in cut.losses
    assert Loss(1, "vic_MethodsOfControl", "own_code_as_other") in cut.losses


def test_withdrawn_fields_are_never_offered_and_others_people_not_by_themselves() -> None:
    assert not {n for n in offered() if FIELDS[n].is_withdrawn}
    assert {"per_RoleInProcess", "hte_Longitude"} <= NOT_BY_ITSELF


def test_statistics_hold_codes_and_bands_and_nothing_else() -> None:
    everything = {name: _some(name) for name in offered()}
    cut = statistical([everything], organisations=frozenset({"Polisen"}))
    for column, value in cut.records[0].items():
        assert column.startswith("x_") or column in OPEN
        if column in OPEN and FIELDS[column].kind is Kind.CODE:
            assert set(value.split(";")) <= {*CODES[FIELDS[column].codes], "x_RestrictsMovement"}
    assert "Fri text" not in str(cut.records)
    assert not {"1999-04-02", "RO", "24", "swe"} & set(cut.records[0].values())


def test_an_organisation_leaves_as_statistics_only_when_it_is_listed() -> None:
    typed = {"cas_ReferredOrganisation": "Anna hos Stödboendet"}
    assert statistical([typed]).records == ({},)
    listed = statistical([typed], organisations=frozenset({"Anna hos Stödboendet"}))
    assert listed.records == (typed,)


def test_strict_statistics_have_no_column_of_ours() -> None:
    cut = statistical([ANNA], is_strict=True)
    assert not [c for c in cut.columns if c.startswith("x_")]
    assert "x_" not in str(cut.records)


@pytest.mark.parametrize(
    ("name", "value", "band"),
    [
        ("prs_Gender", "TransgenderFeminine", "AnotherOrUnknown"), ("prs_Citizenship", "RO;MD", "Several"),
        ("prs_Citizenship", "SE", "Sweden"), ("prs_Citizenship", "RO;PL", "EuropeanUnion"),
        ("vic_AgeWhenTrafficked", "17", "0--17"), ("vic_AgeWhenTrafficked", "18", "18--24"),
        ("vic_AgeWhenTrafficked", "9999", "40+"), ("hte_Date", "2024-05-06", "2024"),
        ("prs_NumberOfChildren", "0", "None"), ("prs_PrimaryLanguage", "ron", "Other"),
        ("prs_MaritalStatus", "RegisteredPartnership", "WithPartner"),
        ("prs_HighestLevelOfEducation", "PrimaryEducation", "Basic"),
    ],
)  # fmt: skip
def test_a_band(name: str, value: str, band: str) -> None:
    assert statistical([{name: value}]).records == ({band_column(name): band},)


def test_no_file_is_made_of_what_breaks_the_standard() -> None:
    with pytest.raises(Refused, match="Rad 2, fältet prs_Birthdate"):
        referral([{}, {"prs_Birthdate": "i våras"}], offered())
    with pytest.raises(Refused):
        statistical([{"prs_Namn": "A"}])


def _some(name: str) -> str:
    field = FIELDS[name]
    match field.kind:
        case Kind.CODE:
            return next(iter(CODES[field.codes]))
        case Kind.COUNTRY:
            return "RO"
        case Kind.LANGUAGE:
            return "swe"
        case Kind.PHONE:
            return "+46700000000"
        case Kind.EMAIL:
            return "a@b.se"
        case Kind.DATE:
            return "1999-04-02"
        case Kind.NUMBER | Kind.PLACE:
            return "24"
        case Kind.YES_NO:
            return "true"
    return "Fri text"
