"""How a point of the law stands: there, due soon, late or missing; by days, never a score. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.plan.frame.evidence import Evidence
from klarsyn.plan.frame.law import Point
from klarsyn.plan.months import add_months


class PointState(StrEnum):
    THERE = "there"
    DUE_SOON = "due_soon"
    LATE = "late"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Noted:
    """What a person says there is."""

    words: str
    document: str
    dated_on: date


@dataclass(frozen=True, slots=True)
class Stood:
    """A point with what there is of it. `due_on`: by when the oldest of what is needed is to be made anew."""

    point: Point
    state: PointState
    found: tuple[Evidence, ...]
    note: Noted | None
    since: date | None
    due_on: date | None


def stand(
    point: Point, found: Sequence[Evidence], note: Noted | None, today: date, remind_days: int
) -> Stood:
    """Where something is to be renewed, the oldest thing decides: a new plan does not renew the picture."""
    days = [one.since for one in found] + ([note.dated_on] if note else [])
    if not days:
        return Stood(point, PointState.MISSING, (), None, None, None)
    if not point.renew_months:
        return Stood(point, PointState.THERE, tuple(found), note, min(days), None)
    due = add_months(min(days), point.renew_months)
    state = PointState.THERE
    if today > due:
        state = PointState.LATE
    elif today >= due - timedelta(days=remind_days):
        state = PointState.DUE_SOON
    return Stood(point, state, tuple(found), note, min(days), due)


def check_note(words: str, dated_on: date, today: date) -> None:
    """Raises Refused: nothing said, or of a day to come."""
    if not words:
        raise Refused(_("Skriv vad som finns. Inget är sparat."))
    if dated_on > today:
        raise Refused(_("Dagen har inte varit än. Inget är sparat."))
