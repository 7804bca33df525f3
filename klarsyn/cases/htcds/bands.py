"""How a value that could point somebody out is made coarse before it leaves as statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_UNION: Final = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
# The European Union since 1 February 2020.
UNION: Final = frozenset(_UNION.split())
AGES: Final = ((18, "0--17"), (25, "18--24"), (40, "25--39"), (10_000, "40+"))
_GENDERS: Final = {"Feminine": "Feminine", "Masculine": "Masculine"}
_PARTNER: Final = {"Married": "WithPartner", "RegisteredPartnership": "WithPartner"}
_EDUCATION: Final = {
    "EarlyChildhoodEducation": "Basic", "PrimaryEducation": "Basic", "LowerSecondaryEducation": "Basic",
    "UpperSecondaryEducation": "Secondary",
}  # fmt: skip


def gender(value: str) -> str:
    return _GENDERS.get(value, "AnotherOrUnknown")


def region(value: str) -> str:
    """One of three, whatever the number of countries given; several regions are one band of their own."""
    found = {_region(code) for code in value.split(";")}
    return found.pop() if len(found) == 1 else "Several"


def age(value: str) -> str:
    return next(band for below, band in AGES if int(value) < below)


def year(value: str) -> str:
    return value[:4]


def _region(code: str) -> str:
    if code == "SE":
        return "Sweden"
    return "EuropeanUnion" if code in UNION else "OutsideEuropeanUnion"


def _language(value: str) -> str:
    return "Swedish" if value == "swe" else "Other"


def _partner(value: str) -> str:
    return _PARTNER.get(value, "WithoutPartner")


def _education(value: str) -> str:
    return _EDUCATION.get(value, "PostSecondary")


def _children(value: str) -> str:
    return "None" if int(value) == 0 else "OneOrMore"


# A banded field without a line here has no band that hides anybody, and never leaves.
BANDS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {
        "prs_Gender": gender,
        "prs_MaritalStatus": _partner,
        "prs_NumberOfChildren": _children,
        "prs_PrimaryLanguage": _language,
        "prs_SecondaryLanguage": _language,
        "prs_HighestLevelOfEducation": _education,
        "prs_Citizenship": region,
        "prs_MailingCountry": region,
        "vic_AgeWhenTrafficked": age,
        "cas_IncomingReferralDate": year,
        "cas_OutgoingReferralDate": year,
        "hte_Country": region,
        "hte_Date": year,
        "spl_PlannedEndDate": year,
        "spl_ActualEndDate": year,
    }
)
