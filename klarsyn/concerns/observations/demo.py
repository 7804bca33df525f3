"""The demonstration's signs, drawn by a fixed seed, wholly invented and marked so."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.base.event_weeks import event_weeks, weeks_of
from klarsyn.concerns.events.demo import YEAR, ensure_demo_events
from klarsyn.concerns.models import Sighting
from klarsyn.concerns.observations import policy
from klarsyn.concerns.observations.signs import catalogue, open_on

UNIT: Final = "Öster"  # the demonstration's field worker works there
_PLACES: Final = {
    "hotel": 34, "short_let": 13, "premises": 7, "fair": 14, "school": 8, "street": 14, "online": 7,
    "other": 3,
}  # fmt: skip
_A_WEEK: Final = {True: 7, False: 3}  # signs logged in a week with an event, and in another, about


@transaction.atomic
def ensure_demo_observations() -> int:
    """The invented year and the latest months of the invented unit; how many signs. Safe to repeat."""
    if not settings.DEMO:
        raise Refused(_("Påhittade tecken finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    ensure_demo_events()
    if Sighting.objects.filter(is_invented=True).exists():
        return 0
    today, busy = timezone.localdate(), set(event_weeks())
    drawn = Random(f"{YEAR} signs")  # noqa: S311  invented, and the same each time
    rows = [row for month in range(1, 13) for row in _month(drawn, (YEAR, month), busy)]
    for when in policy.months(today):
        rows += _month(drawn, when, set())[:9]
    return len(Sighting.objects.bulk_create(rows))


def _month(drawn: Random, when: tuple[int, int], busy: set[date]) -> list[Sighting]:
    signs = [one.key for one in open_on(catalogue().signs, timezone.localdate())]
    made = []
    for week in sorted(weeks_of([when])):
        often = _A_WEEK[week in busy]
        for _n in range(drawn.randint(often // 2, often * 3 // 2)):
            (place,) = drawn.choices(list(_PLACES), list(_PLACES.values()))
            made.append(
                Sighting(
                    unit=UNIT, sign=drawn.choice(signs), place=place, year=when[0], month=when[1],
                    during_event=week in busy, is_invented=True,
                )
            )  # fmt: skip
    return made
