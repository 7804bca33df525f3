"""When a routine is next to be looked through, and what may be entered of it. Pure."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.plan.months import add_months

MOST_MONTHS: Final = 120


class RoutineState(StrEnum):
    REVIEWED = "reviewed"
    LATE = "late"
    NEVER = "never"  # nobody has looked through it since it was entered


def next_due(reviewed_on: date | None, entered_on: date, every_months: int) -> date:
    """Counted from the last review; one that never was is due the day it was entered."""
    return add_months(reviewed_on, every_months) if reviewed_on else entered_on


def state(reviewed_on: date | None, due_on: date, today: date) -> RoutineState:
    if reviewed_on is None:
        return RoutineState.NEVER
    return RoutineState.LATE if today > due_on else RoutineState.REVIEWED


def check_routine(name: str, office: str, document: str, every_months: int) -> None:
    """Raises Refused: a text that is missing, or months outside what is kept."""
    if not (name and office and document):
        raise Refused(_("Namn, kontor och handling behövs. Inget är sparat."))
    if not 1 <= every_months <= MOST_MONTHS:
        raise Refused(_("Skriv mellan 1 och %(most)d månader. Inget är sparat.") % {"most": MOST_MONTHS})


def check_reviewed(on: date, last: date | None, today: date) -> None:
    """Raises Refused: a day to come, or one before the last review."""
    if on > today:
        raise Refused(_("Dagen har inte varit än. Inget är sparat."))
    if last is not None and on < last:
        raise Refused(_("Rutinen är redan genomgången en senare dag. Inget är sparat."))
