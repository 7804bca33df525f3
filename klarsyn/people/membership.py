"""Sharing a team's key and taking it away, as its members do: the role is the head's, the key is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.vault import Unopenable
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import OPENS, Permission
from klarsyn.people.roles import EscrowOfficer
from klarsyn.people.team_keys import officers_of

STEP = 15  # batches of sealing anew in one request: some seconds at most


def check_may_let_in(by: User, team: Team, member: User) -> None:
    """A member lets in somebody else, to whom the head has given the counsellors' role. Raises Refused."""
    if not can_let_in(by, team, member):
        raise Refused(
            _(
                "%(name)s har inte rollen samtalsstödjare i mottagningen. Inget är ändrat. "
                "Be enhetschefen ge rollen först."
            )
            % {"name": member.name}
        )


def can_let_in(by: User, team: Team, member: User) -> bool:
    may = by.may_in_team(Permission.TEAM_CHANGE, team)
    return may and by.pk != member.pk and any(member.may_in_team(one, team) for one in OPENS)


def let_in(*, team: Team, member: User, by: User, keys: Unlocked) -> None:
    """Share every living key of the team with a colleague: a new one, or one who has made a new password."""
    check_may_let_in(by, team, member)
    with _for_members():
        teams.add_member(team=team, member=member, by=by, keys=keys)


@transaction.atomic
def take_out(*, team: Team, member: User, by: User, keys: Unlocked, reason: str) -> None:
    """Take the key away at once and begin a new one; the officers of the old one keep their task."""
    if not by.may_in_team(Permission.TEAM_CHANGE, team) or not reason.strip():
        raise Refused(_("Skriv varför. Inget är ändrat."))
    old = teams.active(team)
    officers = [one for one in officers_of(old) if one.pk != member.pk and one.may(Permission.ESCROW_OPEN)]
    with _for_members():
        teams.remove_member(team=team, member=member, by=by, keys=keys, reason=reason)
        if len(officers) > 1:
            escrow.appoint(team=team, officers=officers, by=by, keys=keys)


def reseal_some(*, team: Team, keys: Unlocked) -> None:
    """A few seconds of sealing anew what the old key held. Called again until nothing is left."""
    with _for_members():
        teams.drain(team=team, keys=keys, most=STEP)


def appoint_officers(*, team: Team, by: User, keys: Unlocked) -> None:
    """Seal the team's key to every escrow officer there is, so that any two bring it back."""
    people = User.objects.filter(is_active=True, roles_held__role=EscrowOfficer.key, key__isnull=False)
    with _for_members():
        escrow.appoint(team=team, officers=list(people.distinct()), by=by, keys=keys)


@contextmanager
def _for_members() -> Iterator[None]:
    """Refused where the person's keys do not open the team: somebody else must do it."""
    try:
        yield
    except Unopenable:
        raise Refused(
            _("Du har inte mottagningens nyckel. Inget är ändrat. Be en kollega som har den släppa in dig.")
        ) from None
