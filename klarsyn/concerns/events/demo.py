"""The demonstration's calendar of events, wholly invented and marked so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import monday
from klarsyn.concerns.models import Event

YEAR: Final = 2024  # the last year of the invented example
SOURCE: Final = "Påhittad för demonstrationen"
_EVENTS: Final = (
    ("Påhittade husvagnsmässan", "fair", "Påhittade mässhallarna", date(YEAR, 2, 14), 4, 21_000),
    ("Påhittade datorfestivalen", "other", "Påhittade mässhallarna", date(YEAR, 6, 13), 4, 24_000),
    ("Påhittade skogsmässan", "fair", "Påhittade mässhallarna", date(YEAR, 9, 5), 3, 14_000),
    ("Påhittade cupen", "sport", "Påhittade arenan", date(YEAR, 10, 24), 4, 9_000),
    ("Påhittade vintermässan", "fair", "Påhittade mässhallarna", date(YEAR, 11, 28), 4, 18_000),
)
_AHEAD: Final = timedelta(weeks=3)  # of today: one event is still to come


@transaction.atomic
def ensure_demo_events() -> int:
    """The invented year and one event still to come; how many. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade evenemang finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    if Event.objects.filter(is_invented=True).exists():
        return 0
    ahead = monday(timezone.localdate()) + _AHEAD
    coming = ("Påhittade båtmässan", "fair", "Påhittade mässhallarna", ahead, 3, 12_000)
    for name, kind, arena, begins, days, visitors in (every := (*_EVENTS, coming)):
        Event.objects.create(
            name=name, kind=kind, arena=arena, first_day=begins, last_day=begins + timedelta(days=days - 1),
            visitors=visitors, source=SOURCE, entered_on=begins - timedelta(days=90), is_invented=True,
        )  # fmt: skip
    return len(every)
