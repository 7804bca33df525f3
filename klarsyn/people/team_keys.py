"""Who holds a team's key and who waits for it: what the page of keys shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from django.db.models import Q

from klarsyn.base.audit.words import key_words
from klarsyn.base.models import AuditEvent
from klarsyn.people.keys import teams
from klarsyn.people.models import EscrowPair, Team, TeamEpoch, TeamWrap, User, UserKey
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people
from klarsyn.people.reseal import still_sealed


class Standing(StrEnum):
    """How somebody's role and key go together."""

    MEMBER = "member"  # a role and the key
    WAITS = "waits"  # a role, no key: a member lets the person in
    TAKEN_OUT = "taken_out"  # a role still, but a member took the key away
    NEVER_IN = "never_in"  # a role, and never a password here
    NO_ROLE = "no_role"  # the key, no role any more: a member takes it away


@dataclass(frozen=True, slots=True)
class Holder:
    """One person of the team. `since`: the day the person's own keys were made; None = none yet."""

    user: User
    standing: Standing
    since: date | None
    words: str


@dataclass(frozen=True, slots=True)
class Resealing:
    """How far the sealing anew has come after somebody left."""

    left: int
    every: int

    @property
    def done(self) -> int:
        return self.every - self.left


@dataclass(frozen=True, slots=True)
class TeamKeys:
    """A team's page: its people, who may bring it back when nobody is left, and what is being sealed anew."""

    team: Team
    holders: tuple[Holder, ...]
    officers: tuple[User, ...]
    resealing: Resealing | None


def teams_of(user: User) -> Sequence[Team]:
    """The teams whose page of keys the person may read."""
    every = Team.objects.order_by("name")
    return [team for team in every if user.may_in_team(Permission.TEAM_READ, team)]


def team_keys(team: Team) -> TeamKeys:
    old = TeamEpoch.objects.filter(team=team, state=TeamEpoch.State.DRAINING)
    counted = [still_sealed(epoch) for epoch in old]
    resealing = Resealing(sum(left for left, _ in counted), counted[0][1]) if counted else None
    return TeamKeys(team, tuple(_holders(team)), tuple(officers_of(teams.active(team))), resealing)


def officers_of(epoch: TeamEpoch) -> Sequence[User]:
    """Those who together bring this epoch back."""
    named = EscrowPair.objects.filter(epoch=epoch).values_list("officer_a", "officer_b")
    return list(User.objects.filter(pk__in={pk for pair in named for pk in pair}).order_by("name"))


def counsellors(team: Team) -> Sequence[User]:
    """Whoever holds a role by which what the team has may be read: they alone are let in."""
    return list_people(
        Permission.CONCERN_READ if team.kind == Team.Kind.CHILDREN else Permission.CASE_READ, team
    )


def _holders(team: Team) -> list[Holder]:
    may = {user.pk for user in counsellors(team)}
    held = set(TeamWrap.objects.filter(epoch=teams.active(team)).values_list("user_id", flat=True))
    keys = {key.user_id: key for key in UserKey.objects.filter(user_id__in=may | held)}
    people = list(User.objects.filter(Q(pk__in=may) | Q(pk__in=held)).order_by("name"))
    out = _taken_out(team, people)
    found = [_holder(user, user.pk in may, user.pk in held, keys.get(user.pk)) for user in people]
    waits = Standing.WAITS
    return [
        replace(h, standing=Standing.TAKEN_OUT) if h.standing is waits and h.user in out else h for h in found
    ]


def _taken_out(team: Team, people: Sequence[User]) -> set[User]:
    """Those of whom the log's last word is that they were taken out, not let in."""
    named = {user.pseudonym: user for user in people}
    lines = AuditEvent.objects.filter(
        action__in=("team.add", "team.remove"), object__in=named, team=team.kind
    )
    last = dict(lines.order_by("sequence").values_list("object", "action"))
    return {named[who] for who, action in last.items() if action == "team.remove"}


def _holder(user: User, may: bool, held: bool, key: UserKey | None) -> Holder:
    if key is None:
        return Holder(user, Standing.NEVER_IN, None, "")
    standing = Standing.NO_ROLE if not may else Standing.MEMBER if held else Standing.WAITS
    return Holder(user, standing, key.created_on, key_words(bytes(key.public)))
