"""The register of routines with each one's days, and what has happened to one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q

from klarsyn.plan.models import Routine, RoutineEvent
from klarsyn.plan.routines.policy import RoutineState, next_due, state

_REVIEWED = Q(events__kind=RoutineEvent.Kind.REVIEWED)


@dataclass(frozen=True, slots=True)
class Kept:
    """A routine as it stands on a day."""

    routine: Routine
    reviewed_on: date | None
    due_on: date
    state: RoutineState


def register(today: date) -> list[Kept]:
    """Every routine that has not ended; what is due first stands first."""
    rows = Routine.objects.filter(ended_on=None).annotate(last=Max("events__on", filter=_REVIEWED))
    found = [_kept(row, row.last, today) for row in rows]
    return sorted(found, key=lambda one: (one.due_on, one.routine.name))


def one(routine: Routine, today: date) -> Kept:
    return _kept(routine, last_review(routine), today)


def last_review(routine: Routine) -> date | None:
    found = RoutineEvent.objects.filter(routine=routine, kind=RoutineEvent.Kind.REVIEWED)
    day: date | None = found.aggregate(last=Max("on"))["last"]
    return day


def history(routine: Routine) -> list[RoutineEvent]:
    """Newest first; nothing of it is ever changed."""
    return list(routine.events.select_related("entered_by"))


def _kept(routine: Routine, reviewed_on: date | None, today: date) -> Kept:
    due = next_due(reviewed_on, routine.entered_on, routine.every_months)
    return Kept(routine, reviewed_on, due, state(reviewed_on, due, today))
