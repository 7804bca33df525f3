"""A pause after wrong codes: by locator, whether anybody has it or not, never for ever or by address."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from klarsyn.contact.models import Tries
from klarsyn.contact.receivers import keyed, peppers

FREE: Final = 4  # wrong codes before the first pause
FIRST: Final = timedelta(minutes=2)  # then doubled by each …
LONGEST: Final = timedelta(minutes=32)  # … up to this: at most nine tries an hour, and always another one
FORGOTTEN: Final = timedelta(hours=1)
# Of all together, an hour; the machine has two cores, and a reception's waiting room is one address.
LIMITS: Final = {"wrong": 500, "new": 200}


class Paused(Exception):
    """Not now: nothing was tried. `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes


class Full(Exception):
    """Too much in an hour for the whole site: phone instead."""


def begin(locator: str) -> str:
    """Count a try before it is made, so that many at once are counted too. Raises Paused.

    Returns the name under which a right code takes its count back.
    """
    name, now = keyed(peppers().of(peppers().current), "tries", locator), timezone.now()
    with transaction.atomic():
        Tries.objects.filter(last_at__lte=now - FORGOTTEN).delete()
        row, _is_new = Tries.objects.select_for_update().get_or_create(
            key=name, defaults={"count": 0, "last_at": now}
        )
        wait = pause(row.count, row.last_at, now)
        if wait > timedelta(0):
            raise Paused(-(-int(wait.total_seconds()) // 60))
        Tries.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=now)
    return name


def forget(name: str) -> None:
    """After a right code."""
    Tries.objects.filter(pk=name).delete()


def pause(count: int, last: datetime, now: datetime) -> timedelta:
    """How long until the next try after `count` wrong ones, the last one at `last`."""
    if count < FREE:
        return timedelta(0)
    longer: timedelta = FIRST * 2 ** min(count - FREE, 10)
    return last + min(longer, LONGEST) - now


def count_for_all(what: str) -> None:
    """One more of a kind of `LIMITS` for the whole site, in windows of an hour. Raises Full."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        Tries.objects.filter(pk=f"all {what}", last_at__lt=hour).delete()
        row, _is_new = Tries.objects.select_for_update().get_or_create(
            key=f"all {what}", defaults={"count": 0, "last_at": hour}
        )
        if row.count >= LIMITS[what]:
            raise Full
        Tries.objects.filter(pk=row.pk).update(count=F("count") + 1)
