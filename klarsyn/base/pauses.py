"""A pause after wrong codes: by locator, whether anybody has it or not, never for ever or by address.

Each room that has codes counts in a table of its own, made of `CountedTries`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

FREE: Final = 4  # wrong codes before the first pause
FIRST: Final = timedelta(minutes=2)  # then doubled by each …
LONGEST: Final = timedelta(minutes=32)  # … up to this: at most nine tries an hour, and always another one
FORGOTTEN: Final = timedelta(hours=1)


class CountedTries(models.Model):
    """Wrong codes of the last hour, by a keyed hash that finds no code's row: also for codes that nobody has.

    Gone after an hour; says when somebody typed a wrong code, and of whom neither.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.count} tries"


class Paused(Exception):
    """Not now: nothing was tried. `minutes` until the next try."""

    def __init__(self, minutes: int) -> None:
        super().__init__()
        self.minutes = minutes


class Full(Exception):
    """Too much in an hour for the whole site: phone instead."""


def begin(tries: type[CountedTries], name: str) -> None:
    """Count a try before it is made, so that many at once are counted too. Raises Paused."""
    counted, now = _of(tries), timezone.now()
    with transaction.atomic():
        counted.filter(last_at__lte=now - FORGOTTEN).delete()
        row, _is_new = counted.select_for_update().get_or_create(
            key=name, defaults={"count": 0, "last_at": now}
        )
        wait = pause(row.count, row.last_at, now)
        if wait > timedelta(0):
            raise Paused(-(-int(wait.total_seconds()) // 60))
        counted.filter(pk=row.pk).update(count=F("count") + 1, last_at=now)


def forget(tries: type[CountedTries], name: str) -> None:
    """After a right code."""
    _of(tries).filter(pk=name).delete()


def pause(count: int, last: datetime, now: datetime) -> timedelta:
    """How long until the next try after `count` wrong ones, the last one at `last`."""
    if count < FREE:
        return timedelta(0)
    longer: timedelta = FIRST * 2 ** min(count - FREE, 10)
    return last + min(longer, LONGEST) - now


def count_for_all(tries: type[CountedTries], what: str, most: int) -> None:
    """One more of a kind for the whole site, in windows of an hour. Raises Full."""
    counted, now = _of(tries), timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        counted.filter(pk=f"all {what}", last_at__lt=hour).delete()
        row, _is_new = counted.select_for_update().get_or_create(
            key=f"all {what}", defaults={"count": 0, "last_at": hour}
        )
        if row.count >= most:
            raise Full
        counted.filter(pk=row.pk).update(count=F("count") + 1)


def _of(tries: type[CountedTries]) -> Any:
    return tries._default_manager
