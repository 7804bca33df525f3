"""The year's wheel as the keeper has set it: the evening, the days of a stage, what a person says is done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from klarsyn.plan.stages import Stage


class Kept(models.Model):
    """A row that is added and never changed: of the rows about one thing the newest counts."""

    entered_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_invented = models.BooleanField(default=False)

    class Meta:
        abstract = True


class CouncilEvening(Kept):
    """Kvällen i fullmäktige: its day, and of which year the mapping is that is shown there.

    Without a day there is no evening that year, and `why` says why.
    """

    year = models.PositiveSmallIntegerField(db_index=True)
    on = models.DateField(null=True, blank=True)
    mapping_year = models.PositiveSmallIntegerField()
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(on__isnull=False) | ~Q(why=""), name="plan_no_evening_says_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.year}"


class StageDates(Kept):
    """Ett skedes dagar och vem som svarar för det, as the keeper has changed them for one year."""

    year = models.PositiveSmallIntegerField(db_index=True)
    stage = models.CharField(max_length=10, choices=[(s.value, s.name) for s in Stage])
    starts_on = models.DateField()
    due_on = models.DateField()
    responsible = models.CharField(max_length=120)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="plan_stage_in_order"),
        )

    def __str__(self) -> str:
        return f"{self.year} {self.stage}"


class StageDone(Kept):
    """Vad någon säger om ett skede som systemet inte ser: done on a day, or (no day) not done after all."""

    year = models.PositiveSmallIntegerField(db_index=True)
    stage = models.CharField(max_length=10, choices=[(s.value, s.name) for s in Stage])
    on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300)
    document = models.CharField(max_length=300, blank=True)  # a registry number or an address

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.year} {self.stage}"
