"""A team's keys: made, shared with a member, opened by one, and made anew when one leaves."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base import erasures
from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.errors import Refused
from klarsyn.base.vault import Context, KeyPair, Unopenable, is_signed, open_with, seal_to
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import SigningKey, Team, TeamEpoch, TeamWrap, User, UserKey
from klarsyn.people.reseal import resealers
from klarsyn.people.sessions import sign_out_everywhere
from klarsyn.people.wall import check_apart

State = TeamEpoch.State
_GRANT: Final = b"klarsyn-1 grant\0"
_AGAIN: Final = "again"


@transaction.atomic
def create_team(*, kind: Team.Kind, name: str, founder: User, keys: Unlocked) -> Team:
    """A team with one member, who may then let others in. Refused when the name is taken."""
    if Team.objects.filter(name=name).exists():
        raise Refused(_("En grupp med det namnet finns redan. Inget är sparat. Välj ett annat namn."))
    team = Team.objects.create(kind=kind, name=name, created_on=timezone.localdate())
    check_apart(founder, team)
    pair = KeyPair.new()
    epoch = TeamEpoch.objects.create(team=team, epoch=1, public=pair.public)
    _grant(epoch, pair, founder, keys)
    record(action="team.create", by=founder.pseudonym, object=str(team.id), team=team.kind)
    return team


@transaction.atomic
def add_member(*, team: Team, member: User, by: User, keys: Unlocked) -> None:
    """Seal every living epoch's key to a new member. `by` is a member and signs for it.

    The same act lets a colleague in again who has forgotten the password and made new keys.
    """
    if not UserKey.objects.filter(user=member).exists():
        raise Refused(
            _("%(name)s har inte loggat in än och har inga nycklar. Inget är ändrat. Be personen logga in.")
            % {"name": member.name}
        )
    check_apart(member, team)
    for epoch in living(team):
        pair = open_epoch(epoch, keys)
        epoch.wraps.filter(user=member).delete()
        _grant(epoch, pair, member, keys)
    record(action="team.add", by=by.pseudonym, object=member.pseudonym, team=team.kind)


@transaction.atomic
def remove_member(*, team: Team, member: User, by: User, keys: Unlocked, reason: str) -> TeamEpoch:
    """Take a member's access away at once, and begin a new epoch that the member never held.

    In one transaction: the member's wraps and sessions go, a new key is sealed to those who stay. What is
    sealed to the old key is sealed anew by `drain`, in batches that may be broken off at any time; until then
    the old epoch drains. Refused when nobody else would hold the key.
    """
    held = User.objects.filter(team_wraps__epoch__in=living(team), is_active=True)
    rest = list(held.exclude(pk=member.pk).distinct())
    if by.pk == member.pk or not any(user.pk == by.pk for user in rest):
        raise Refused(
            _(
                "En annan medlem i gruppen måste göra det här, annars kan ingen öppna ärendena. "
                "Inget är ändrat."
            )
        )
    old = TeamEpoch.objects.select_for_update().get(team=team, state=State.ACTIVE)
    open_epoch(old, keys)  # who cannot open it cannot take anybody out of it
    TeamWrap.objects.filter(epoch__team=team, user=member).delete()
    sign_out_everywhere(member)
    erasures.note("member", f"{team.id}/{member.uid}/{old.epoch}")
    TeamEpoch.objects.filter(pk=old.pk).update(state=State.DRAINING, cursor="")
    pair = KeyPair.new()
    new = TeamEpoch.objects.create(team=team, epoch=old.epoch + 1, public=pair.public)
    for user in rest:
        _grant(new, pair, user, keys)
    detail = Detail(reason, {team.kind: pair.public})
    record(action="team.remove", by=by.pseudonym, object=member.pseudonym, team=team.kind, detail=detail)
    return new


def drain(*, team: Team, keys: Unlocked, most: int = 1_000_000) -> int:
    """Seal what old epochs hold to the active one, in batches; at the end destroy the old keys.

    Returns how many batches were done. Each batch is a transaction of its own with its cursor: broken off
    anywhere, it goes on where it stood, and every case can be opened all the time.
    """
    done = 0
    for old in TeamEpoch.objects.filter(team=team, state=State.DRAINING):
        new = active(team)
        pairs = open_epoch(old, keys), open_epoch(new, keys)
        while done < most:
            with transaction.atomic():
                cursor = _batch(old, new, *pairs)
                done += 1
                if not cursor:
                    _destroy(old, new)
                    break
    return done


def _batch(old: TeamEpoch, new: TeamEpoch, old_pair: KeyPair, new_pair: KeyPair) -> str:
    """One batch of the first room that still has something; its cursor is kept as "room:cursor"."""
    at, _colon, cursor = old.cursor.partition(":")
    for number, reseal in list(enumerate(resealers()))[int(at or 0) :]:
        following = reseal(old, old_pair, new, new_pair, cursor)
        if following:
            old.cursor = f"{number}:{following}"
            old.save(update_fields=["cursor"])
            return old.cursor
        cursor = ""
    if not old.cursor:
        return ""
    # Once more from the beginning: nothing may still be sealed to a key that is about to be destroyed.
    old.cursor = ""
    old.save(update_fields=["cursor"])
    return _AGAIN


def _destroy(old: TeamEpoch, new: TeamEpoch) -> None:
    old.wraps.all().delete()
    old.escrow_pairs.all().delete()
    old.state, old.cursor, old.escrow_public, old.escrow_wrap = State.DESTROYED, "", None, None
    old.save()
    record(action="team.destroy_key", by="klarsyn", object=f"{old.team_id}/{old.epoch}", team=new.team.kind)


@transaction.atomic
def shut_out_again(id: str) -> int:
    """After a restore: take away the wraps of a member who was removed since. `id`: team/uid/epoch as noted.

    Wraps of later epochs stay: somebody who was let in again after that is a member.
    """
    team, uid, epoch = id.split("/")
    back = TeamWrap.objects.filter(epoch__team_id=team, user__uid=uid, epoch__epoch__lte=int(epoch))
    found = back.count()
    back.delete()
    if found:
        record(action="team.shut_out_again", by="klarsyn", object=uid, team=Team.objects.get(pk=team).kind)
    return min(found, 1)


def is_shut_out(id: str) -> bool:
    """Whether a removed member holds none of the keys that the ledger's line names. In a transaction: what
    is under way in the team is waited for.
    """
    team, uid, epoch = id.split("/")
    list(TeamEpoch.objects.select_for_update().filter(team_id=team))
    held = TeamWrap.objects.filter(epoch__team_id=team, user__uid=uid, epoch__epoch__lte=int(epoch))
    return not held.exists()


def living(team: Team) -> Sequence[TeamEpoch]:
    return list(TeamEpoch.objects.filter(team=team).exclude(state=State.DESTROYED))


def active(team: Team) -> TeamEpoch:
    return TeamEpoch.objects.get(team=team, state=State.ACTIVE)


def active_for_writing(team: Team) -> TeamEpoch:
    """The living epoch, held still until the caller's transaction ends: no new one begins meanwhile."""
    return TeamEpoch.objects.select_for_update().get(team=team, state=State.ACTIVE)


def open_epoch(epoch: TeamEpoch, keys: Unlocked) -> KeyPair:
    """The epoch's pair, for a member. Raises Unopenable for everybody else, and for an unsigned grant."""
    wrap = epoch.wraps.filter(user__uid=keys.uid).first()
    if wrap is None:
        raise Unopenable
    place = _place(epoch, keys.uid)
    sealed, signer = bytes(wrap.sealed), bytes(wrap.granted_by_public)
    if len(sealed) < 2:  # the signature is of the suite's byte too
        raise Unopenable
    if not is_signed(signer, _message(place, sealed, wrap.granted_by), bytes(wrap.signature)):
        raise Unopenable
    if not SigningKey.objects.filter(uid=wrap.granted_by, public=signer).exists():
        raise Unopenable  # signed by a key that was never this colleague's
    pair = KeyPair(open_with(keys.pair, sealed, place))
    if pair.public != bytes(epoch.public):
        raise Unopenable
    return pair


def open_teams(keys: Unlocked) -> Mapping[UUID, Mapping[int, KeyPair]]:
    """Every living epoch the person can open, by team."""
    found: dict[UUID, dict[int, KeyPair]] = {}
    wraps = TeamWrap.objects.filter(user__uid=keys.uid).exclude(epoch__state=State.DESTROYED)
    for wrap in wraps.select_related("epoch"):
        found.setdefault(wrap.epoch.team_id, {})[wrap.epoch.epoch] = open_epoch(wrap.epoch, keys)
    return found


def grant_from_escrow(epoch: TeamEpoch, pair: KeyPair, member: User, keys: Unlocked) -> None:
    """Let a member in with a pair that two officers brought back. Refused when it is not the epoch's."""
    if pair.public != bytes(epoch.public):
        raise Unopenable
    check_apart(member, epoch.team)
    epoch.wraps.filter(user=member).delete()
    _grant(epoch, pair, member, keys)


def _grant(epoch: TeamEpoch, pair: KeyPair, member: User, keys: Unlocked) -> None:
    place = _place(epoch, member.uid)
    public = UserKey.objects.values_list("public", flat=True).get(user=member)  # never a remembered one
    sealed = seal_to(bytes(public), pair.seed, place)
    TeamWrap.objects.create(
        epoch=epoch, user=member, sealed=sealed, granted_by=keys.uid, granted_by_public=keys.signer.public,
        signature=keys.signer.sign(_message(place, sealed, keys.uid)),
    )  # fmt: skip


def _message(place: Context, sealed: bytes, granted_by: UUID) -> bytes:
    return _GRANT + place.encode(sealed[1]) + granted_by.bytes + hashlib.sha256(sealed).digest()


def _place(epoch: TeamEpoch, member: UUID) -> Context:
    team = epoch.team_id
    return Context(
        settings.INSTANCE, str(team), "people_teamwrap", "sealed", member, team, epoch.epoch, "team seed"
    )
