"""A sign that somebody saw: its kind, the kind of place and the month, and nothing about a person."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q


class Sighting(models.Model):
    """One sign seen once. No day, name, address, room or free text, and no link to who logged it.

    `mark` is a keyed hash of the one who logged it and of this row: their own session knows it again, nobody
    else does, and two rows of one person have nothing in common. A wrong one is taken back, never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.CharField(max_length=80)  # where the one who logged it works; never leaves the room
    sign = models.CharField(max_length=20)  # of observations/signs.toml
    place = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    during_event = models.BooleanField()  # in a week of the calendar of events
    mark = models.CharField(max_length=64)
    is_withdrawn = models.BooleanField(default=False)
    is_invented = models.BooleanField(default=False)  # the demonstration's; the page says so

    class Meta:
        indexes = (models.Index(fields=["unit", "year", "month"], name="concerns_unit_month"),)
        constraints = (
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="concerns_seen_month"),
        )

    def __str__(self) -> str:
        return f"{self.sign} {self.year}-{self.month:02}"
