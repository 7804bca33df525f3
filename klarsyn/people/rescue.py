"""A reception that nobody can open any more, brought back by two officers, each in a session of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klarsyn.base.audit.details import open_detail
from klarsyn.base.audit.words import key_words
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.base.vault import Unopenable
from klarsyn.people.keys import escrow, teams
from klarsyn.people.keys.accounts import Unlocked
from klarsyn.people.models import EscrowPair, Team, User
from klarsyn.people.team_keys import counsellors


@dataclass(frozen=True, slots=True)
class Offer:
    """One officer's part, done and waiting for the other. `reason` is "" for whoever cannot open it."""

    by: User
    to: User
    at: datetime
    until: datetime
    reason: str
    is_fresh: bool


@dataclass(frozen=True, slots=True)
class Rescue:
    """A team as one of its officers sees it."""

    team: Team
    is_lost: bool
    others: tuple[User, ...]
    mine: Offer | None  # handed over, waiting for the other
    theirs: Offer | None  # handed over to me


def list_rescues(officer: User, keys: Unlocked | None) -> list[Rescue]:
    """The teams that the person is an officer of."""
    found = Team.objects.filter(epochs__escrow_pairs__officer_a=officer).distinct().order_by("name")
    return [_rescue(team, officer, keys) for team in found]


def new_members(team: Team, officer: User) -> Sequence[tuple[User, str]]:
    """(somebody who may be let in, the words of their key): the counsellors' role, keys, and no officer."""
    officers = set(_pairs(team).values_list("officer_a_id", flat=True))
    may = [user for user in counsellors(team) if user.pk not in officers | {officer.pk}]
    with_keys = User.objects.filter(pk__in=[u.pk for u in may], key__isnull=False).select_related("key")
    return [(user, key_words(bytes(user.key.public))) for user in with_keys.order_by("name")]


@transaction.atomic
def hand_over(*, team: Team, to: User, by: User, keys: Unlocked, reason: str) -> None:
    """The first officer's part, for every living key of the team. Raises Refused."""
    pairs = _pairs(team).filter(officer_a=by, officer_b=to)
    if not pairs:
        raise Refused(_("Ni två är inte nyckelombud för den mottagningen. Inget är ändrat."))
    with _with_own_keys():
        for pair in pairs:
            escrow.hand_over(pair=pair, by=by, keys=keys, reason=reason)


@transaction.atomic
def take_back(*, team: Team, by: User) -> None:
    for pair in _pairs(team).filter(officer_a=by, handed_over__isnull=False):
        escrow.take_back(pair=pair, by=by)


@transaction.atomic
def let_in(*, team: Team, by: User, keys: Unlocked, member: User, reason: str) -> None:
    """The second officer's part: the new member gets every living key of the team. Raises Refused."""
    if member.pk not in {user.pk for user, _words in new_members(team, by)}:
        raise Refused(_("Den personen kan inte släppas in. Inget är ändrat. Välj någon med rollen."))
    pairs = _pairs(team).filter(officer_b=by, handed_over__isnull=False)
    if not pairs:
        raise Refused(_("Den andra personen har inte lämnat över än. Inget är ändrat. Be den göra sin del."))
    with _with_own_keys():
        for pair in pairs:
            escrow.let_in(pair=pair, by=by, keys=keys, member=member, reason=reason)


def _rescue(team: Team, officer: User, keys: Unlocked | None) -> Rescue:
    mine = _pairs(team).filter(officer_a=officer)
    others = tuple({pair.officer_b_id: pair.officer_b for pair in mine}.values())
    given = mine.filter(handed_over__isnull=False).first()
    got = _pairs(team).filter(officer_b=officer, handed_over__isnull=False).first()
    return Rescue(team, _is_lost(team), others, _offer(given, officer, keys), _offer(got, officer, keys))


def _offer(pair: EscrowPair | None, reader: User, keys: Unlocked | None) -> Offer | None:
    if pair is None or pair.reason_line is None:
        return None
    line = AuditEvent.objects.get(sequence=pair.reason_line)
    at = datetime.fromisoformat(line.at)
    reason = open_detail(line, reader.pseudonym, keys.pair) if keys else None
    fresh = escrow.is_waiting(pair)
    return Offer(pair.officer_a, pair.officer_b, at, at + escrow.WAITS, reason or "", fresh)


def _pairs(team: Team) -> QuerySet[EscrowPair]:
    found = EscrowPair.objects.filter(epoch__in=teams.living(team))
    return found.select_related("epoch__team", "officer_a__key", "officer_b__key").order_by("pk")


def _is_lost(team: Team) -> bool:
    try:
        escrow.check_lost(team)
    except Refused:
        return False
    return True


@contextmanager
def _with_own_keys() -> Iterator[None]:
    """Refused where an officer's keys are newer than the appointment."""
    try:
        yield
    except Unopenable:
        raise Refused(
            _(
                "Dina nycklar är nyare än uppdraget som nyckelombud och öppnar det inte. Inget är ändrat. "
                "Ett annat ombud måste göra det."
            )
        ) from None
