"""When no member is left: two officers together, never one, bring a team's key back to a new member.

The escrow pair's seed is sealed to officer B and that ciphertext to officer A: nested wraps, no secret
sharing of our own. A takes the outer layer off, says why and hands it to B; B opens it and lets a member in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import Detail, record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Context, KeyPair, open_with, seal_to
from klarsyn.people.keys import teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import EscrowPair, Team, TeamEpoch, User

WAITS: Final = timedelta(days=7)  # how long A's part is good; then A says anew that it is still so


@transaction.atomic
def appoint(*, team: Team, officers: Sequence[User], by: User, keys: Unlocked) -> None:
    """Seal the active epoch's key to an escrow pair that any two of the officers open together.

    `by` is a member. Refused for fewer than two officers, or for one who is a member of the team.
    """
    epoch = teams.active(team)
    members = set(epoch.wraps.values_list("user_id", flat=True))
    if len({officer.pk for officer in officers}) < 2 or any(o.pk in members for o in officers):
        raise Refused(
            _("Minst två personer som inte själva är med i gruppen behövs. Inget är ändrat. Välj fler.")
        )
    pair = teams.open_epoch(epoch, keys)
    escrow = KeyPair.new()
    epoch.escrow_pairs.all().delete()
    epoch.escrow_public = escrow.public
    epoch.escrow_wrap = seal_to(escrow.public, pair.seed, _place(epoch, "escrow wrap"))
    epoch.save(update_fields=["escrow_public", "escrow_wrap"])
    for a, b in permutations(officers, 2):
        inner = seal_to(bytes(b.key.public), escrow.seed, _layer(epoch, b, "inner"))
        outer = seal_to(bytes(a.key.public), inner, _layer(epoch, a, "outer"))
        EscrowPair.objects.create(epoch=epoch, officer_a=a, officer_b=b, nested=outer)
    record(action="escrow.appoint", by=by.pseudonym, object=str(team.id), team=team.kind)


@transaction.atomic
def hand_over(*, pair: EscrowPair, by: User, keys: Unlocked, reason: str) -> EscrowPair:
    """Officer A's act: take the outer layer off and say why. A sees no key: what is left only B opens."""
    if pair.officer_a_id != by.pk:
        raise Refused(_("Bara den utsedda personen kan göra det här. Inget är ändrat."))
    if not reason.strip():
        raise Refused(_("Skriv varför nyckeln behövs. Inget är ändrat."))
    check_lost(pair.epoch.team)
    pair.handed_over = open_with(keys.pair, bytes(pair.nested), _layer(pair.epoch, by, "outer"))
    readers = {officer.pseudonym: bytes(officer.key.public) for officer in (pair.officer_a, pair.officer_b)}
    line = record(
        action="escrow.hand_over", by=by.pseudonym, object=str(pair.epoch.team_id), team=pair.epoch.team.kind,
        detail=Detail(reason, readers),
    )  # fmt: skip
    pair.reason_line = line.sequence
    pair.save(update_fields=["handed_over", "reason_line"])
    return pair


@transaction.atomic
def take_back(*, pair: EscrowPair, by: User) -> None:
    """Officer A changes their mind before B has acted; the outer layer is on again."""
    if pair.officer_a_id != by.pk or pair.handed_over is None:
        raise Refused(_("Det finns inget att ta tillbaka. Inget är ändrat."))
    pair.handed_over, pair.reason_line = None, None
    pair.save(update_fields=["handed_over", "reason_line"])
    team = pair.epoch.team
    record(action="escrow.take_back", by=by.pseudonym, object=str(team.id), team=team.kind)


@transaction.atomic
def let_in(*, pair: EscrowPair, by: User, keys: Unlocked, member: User, reason: str) -> None:
    """Officer B's act, after A's: open the escrow pair, seal the team's key to a new member, forget it."""
    if pair.officer_b_id != by.pk:
        raise Refused(_("Bara den utsedda personen kan göra det här. Inget är ändrat."))
    if pair.handed_over is None:
        raise Refused(_("Den andra personen har inte lämnat över än. Inget är ändrat. Be den göra sin del."))
    if not is_waiting(pair):
        raise Refused(_("Överlämningen är för gammal. Inget är ändrat. Be den andra personen göra om den."))
    if not reason.strip() or member.pk in (pair.officer_a_id, pair.officer_b_id):
        raise Refused(_("Välj en ny medlem som inte är någon av er två, och skriv varför. Inget är ändrat."))
    check_lost(pair.epoch.team, but=member)
    epoch = pair.epoch
    escrow = KeyPair(open_with(keys.pair, bytes(pair.handed_over), _layer(epoch, by, "inner")))
    seed = open_with(escrow, bytes(epoch.escrow_wrap or b""), _place(epoch, "escrow wrap"))
    teams.grant_from_escrow(epoch, KeyPair(seed), member, keys)
    pair.handed_over, pair.reason_line = None, None
    pair.save(update_fields=["handed_over", "reason_line"])
    record(
        action="escrow.let_in", by=by.pseudonym, object=member.pseudonym, team=epoch.team.kind,
        detail=Detail(reason, {epoch.team.kind: bytes(epoch.public)}),
    )  # fmt: skip


def check_lost(team: Team, *, but: User | None = None) -> None:
    """Raises Refused while somebody with an account still holds the key: a colleague lets people in then.

    `but`: who has just been let in to another epoch of the same team.
    """
    holders = User.objects.filter(team_wraps__epoch__in=teams.living(team), is_active=True)
    if any(user != but for user in holders):
        raise Refused(
            _(
                "Någon i mottagningen har fortfarande nyckeln och kan släppa in kollegor. Inget är ändrat. "
                "Nyckelombuden behövs först när ingen är kvar."
            )
        )


def handed_over_at(pair: EscrowPair) -> datetime | None:
    """When A did their part, as the log says."""
    if pair.reason_line is None:
        return None
    line = AuditEvent.objects.filter(sequence=pair.reason_line).first()
    return datetime.fromisoformat(line.at) if line else None


def is_waiting(pair: EscrowPair, now: datetime | None = None) -> bool:
    """Whether A's part is done and fresh enough for B to go on."""
    at = handed_over_at(pair)
    return pair.handed_over is not None and at is not None and (now or datetime.now(UTC)) - at <= WAITS


def _place(epoch: TeamEpoch, purpose: str) -> Context:
    team = epoch.team_id
    return Context(
        settings.INSTANCE, str(team), "people_teamepoch", "escrow_wrap", team, team, epoch.epoch, purpose
    )


def _layer(epoch: TeamEpoch, officer: User, layer: str) -> Context:
    return Context(
        settings.INSTANCE, str(epoch.team_id), "people_escrowpair", "nested", officer.uid, epoch.team_id,
        epoch.epoch, layer,
    )  # fmt: skip
