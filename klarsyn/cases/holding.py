"""What a person holds: the case as the database shows it to them, and the team's key by their own."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import budget, rows
from klarsyn.cases.models import Case, CaseState, Compartment
from klarsyn.cases.policy import is_named
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission


def pairs(user: User, keys: Unlocked | None, team: Team) -> Mapping[int, KeyPair]:
    """The pairs of the team that the person's own keys open; none without, and none for another's keys."""
    if keys is None or keys.uid != user.uid:
        return {}
    return teams.open_teams(keys).get(team.pk, {})


def living(user: User, id: UUID) -> Case:
    """The case that is there and not erased, among the rows of the person's teams. Raises Http404.

    A sealed case is there for the named alone: for a colleague who is not it is like one that never was.
    """
    with rows.of_teams(user.team_ids, is_reading=True):
        # Asked of the database as a whole: what is another's, or sealed for others, takes as long as nothing.
        held = Case.objects.select_related("team").filter(pk=id, team_id__in=user.team_ids)
        seen = held.filter(Q(is_sealed=False) | Q(named__has_key=user.pseudonym))
        case = seen.exclude(state=CaseState.ERASED).first()
    if case is None or not may_know(user, case):
        raise Http404
    return case


def may_know(user: User, case: Case) -> bool:
    """Whether the person may learn that the case is there: of a sealed one only who is named for it."""
    return not case.is_sealed or is_named(case.named, user.pseudonym, timezone.localdate())


def sealed_of(user: User, team: Team) -> frozenset[UUID]:
    """The team's sealed cases that the person is named for, and whose role lists them."""
    if not user.may_in_team(Permission.SEALED_LIST, team):
        return frozenset()
    with rows.of_teams(user.team_ids, is_reading=True):
        return frozenset(
            case.pk for case in Case.objects.filter(team=team, is_sealed=True).defer("summary")
            if may_know(user, case)
        )  # fmt: skip


def pair(user: User, keys: Unlocked | None, team: Team) -> Unlocked:
    """The person's own keys, shown to open the team. Raises Http404."""
    if keys is None or keys.uid != user.uid:
        raise Http404
    try:
        teams.open_epoch(teams.active(team), keys)
    except Unopenable:
        raise Http404 from None
    return keys


def is_visiting(user: User, case: Case) -> bool:
    """Whether the reason of the last hour still holds; of a sealed case, whether its seal is broken."""
    return budget.is_visiting(user, str(case.id), budget.ACT_BREAK if case.is_sealed else budget.ACT_READ)


def is_shut_again(user: User, case: Case) -> bool:
    """Whether the case is sealed and no seal broken by this person holds: the hour is over, or never was."""
    return case.is_sealed and not is_visiting(user, case)


def check_seal(user: User, case: Case) -> None:
    """Nothing is done in a sealed case by somebody who has not broken the seal. Raises Http404."""
    if is_shut_again(user, case):
        raise Http404


def may_break(user: User, team: Team) -> bool:
    """Whether a role held in this very team lets the person break a seal and read what it shuts."""
    return all(user.may_in_team(asked, team) for asked in (Permission.SEALED_BREAK, Permission.SEALED_READ))


def may_write(user: User, team: Team, compartment: Compartment = Compartment.NOTES) -> bool:
    """Whether a role held in this very team lets the person write; the identity as in `may_read`."""
    asked = [Permission.CASE_WRITE]
    if compartment == Compartment.IDENTITY:
        asked.append(Permission.CASE_UNSEAL)
    return all(user.may_in_team(permission, team) for permission in asked)
