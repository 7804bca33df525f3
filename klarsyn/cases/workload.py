"""How much a reception carries, for its head: numbers alone, from what stands in the clear and in the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Count, Max, Q
from django.http import Http404

from klarsyn.base.models import AuditEvent
from klarsyn.cases import rows
from klarsyn.cases.models import Case, CaseState, RecordState, SealedRecord
from klarsyn.people.models import Team, User
from klarsyn.people.permissions import Permission
from klarsyn.people.queries import list_people

MONTH: Final = timedelta(days=30)
QUIET: Final = timedelta(days=90)  # nothing written for so long
UNLOCKED: Final = timedelta(days=14)  # a working note older than this
WRITTEN: Final = ("case.open", "case.write", "case.revise", "case.lock", "case.correct")


@dataclass(frozen=True, slots=True)
class Workload:
    """A team on a day. Sealed cases are in none of the numbers. `carried`: name -> cases written in."""

    open: int
    opened: int
    closed: int
    quiet: int
    first_days: int | None  # the most days that an open case has waited for its first record
    unlocked: int
    carried: tuple[tuple[str, int], ...]


def workload(user: User, team: Team, today: date) -> Workload:
    """The numbers of the team, for its head. Raises Http404."""
    if not user.may_in_team(Permission.WORKLOAD_READ, team):
        raise Http404
    with rows.of_teams(user.team_ids, is_reading=True):
        cases = Case.objects.filter(team=team, is_sealed=False)
        held = cases.filter(state=CaseState.OPEN).annotate(last=Max("records__day"), n=Count("records"))
        waits = held.filter(n=0).order_by("created_on").values_list("created_on", flat=True).first()
        old = SealedRecord.objects.filter(
            case__in=cases.filter(state=CaseState.OPEN), state=RecordState.WORKING, day__lt=today - UNLOCKED
        )
        still = Q(last__lt=today - QUIET) | Q(n=0, created_on__lt=today - QUIET)
        return Workload(
            open=held.count(),
            opened=cases.filter(created_on__gt=today - MONTH).count(),
            closed=cases.filter(state=CaseState.CLOSED).count(),
            quiet=held.filter(still).count(),
            first_days=(today - waits).days if waits else None,
            unlocked=old.count(),
            carried=_carried(team, {str(pk) for pk in cases.values_list("pk", flat=True)}, today),
        )


def _carried(team: Team, cases: set[str], today: date) -> tuple[tuple[str, int], ...]:
    """In how many of the cases each counsellor has written in a month, as the log says."""
    people = list_people(Permission.CASE_WRITE, team)
    found = AuditEvent.objects.filter(
        action__in=WRITTEN, team=team.kind, day__gt=today - MONTH, actor__in=[one.pseudonym for one in people]
    )
    pairs = {(actor, case) for actor, case in found.values_list("actor", "object") if case in cases}
    return tuple((one.name, sum(actor == one.pseudonym for actor, _case in pairs)) for one in people)
