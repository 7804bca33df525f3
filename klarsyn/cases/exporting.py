"""A file of the case for another organisation: what the referral lets it see, after the ledger's line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import read_first
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Unopenable
from klarsyn.cases import budget, queries, rows
from klarsyn.cases.access import readable
from klarsyn.cases.holding import check_seal, pairs
from klarsyn.cases.htcds.profiles import Cut, Loss, referral, statistical
from klarsyn.cases.htcds.writing import to_csv, to_xlsx
from klarsyn.cases.kinds.htcds import ASKED, HTCDS, HTCDS_IDENTITY, as_text, part_of
from klarsyn.cases.models import Compartment
from klarsyn.cases.policy import ReferralState
from klarsyn.cases.reasons import check_written, sealed_reason
from klarsyn.cases.sharing import ReferralShown, referrals, standing
from klarsyn.cases.values import RecordShown
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission

LEFT: Final = frozenset({ReferralState.SENT, ReferralState.ACCEPTED, ReferralState.DONE})
BOTH: Final = frozenset({Compartment.NOTES, Compartment.IDENTITY})
NOTES: Final = frozenset({Compartment.NOTES})
TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Form(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True, slots=True)
class Made:
    """The file, gone with the answer; `losses`: what it does not carry as it was."""

    body: bytes
    name: str
    content_type: str
    losses: tuple[Loss, ...]


def file_of_referral(
    user: User, keys: Unlocked | None, id: UUID, sent: UUID, *, form: Form, purpose: str
) -> Made:
    """The identifiable file of a referral that a person has sent: the parts it names and no others.

    Raises Http404, BudgetSpent, or Refused: the referral is a draft, declined, taken back or out of time, so
    nothing may leave by it.
    """
    records = _opened(user, keys, id, purpose, BOTH)
    one = next((r for r in referrals(records, timezone.localdate()) if r.id == sent), None)
    if one is None:
        raise Http404
    _check_left(one)
    fields = [name for name in ASKED if part_of(name) in one.data["parts"]]
    return _made(referral([record_of(records)], fields), form, "underlag")


def file_of_statistics(user: User, keys: Unlocked | None, id: UUID, *, form: Form, purpose: str) -> Made:
    """Codes and bands of one case, without a name and without a word of free text. Raises as above."""
    records = _opened(user, keys, id, purpose, NOTES)
    return _made(statistical([record_of(records)]), form, "statistik")


def record_of(records: Sequence[RecordShown]) -> dict[str, str]:
    """The case's data as the standard's files hold them: the latest of each of the two forms."""
    found: dict[str, str] = {}
    for kind in (HTCDS.key, HTCDS_IDENTITY.key):
        for one in standing(records, kind)[-1:]:
            found |= {name: as_text(name, value) for name, value in one.data.items()}
    return {name: found[name] for name in ASKED if name in found}


def _check_left(one: ReferralShown) -> None:
    is_told = any("disclosure" in step.data for step in one.steps)
    if one.state not in LEFT or not is_told:
        raise Refused(_("Hänvisningen är inte lämnad. Ingen fil är gjord. Anteckna utlämnandet först."))


def _opened(
    user: User, keys: Unlocked | None, id: UUID, purpose: str, compartments: frozenset[Compartment]
) -> tuple[RecordShown, ...]:
    """The records after permission, budget and a line in the log, in that order; none leans on another."""
    case = readable(user, id, compartments)
    if not user.may_in_team(Permission.CASE_EXPORT, case.team):
        raise Http404
    check_seal(user, case)
    budget.check(user, str(case.id))
    purpose = check_written(purpose, _("Skriv varför filen behövs. Ingen fil är gjord."))
    detail = sealed_reason(case.team, purpose)
    told = read_first(
        action=budget.ACT_FILE, by=user.pseudonym, object=str(case.id), team=case.team.kind, detail=detail
    )
    with told, rows.of_teams(user.team_ids):
        try:
            return queries.shown(case, pairs(user, keys, case.team), compartments).records
        except (Unopenable, KeyError):
            raise Http404 from None


def _made(cut: Cut, form: Form, name: str) -> Made:
    if not any(cut.records):
        raise Refused(_("Ärendet har inget underlag enligt HTCDS. Ingen fil är gjord. Fyll i det först."))
    body = to_xlsx(cut) if form == Form.XLSX else to_csv(cut)
    day: date = timezone.localdate()
    return Made(body, f"{name}-{day.isoformat()}.{form}", TYPES[form], cut.losses)
