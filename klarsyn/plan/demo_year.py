"""The demonstration's invented year: an evening three weeks ahead, notes about the law, two routines."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan.frame import actions as frame
from klarsyn.plan.models import CouncilEvening, Routine
from klarsyn.plan.months import add_months
from klarsyn.plan.routines import actions as routines
from klarsyn.plan.wheel import actions

MAPPING_YEAR = 2024  # of the invented edition


@transaction.atomic
def ensure_demo_year_wheel() -> int:
    """How many rows were made: none when they stand. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade år finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    by = User.objects.filter(username="petra", is_demo=True).first()
    if by is None or CouncilEvening.objects.exists() or Routine.objects.exists():
        return 0
    today = timezone.localdate()
    evening = min(today + timedelta(days=20), date(today.year, 12, 20))
    actions.set_evening(
        year=today.year, on=max(evening, today), mapping_year=MAPPING_YEAR, why="Påhittat", by=by,
        today=today, is_invented=True,
    )  # fmt: skip
    frame.note(
        point="council", holds=True, words="Påhittat: brottsförebyggande rådet, med polisen och skolan.",
        document="KS 2024/00 (påhittat)", dated_on=date(2024, 2, 1), by=by, today=today, is_invented=True,
    )  # fmt: skip
    _routines(by, today)
    return 4


def _routines(by: User, today: date) -> None:
    for name, office, months, ago in (
        ("Påhittad rutin: när ett barn är inblandat", "Socialtjänsten, barn och unga", 12, 14),
        ("Påhittad rutin: rapporten lämnas till fullmäktige", "Kommunledningskontoret", 24, 3),
    ):
        routines.enter(
            name=name, office=office, every_months=months, document="Påhittad handling",
            reviewed_on=add_months(today, -ago), by=by, today=today, is_invented=True,
        )  # fmt: skip
