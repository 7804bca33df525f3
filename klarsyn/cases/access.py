"""The one way in to cases: a permission and a key, each asked by itself, and a line in the log first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from django.http import Http404

from klarsyn.base.audit.recording import Detail, read_first
from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import actions, budget, queries, rows
from klarsyn.cases.models import Case, CaseState, Compartment
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
    """The case, opened. "Not yours" and "not there" are the same Http404. `purpose` goes sealed into the log.

    Asked in this order, none of which leans on another: may this person read the team's cases; is there room
    in the person's hour (else BudgetSpent); is the line in the log written; does the person hold the key.
    """
    with rows.of_teams(user.team_ids):
        case = _found(id)
        if not may_read(user, case, compartments):
            raise Http404
        budget.check(user, str(case.id))
        detail = Detail(purpose, {case.team.kind: bytes(teams.active(case.team).public)})
    with read_first(
        action=budget.READ, by=user.pseudonym, object=str(case.id), team=case.team.kind, detail=detail
    ):
        return _open(user, case, keys, compartments)


def list_cases(
    user: User, keys: Unlocked | None, team: Team, *, state: CaseState = CaseState.OPEN
) -> list[Listed]:
    """The team's cases with their summaries, after a line in the log. Raises Http404."""
    epochs = _epochs_to_read(user, keys, team)
    with read_first(action="case.list", by=user.pseudonym, object=str(team.pk), team=team.kind):
        return _summaries(user, lambda: queries.list_cases(team.pk, epochs, state=state))


def search_cases(user: User, keys: Unlocked | None, team: Team, words: str) -> list[Listed]:
    """Cases of the team whose summary holds every word, after a line in the log. Raises Http404."""
    epochs = _epochs_to_read(user, keys, team)
    with read_first(action="case.search", by=user.pseudonym, object=str(team.pk), team=team.kind):
        return _summaries(user, lambda: queries.search(team.pk, epochs, words))


def open_case(user: User, keys: Unlocked | None, team: Team, *, summary: str) -> UUID:
    """A new case of the team; its id. Raises Http404."""
    if not may_write(user, team):
        raise Http404
    hers = _pair(user, keys, team)
    with rows.of_teams(user.team_ids):
        return actions.open_case(team=team, by=user, keys=hers, summary=summary).id


def write_record(user: User, keys: Unlocked | None, id: UUID, *, compartment: Compartment, text: str) -> UUID:
    """One more record in a compartment; its id. Raises Http404, or Refused for a closed case."""
    with rows.of_teams(user.team_ids):
        case = _found(id)
        if not may_write(user, case.team, compartment):
            raise Http404
        hers = _pair(user, keys, case.team)
        return actions.add_record(case=case, compartment=compartment, by=user, keys=hers, text=text).id


def close_case(user: User, keys: Unlocked | None, id: UUID, *, retention_on: date) -> None:
    """Close, with the day it must be gone. Raises Http404, or Refused when it is closed already."""
    with rows.of_teams(user.team_ids):
        actions.close(case=_to_change(user, keys, id), by=user, retention_on=retention_on)


def erase_case(user: User, keys: Unlocked | None, id: UUID) -> None:
    """Destroy the keys, and with them everything. Raises Http404."""
    with rows.of_teams(user.team_ids):
        actions.erase(case=_to_change(user, keys, id), by=user)


def may_read(user: User, case: Case, compartments: frozenset[Compartment] = ORDINARY) -> bool:
    """Whether a role held in this very team lets the person read; says nothing of keys.

    The identity needs a permission of its own besides.
    """
    asked = [Permission.CASE_READ]
    if Compartment.IDENTITY in compartments:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, case.team) for permission in asked)


def may_list(user: User, team: Team) -> bool:
    """Whether a role held in this very team lets the person read the list; says nothing of keys."""
    return user.may_in_team(Permission.CASE_READ, team)


def may_write(user: User, team: Team, compartment: Compartment = Compartment.NOTES) -> bool:
    """Whether a role held in this very team lets the person write; the identity as in `may_read`."""
    asked = [Permission.CASE_WRITE]
    if compartment == Compartment.IDENTITY:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, team) for permission in asked)


def _found(id: UUID) -> Case:
    """The case that is there and not erased, among the rows that may be seen. Raises Http404."""
    case = Case.objects.select_related("team").filter(pk=id).exclude(state=CaseState.ERASED).first()
    if case is None:
        raise Http404
    return case


def _to_change(user: User, keys: Unlocked | None, id: UUID) -> Case:
    """The case, for somebody who may write in it and holds its team's key: also an end needs both."""
    case = _found(id)
    if not may_write(user, case.team):
        raise Http404
    _pair(user, keys, case.team)
    return case


def _held(user: User, keys: Unlocked | None) -> Unlocked:
    """The person's own keys: nobody acts by one's permission and another's key. Raises Http404."""
    if keys is None or keys.uid != user.uid:
        raise Http404
    return keys


def _pair(user: User, keys: Unlocked | None, team: Team) -> Unlocked:
    """The keys, shown to open the team. Raises Http404."""
    hers = _held(user, keys)
    try:
        teams.open_epoch(teams.active(team), hers)
    except Unopenable:
        raise Http404 from None
    return hers


def _epochs_to_read(user: User, keys: Unlocked | None, team: Team) -> Mapping[int, KeyPair]:
    if not may_list(user, team):
        raise Http404
    epochs = _epochs(_held(user, keys), team)
    if not epochs:
        raise Http404
    return epochs


def _epochs(keys: Unlocked, team: Team) -> Mapping[int, KeyPair]:
    try:
        return teams.open_teams(keys).get(team.pk, {})
    except Unopenable:
        raise Http404 from None


def _summaries(user: User, read: Callable[[], list[Listed]]) -> list[Listed]:
    with rows.of_teams(user.team_ids):
        try:
            return read()
        except Unopenable:
            raise Http404 from None


def _open(user: User, case: Case, keys: Unlocked | None, compartments: frozenset[Compartment]) -> CaseShown:
    epochs = _epochs(_held(user, keys), case.team)
    with rows.of_teams(user.team_ids):
        try:
            return queries.shown(case, epochs, compartments)
        except (Unopenable, KeyError):
            raise Http404 from None
