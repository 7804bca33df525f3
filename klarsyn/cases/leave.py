"""Who is away from when to when, who covers, and which clients nobody covers. Never why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.base.models import AuditEvent
from klarsyn.cases import rows
from klarsyn.cases.models import Case, CaseState, Leave
from klarsyn.cases.naming import colleagues
from klarsyn.cases.queries import NUMBER
from klarsyn.cases.workload import WRITTEN
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission

CARRIED: Final = timedelta(days=90)  # whoever has written in a case for so long carries it
LONGEST: Final = timedelta(days=3 * 366)
HAND, TO = "case.hand_over", "case.hand_over_to"


@dataclass(frozen=True, slots=True)
class Away:
    """A leave as the head sees it. `without_cover`: the numbers of the open cases nobody covers."""

    row: Leave
    is_covered: bool
    without_cover: tuple[str, ...]


def coming(user: User, team: Team, today: date) -> list[Away]:
    """The team's leave of today and to come, for its head. Raises Http404.

    Who carries a case is what the log says: who has written in it, or got it handed over, and has not handed
    it on. Sealed cases are in no number.
    """
    if not user.may_in_team(Permission.WORKLOAD_READ, team):
        raise Http404
    held = list(_held(team, today))
    here = {one.pk for one in colleagues(team)}
    with rows.of_teams(user.team_ids, is_reading=True):
        found = Case.objects.filter(team=team, state=CaseState.OPEN, is_sealed=False)
        open_now = {str(pk) for pk in found.values_list("pk", flat=True)}
    return [_away(row, held, here, open_now, today) for row in held]


def mine(user: User, team: Team, today: date) -> list[Leave]:
    """The leave of one's own to come, and that which one covers: what is to be handed over."""
    return [row for row in _held(team, today) if user.pk in (row.person_id, row.covered_by_id)]


@transaction.atomic
def state(
    user: User, team: Team, *, person: User, begins: date, ends: date, covered_by: User | None
) -> Leave:
    """Somebody is away from one day to another. Raises Http404, or Refused: the days, or who covers."""
    _check_head(user, team)
    _check_days(begins, ends, timezone.localdate())
    if person not in colleagues(team):
        raise Refused(_("Personen arbetar inte i mottagningen. Inget är ändrat."))
    if _within(team, begins, ends).filter(person=person).exists():
        raise Refused(_("Personen är redan ledig någon av dagarna. Inget är ändrat. Ta tillbaka den först."))
    days = {"begins": begins, "ends": ends, "stated_on": timezone.localdate()}
    row = Leave(team=team, person=person, **days)
    row.covered_by = _checked(row, covered_by)
    row.save(force_insert=True)
    record(action="leave.state", by=user.pseudonym, object=person.pseudonym, team=team.kind)
    return row


@transaction.atomic
def cover(user: User, team: Team, pk: int, covered_by: User | None) -> None:
    """Another covers, or nobody yet. Raises Http404 or Refused."""
    row = _of(user, team, pk)
    row.covered_by = _checked(row, covered_by)
    row.save(update_fields=["covered_by"])
    record(action="leave.cover", by=user.pseudonym, object=row.person.pseudonym, team=team.kind)


@transaction.atomic
def take_back(user: User, team: Team, pk: int) -> None:
    """It does not hold after all; the row stays. Raises Http404."""
    row = _of(user, team, pk)
    row.withdrawn_on = timezone.localdate()
    row.save(update_fields=["withdrawn_on"])
    record(action="leave.take_back", by=user.pseudonym, object=row.person.pseudonym, team=team.kind)


def _check_head(user: User, team: Team) -> None:
    """The head of this very team; who states leave in it meanwhile waits. Raises Http404."""
    if not user.may_in_team(Permission.LEAVE_CHANGE, team):
        raise Http404
    Team.objects.select_for_update().get(pk=team.pk)


def _of(user: User, team: Team, pk: int) -> Leave:
    _check_head(user, team)
    row = _held(team, timezone.localdate()).filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def _check_days(begins: date, ends: date, today: date) -> None:
    if ends < begins:
        raise Refused(_("Ledigheten slutar innan den börjar. Inget är ändrat. Rätta datumen."))
    if ends < today or ends - begins > LONGEST or begins > today + LONGEST:
        raise Refused(_("Ledigheten är redan slut, eller längre bort än tre år. Inget är ändrat."))


def _checked(row: Leave, covered_by: User | None) -> User | None:
    """Whoever covers works here and is not away meanwhile. Raises Refused."""
    if covered_by is None:
        return None
    if covered_by.pk == row.person_id or covered_by not in colleagues(row.team):
        raise Refused(_("Den som täcker är en annan i mottagningen. Inget är ändrat."))
    if _within(row.team, row.begins, row.ends).filter(person=covered_by).exists():
        raise Refused(_("Den som skulle täcka är själv ledig någon av dagarna. Inget är ändrat."))
    return covered_by


def _held(team: Team, today: date) -> QuerySet[Leave]:
    held = Leave.objects.filter(team=team, ends__gte=today, withdrawn_on=None)
    return held.select_related("person", "covered_by", "team")


def _within(team: Team, begins: date, ends: date) -> QuerySet[Leave]:
    return Leave.objects.filter(team=team, withdrawn_on=None, begins__lte=ends, ends__gte=begins)


def _away(row: Leave, held: Sequence[Leave], here: set[int], open_now: set[str], today: date) -> Away:
    by = row.covered_by
    is_away = any(
        other.person_id == row.covered_by_id and other.begins <= row.ends and other.ends >= row.begins
        for other in held
    )
    if by is not None and by.pk in here and not is_away:
        return Away(row, is_covered=True, without_cover=())
    carried = sorted(_carried(row, today) & open_now)
    return Away(row, is_covered=False, without_cover=tuple(id[:NUMBER] for id in carried))


def _carried(row: Leave, today: date) -> set[str]:
    """The cases that the person carries, as the log says in the order of its lines."""
    me, last, found = row.person.pseudonym, "", set[str]()
    lines = AuditEvent.objects.filter(
        team=row.team.kind, day__gt=today - CARRIED, action__in=(*WRITTEN, HAND, TO)
    ).order_by("sequence")
    for action, actor, object in lines.values_list("action", "actor", "object").iterator(2000):
        if action == HAND:  # the next line says to whom
            last = object
            found.discard(object)
        elif action == TO:
            found |= {last} if object == me else set()
        elif actor == me:
            found.add(object)
    return found
