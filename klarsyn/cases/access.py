"""The one way in to a case: a permission and a key, each asked by itself, and a line in the log first."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404

from klarsyn.base.audit.recording import Detail, read_first
from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import budget, queries
from klarsyn.cases.models import Case, CaseState, Compartment
from klarsyn.cases.values import CaseShown
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission

ORDINARY = frozenset({Compartment.THREAD, Compartment.NOTES})


def read_case(
    user: User,
    keys: Unlocked | None,
    id: UUID,
    *,
    purpose: str,
    compartments: frozenset[Compartment] = ORDINARY,
) -> CaseShown:
    """The case, opened. "Not yours" and "not there" are the same Http404. `purpose` goes sealed into the log.

    Asked in this order, none of which leans on another: may this person read the team's cases; is there room
    in the person's hour (else BudgetSpent); is the line in the log written; does the person hold the key.
    """
    case = Case.objects.select_related("team").filter(pk=id).exclude(state=CaseState.ERASED).first()
    if case is None or not may_read(user, case, compartments):
        raise Http404
    budget.check(user, str(case.id))
    detail = Detail(purpose, {case.team.kind: bytes(teams.active(case.team).public)})
    with read_first(
        action=budget.READ, by=user.pseudonym, object=str(case.id), team=case.team.kind, detail=detail
    ):
        return _open(case, keys, compartments)


def may_read(user: User, case: Case, compartments: frozenset[Compartment] = ORDINARY) -> bool:
    """Whether a role held in this very team lets the person read; says nothing of keys.

    The identity needs a permission of its own besides.
    """
    asked = [Permission.CASE_READ]
    if Compartment.IDENTITY in compartments:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, case.team) for permission in asked)


def _open(case: Case, keys: Unlocked | None, compartments: frozenset[Compartment]) -> CaseShown:
    if keys is None:
        raise Http404
    try:
        epochs: Mapping[int, KeyPair] = teams.open_teams(keys).get(case.team_id, {})
        return queries.shown(case, epochs, compartments)
    except (Unopenable, KeyError):
        raise Http404 from None
