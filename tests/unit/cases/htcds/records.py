"""Invented records, and a published-looking template file, for the tests of HTCDS."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook

from klarsyn.cases.htcds.table import FIELDS, TEMPLATE

ANNA: Final = {
    "cas_CaseOwner": "Alva Påhittad", "prs_FirstName": "Påhittad", "prs_SecondName": "Person",
    "con_Consent": "true", "prs_Birthdate": "1999-04-02", "prs_Gender": "TransgenderFeminine",
    "prs_Citizenship": "RO;MD", "prs_MobilePhone": "+46700000000", "prs_MailingStreet": "=Storgatan 1",
    "prs_MailingCity": "Jönköping", "prs_MailingPostalCode": "55000", "prs_MailingCountry": "SE",
    "vic_TraffickingStatus": "PossibleVictimOfTrafficking", "vic_TraffickingStatusDecisionMakingOrg": "NGO",
    "vic_MethodsOfControl": "DebtBondage;x_RestrictsMovement", "vic_TypeOfExploitation": "SexualExploitation",
    "cas_Status": "Active", "cas_ReferredOrganisation": "Länsstyrelsens stödboende",
    "cas_ReasonForOutgoingReferral": "AdditionalServicesRequired", "cas_OutgoingReferralDate": "2026-11-20",
    "cas_OutgoingReferralDetails": "Rad ett\nRad två; med \"citat\"", "vic_AgeWhenTrafficked": "24",
    "hte_Longitude": "14.16", "vic_RelationshipToTrafficker": "Unaquainted",
}  # fmt: skip
BO: Final = {
    "prs_FirstName": "Ännu",
    "prs_SecondName": "En",
    "prs_Gender": "Masculine",
    "cas_Status": "FollowUp",
}


def published_template(*rows: Mapping[str, str], by: str = "name") -> bytes:
    """A workbook with the published headers, faults and all, filled by the true names in `rows`.

    `by`: "name" puts a value where the hidden system name says, "label" where the visible label does.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.append(["", *(row["published_name"] for row in TEMPLATE)])
    page.append(["", *(row["published_label"] for row in TEMPLATE)])
    labels = {field.label: field.name for field in FIELDS.values() if field.is_core}
    for record in rows:
        values = [""]
        for column in TEMPLATE:
            name = column["published_name"] or column["name"]
            if by == "label":
                name = labels.get(column["published_label"], name)
            name = name if name in FIELDS else column["name"]
            values.append(record.get(name, ""))
        page.append(values)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_file(head: Sequence[str], *rows: Sequence[str], mark: str = ",", encoding: str = "utf-8") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=mark)
    writer.writerow(head)
    writer.writerows(rows)
    return out.getvalue().encode(encoding)
