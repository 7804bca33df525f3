"""Gallring: what falls due, one who proposes, another who decides, and the evidence that is left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import leftovers
from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.cases import actions, rows
from klarsyn.cases.access import to_change
from klarsyn.cases.holding import may_know, sealed_of
from klarsyn.cases.keeping import Rule, falls_due, kept_as, rule_on
from klarsyn.cases.models import Case, CaseState, Disposal, DisposalState
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.log_lines import names_by_pseudonym
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

ACT_AGREE: Final = "retention.agree"
ACT_KEEP: Final = "retention.keep"


@dataclass(frozen=True, slots=True)
class Due:
    """A closed case whose year has come: its number and its rule, nothing of what it says."""

    id: UUID
    last_on: date
    rule: Rule
    is_overdue: bool
    is_sealed: bool  # its seal is broken before it is proposed


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the evidence: when, which number, which rule, who proposed and who decided."""

    row: Disposal
    proposed_by: str
    decided_by: str
    may_decide: bool


def due(user: User, team: Team, today: date) -> list[Due]:
    """The team's closed cases of which nothing is proposed, the oldest day first. Raises Http404."""
    _check_reads(user, team)
    sealed = sealed_of(user, team)
    with rows.of_teams(user.team_ids, is_reading=True):
        found = _due(team, today).exclude(disposals__state=DisposalState.PROPOSED)
        return [
            Due(case.pk, last, rule_on(today, kept_as(case)), last < today, case.is_sealed)
            for case in found.order_by("retention_on", "pk")
            if (last := case.retention_on)
            if not case.is_sealed or case.pk in sealed
        ]


def how_many(team: Team, today: date) -> int:
    """How many of the team's cases fall due, for the shell: no number of any."""
    with rows.of_teams([team.pk], is_reading=True):
        return _due(team, today).count()


def told(user: User, team: Team, *states: DisposalState) -> Sequence[Told]:
    """What was proposed and decided, the newest first. Raises Http404."""
    _check_reads(user, team)
    names, may = names_by_pseudonym(), user.may_in_team(Permission.CASE_DISPOSE, team)
    with rows.of_teams(user.team_ids, is_reading=True):
        return [
            Told(
                row, names.get(row.proposed_by, row.proposed_by), names.get(row.decided_by, row.decided_by),
                may and row.proposed_by != user.pseudonym,
            )
            for row in Disposal.objects.filter(team=team, state__in=states).select_related("case")
            if may or row.state == DisposalState.ERASED or may_know(user, row.case)
        ]  # fmt: skip


def propose(user: User, keys: Unlocked | None, id: UUID) -> None:
    """Propose that a case goes. Raises Http404, or Refused: not due, no decided rule, proposed already."""
    with rows.of_teams(user.team_ids):
        case = to_change(user, keys, id)
        rule, last_on = _check_due(case, timezone.localdate())
        if Disposal.objects.filter(case=case, state=DisposalState.PROPOSED).exists():
            raise Refused(_("Ärendet är redan föreslaget. Inget är ändrat."))
        _put_forward(case, last_on, rule, user)


def agree(user: User, pk: int) -> None:
    """Decide that it goes, and erase it. Raises Http404, or Refused: nobody decides what they proposed."""
    with rows.of_teams(user.team_ids):
        row = _waiting(user, pk)
        _check_due(row.case, timezone.localdate())
        _decide(row, user, DisposalState.ERASED)
        actions.erase(case=row.case, by=user)
        transaction.on_commit(_clear)


def keep(user: User, pk: int) -> None:
    """Decide that it stays for now; it can be proposed again. Raises as `agree`."""
    with rows.of_teams(user.team_ids):
        _decide(_waiting(user, pk), user, DisposalState.KEPT)


def _clear() -> None:
    leftovers.clear()


@transaction.atomic
def _put_forward(case: Case, last_on: date, rule: Rule, by: User) -> None:
    Disposal.objects.create(
        team=case.team, case=case, last_on=last_on, rule=f"{rule.law} ({rule.decided})",
        proposed_on=timezone.localdate(), proposed_by=by.pseudonym,
    )  # fmt: skip
    record(action="retention.propose", by=by.pseudonym, object=str(case.id), team=case.team.kind)


@transaction.atomic
def _decide(row: Disposal, by: User, state: DisposalState) -> None:
    row.state, row.decided_on, row.decided_by = state, timezone.localdate(), by.pseudonym
    row.save(update_fields=["state", "decided_on", "decided_by"])
    act = ACT_AGREE if state == DisposalState.ERASED else ACT_KEEP
    record(action=act, by=by.pseudonym, object=str(row.case_id), team=row.team.kind)


def _waiting(user: User, pk: int) -> Disposal:
    """The proposal, held until the transaction ends; "not yours" and "not there" are the same Http404."""
    row = Disposal.objects.select_for_update(of=("self",)).select_related("team").filter(pk=pk).first()
    if row is None or not user.may_in_team(Permission.CASE_DISPOSE, row.team):
        raise Http404
    if row.state != DisposalState.PROPOSED:
        raise Refused(_("Förslaget är redan avgjort. Inget är ändrat. Läs sidan på nytt."))
    if row.proposed_by == user.pseudonym:
        raise Refused(_("Du kan inte avgöra ditt eget förslag. Inget är ändrat. Be en annan chef."))
    return row


def _check_due(case: Case, today: date) -> tuple[Rule, date]:
    """The rule by which the case goes today, and its last day; the case is held. Raises Refused."""
    case = Case.objects.select_for_update().get(pk=case.pk)
    is_closed, last = case.state == CaseState.CLOSED, case.retention_on
    if not is_closed or last is None or falls_due(last) > today:
        raise Refused(_("Ärendet ska inte gallras än. Inget är ändrat."))
    rule = rule_on(today, kept_as(case))
    if not rule.decided:
        raise Refused(_("Ingen har beslutat hur länge sådana ärenden sparas. Inget är ändrat."))
    return rule, last


def _check_reads(user: User, team: Team) -> None:
    if not user.may_in_team(Permission.RETENTION_READ, team):
        raise Http404


def _due(team: Team, today: date) -> QuerySet[Case]:
    last = date(today.year, 12, 31)
    return Case.objects.filter(team=team, state=CaseState.CLOSED, retention_on__lte=last)
