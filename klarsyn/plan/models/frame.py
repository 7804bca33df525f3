"""What a person says of a point of the law, and the routines with their reviews."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from klarsyn.plan.models.wheel import Kept


class LawNote(Kept):
    """Anteckning om en punkt i lagen: what there is, since when, where the document lies. The newest counts.

    `holds` false: what an earlier note said is not so any more.
    """

    point = models.CharField(max_length=30, db_index=True)
    holds = models.BooleanField(default=True)
    words = models.CharField(max_length=500)
    document = models.CharField(max_length=300, blank=True)  # a registry number or an address
    dated_on = models.DateField()

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.point} {self.dated_on}"


class Routine(models.Model):
    """Rutin: which office owns it, and how often it is to be looked through."""

    name = models.CharField(max_length=160)
    office = models.CharField(max_length=120)
    every_months = models.PositiveSmallIntegerField()
    document = models.CharField(max_length=300)
    entered_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(every_months__gte=1, every_months__lte=120), name="plan_routine_months"
            ),
            models.UniqueConstraint(
                fields=["name"], condition=Q(ended_on=None), name="plan_routine_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RoutineEvent(Kept):
    """Händelse med en rutin: entered, changed, reviewed or ended; added and never changed."""

    class Kind(models.TextChoices):
        ENTERED = "entered"
        CHANGED = "changed"
        REVIEWED = "reviewed"
        ENDED = "ended"

    routine = models.ForeignKey(Routine, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    on = models.DateField()
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-on", "-pk")

    def __str__(self) -> str:
        return f"{self.routine_id} {self.kind} {self.on}"
