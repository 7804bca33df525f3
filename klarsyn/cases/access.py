"""The one way in to a case: a permission and a key, each asked by itself, and a line in the log first."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from uuid import UUID

from django.http import Http404
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import read_first
from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import budget, extracts, queries
from klarsyn.cases.extracts import Extract
from klarsyn.cases.models import Case, CaseState, Compartment
from klarsyn.cases.reasons import check_written, sealed_reason
from klarsyn.cases.values import CaseShown, Listed
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
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
    """The case, opened. "Not yours" and "not there" are the same Http404. `purpose` goes sealed into the log,
    where the identity has a name of its own: `case.unseal`.

    Asked in this order, none of which leans on another: may this person read the team's cases; is there room
    in the person's hour (else BudgetSpent); is the line in the log written; does the person hold the key.
    """
    case = readable(user, id, compartments)
    act = budget.ACT_UNSEAL if Compartment.IDENTITY in compartments else budget.ACT_READ
    with _told_first(user, case, act, purpose):
        return _open(case, keys, compartments)


def readable(user: User, id: UUID, compartments: frozenset[Compartment] = ORDINARY) -> Case:
    """The case, shut: that it is there and the person's role lets them read it. Else Http404."""
    case = _living(id)
    if case is None or not may_read(user, case, compartments):
        raise Http404
    return case


def read_list(user: User, keys: Unlocked | None, team: Team) -> list[Listed] | None:
    """The team's open cases with their summaries, after a line in the log; None for who has no key of it."""
    if not user.may_in_team(Permission.CASE_READ, team):
        raise Http404
    with read_first(action="case.list", by=user.pseudonym, object=str(team.pk), team=team.kind):
        epochs = _epochs(keys, team.pk)
        return queries.list_cases(team.pk, epochs) if epochs else None


def read_extract(user: User, keys: Unlocked | None, id: UUID, *, purpose: str) -> Extract:
    """Who has opened or written in the case, for the client's own hands. Asks like `read_case`.

    It needs the permission to export and the team's key, counts as an opening, and stands in itself.
    """
    case = _living(id)
    if case is None or not user.may_in_team(Permission.CASE_EXPORT, case.team):
        raise Http404
    with _told_first(user, case, budget.ACT_EXPORT, purpose):
        _open(case, keys, frozenset())
        return extracts.extract_of(case)


def may_read(user: User, case: Case, compartments: frozenset[Compartment] = ORDINARY) -> bool:
    """Whether a role held in this very team lets the person read; says nothing of keys.

    The identity needs a permission of its own besides.
    """
    asked = [Permission.CASE_READ]
    if Compartment.IDENTITY in compartments:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, case.team) for permission in asked)


def _told_first(user: User, case: Case, act: str, purpose: str) -> AbstractContextManager[None]:
    """Room in the hour, a reason, and the line in the log, before anything opens."""
    budget.check(user, str(case.id))
    purpose = check_written(purpose, _("Skriv varför du öppnar ärendet. Inget är öppnat."))
    detail = sealed_reason(case.team, purpose)
    return read_first(action=act, by=user.pseudonym, object=str(case.id), team=case.team.kind, detail=detail)


def _open(case: Case, keys: Unlocked | None, compartments: frozenset[Compartment]) -> CaseShown:
    try:
        return queries.shown(case, _epochs(keys, case.team_id), compartments)
    except (Unopenable, KeyError):
        raise Http404 from None


def _epochs(keys: Unlocked | None, team: UUID) -> Mapping[int, KeyPair]:
    """The pairs of the team that the keys open; none without keys."""
    return teams.open_teams(keys).get(team, {}) if keys else {}


def _living(id: UUID) -> Case | None:
    return Case.objects.select_related("team").filter(pk=id).exclude(state=CaseState.ERASED).first()
