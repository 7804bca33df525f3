"""The one way to calls: a permission and a key, each asked by itself, and a line in the log first."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import Http404

from klarsyn.base import rows
from klarsyn.base.audit.recording import read_first
from klarsyn.base.vault import Unopenable
from klarsyn.contact import direct
from klarsyn.contact.cards import actions
from klarsyn.contact.cards.policy import ASKS_FIRST
from klarsyn.contact.models import CallRequest
from klarsyn.contact.models.card import Outcome
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the call list: no name and no number."""

    id: UUID
    due_on: date
    last_on: date
    tries: int
    is_late: bool
    asks_first: bool  # the question about life comes before anything else


@dataclass(frozen=True, slots=True)
class Called:
    """Whom to phone, for as long as the page lasts."""

    id: UUID
    name: str = field(repr=False)
    number: str = field(repr=False)


def list_calls(user: User, team: Team, today: date) -> list[Waiting]:
    """Those who wait for a call, the one due first on top. Raises Http404."""
    _may(user, team, Permission.CASE_READ)
    with rows.of_teams(user.team_ids, is_reading=True):
        held = CallRequest.objects.filter(team=team, last_on__gte=today).order_by("due_on", "id")
        return [_waiting(row, today) for row in held.select_related("team")]


def waiting(user: User, id: UUID, today: date) -> Waiting:
    """One line of the list. "Not yours" and "not there" are the same Http404."""
    return _waiting(_call(user, id, Permission.CASE_READ), today)


def open_call(user: User, keys: Unlocked, id: UUID) -> Called:
    """Name and number, after a line in the log. "Not yours" and "not there" are the same Http404."""
    row = _call(user, id, Permission.CASE_READ)
    with read_first(action="call.read", by=user.pseudonym, object=str(id), team=row.team.kind):
        told = json.loads(_opened(row, keys))
    return Called(id, told["name"], told["number"])


def end_call(user: User, keys: Unlocked, id: UUID, *, outcome: Outcome, has_asked: bool, today: date) -> bool:
    """Say how it went; True when name and number are gone. Raises Http404, or Refused."""
    with rows.of_teams(user.team_ids):
        row = _call(user, id, Permission.CASE_WRITE)
        _opened(row, keys)
        return actions.end_call(
            call=row, outcome=outcome, by=user.pseudonym, today=today, has_asked=has_asked
        )


def _waiting(row: CallRequest, today: date) -> Waiting:
    asks = row.team.kind in ASKS_FIRST
    return Waiting(row.id, row.due_on, row.last_on, row.tries, row.due_on < today, asks)


def _opened(row: CallRequest, keys: Unlocked) -> str:
    try:
        pair = teams.open_epoch(row.team.epochs.get(epoch=row.epoch), keys)
        return direct.open_text(row, pair)
    except Unopenable:
        raise Http404 from None


def _call(user: User, id: UUID, permission: Permission) -> CallRequest:
    with rows.of_teams(user.team_ids, is_reading=True):
        row = CallRequest.objects.select_related("team").filter(pk=id).first()
    if row is None:
        raise Http404
    _may(user, row.team, permission)
    return row


def _may(user: User, team: Team, permission: Permission) -> None:
    if not user.may_in_team(permission, team):
        raise Http404
