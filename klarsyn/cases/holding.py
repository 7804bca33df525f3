"""What a person holds: the case as the database shows it to them, and the team's key by their own."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404

from klarsyn.base.vault import KeyPair, Unopenable
from klarsyn.cases import rows
from klarsyn.cases.models import Case, CaseState
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User


def pairs(user: User, keys: Unlocked | None, team: Team) -> Mapping[int, KeyPair]:
    """The pairs of the team that the person's own keys open; none without, and none for another's keys."""
    if keys is None or keys.uid != user.uid:
        return {}
    return teams.open_teams(keys).get(team.pk, {})


def living(user: User, id: UUID) -> Case:
    """The case that is there and not erased, among the rows of the person's teams. Raises Http404."""
    with rows.of_teams(user.team_ids):
        case = Case.objects.select_related("team").filter(pk=id).exclude(state=CaseState.ERASED).first()
    if case is None:
        raise Http404
    return case


def pair(user: User, keys: Unlocked | None, team: Team) -> Unlocked:
    """The person's own keys, shown to open the team. Raises Http404."""
    if keys is None or keys.uid != user.uid:
        raise Http404
    try:
        teams.open_epoch(teams.active(team), keys)
    except Unopenable:
        raise Http404 from None
    return keys
