"""Who came to a unit and when, which course is asked of whom by which day, and the certificates' numbers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from klarsyn.training.models.learning import Completion, Learner, Unit


class Arrival(models.Model):
    """Ankomst: the day somebody came to the unit they are in; whoever leaves it has none."""

    learner = models.OneToOneField(Learner, models.CASCADE, related_name="arrival")
    came_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.learner_id} {self.came_on}"


class Assignment(models.Model):
    """Tilldelning: a course that a unit or a role is to have done by a day, and again before it expires.

    Of a unit it also holds for the units in it. `ended_on`: nobody is asked from that day.
    """

    course = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, models.CASCADE, null=True, blank=True, related_name="assignments")
    role = models.CharField(max_length=40, blank=True)
    due_on = models.DateField()
    assigned_on = models.DateField()
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "course")
        constraints = (
            models.CheckConstraint(
                condition=Q(unit__isnull=False, role="") | (Q(unit=None) & ~Q(role="")),
                name="training_unit_or_role",
            ),
            models.UniqueConstraint(
                fields=["course", "unit"],
                condition=Q(ended_on=None, role=""),
                name="training_unit_asked_once",
            ),
            models.UniqueConstraint(
                fields=["course", "role"],
                condition=Q(ended_on=None, unit=None),
                name="training_role_asked_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.course}: {self.unit_id or self.role} {self.due_on}"


class Certificate(models.Model):
    """Intyg: the number on the paper. The name is on the paper alone; the number tells whether it holds."""

    completion = models.OneToOneField(Completion, models.CASCADE, related_name="certificate")
    number = models.CharField(max_length=12, unique=True)
    made_on = models.DateField()

    def __str__(self) -> str:
        return self.number
