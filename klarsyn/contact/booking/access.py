"""The one way to booked times for staff: a permission and a key, each asked by itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.http import Http404

from klarsyn.base import rows
from klarsyn.base.audit.recording import read_first
from klarsyn.base.vault import Unopenable
from klarsyn.contact import direct
from klarsyn.contact.booking import actions
from klarsyn.contact.booking.policy import can_end, starts_at
from klarsyn.contact.models import Booking
from klarsyn.contact.models.booking import BookingState, Ended
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission


@dataclass(frozen=True, slots=True)
class Booked:
    """A line of the reception's booked times."""

    id: UUID
    day: date
    begins: time
    minutes: int
    channel: str
    is_withdrawn: bool
    may_end: bool  # its time has come: somebody can say how it went


@dataclass(frozen=True, slots=True)
class BookedOpened:
    """The same with what the visitor wanted to say beforehand."""

    booked: Booked
    message: str = field(repr=False)


def list_booked(user: User, team: Team, now: datetime) -> list[Booked]:
    """The team's booked times, the next first. Raises Http404."""
    _may(user, team, Permission.CASE_READ)
    with rows.of_teams(user.team_ids, is_reading=True):
        held = Booking.objects.filter(team=team).order_by("day", "begins")
        return [_line(row, now) for row in held]


def booked(user: User, id: UUID, now: datetime) -> tuple[Booked, Team]:
    """One line and whose it is. "Not yours" and "not there" are the same Http404."""
    row = _booking(user, id, Permission.CASE_READ)
    return _line(row, now), row.team


def open_booked(user: User, keys: Unlocked, id: UUID, now: datetime) -> BookedOpened:
    """What stands in it, after a line in the log. "Not yours" and "not there" are the same Http404."""
    row = _booking(user, id, Permission.CASE_READ)
    with read_first(action="booking.read", by=user.pseudonym, object=str(id), team=row.team.kind):
        return BookedOpened(_line(row, now), _opened(row, keys))


def withdraw(user: User, keys: Unlocked, id: UUID) -> None:
    """The reception cannot keep the time: the visitor reads so with the code. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        row = _booking(user, id, Permission.CASE_WRITE)
        _opened(row, keys)
        actions.withdraw(booking=row, by=user.pseudonym)


def end_booked(user: User, keys: Unlocked, id: UUID, *, end: Ended, residence: str, now: datetime) -> None:
    """Say how it went; only numbers are left. Raises Http404 or Refused."""
    with rows.of_teams(user.team_ids):
        row = _booking(user, id, Permission.CASE_WRITE)
        _opened(row, keys)
        actions.end_booking(booking=row, end=end, by=user.pseudonym, residence=residence, now=now)


def _line(row: Booking, now: datetime) -> Booked:
    may_end = can_end(row.state, Ended.MET, starts_at(row.day, row.begins, now), now)
    withdrawn = row.state == BookingState.WITHDRAWN
    return Booked(row.id, row.day, row.begins, row.minutes, row.channel, withdrawn, may_end)


def _opened(row: Booking, keys: Unlocked) -> str:
    try:
        return direct.open_text(row, teams.open_epoch(row.team.epochs.get(epoch=row.epoch), keys))
    except Unopenable:
        raise Http404 from None


def _booking(user: User, id: UUID, permission: Permission) -> Booking:
    with rows.of_teams(user.team_ids, is_reading=True):
        row = Booking.objects.select_related("team").filter(pk=id).first()
    if row is None:
        raise Http404
    _may(user, row.team, permission)
    return row


def _may(user: User, team: Team, permission: Permission) -> None:
    if not user.may_in_team(permission, team):
        raise Http404
