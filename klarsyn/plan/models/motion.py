"""What was asked in the council, who was asked about it, and what was decided."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.models.shown import Shown


class Motion(Shown):
    """Motion: a proposal by councillors, who are public persons in office; named by office and party."""

    slug = models.SlugField(max_length=80, unique=True)
    registry_number = models.CharField(max_length=40, blank=True)  # "" = the source does not say
    title = models.CharField(max_length=200)
    handed_in_on = models.DateField()
    handed_in_by = models.CharField(max_length=200)
    text = models.TextField(max_length=10_000)
    source = models.CharField(max_length=300)  # in words: publisher, title, year
    source_address = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("-handed_in_on", "pk")

    def __str__(self) -> str:
        return self.title


class Demand(models.Model):
    """Att-sats: one thing the motion asks for. It is shown when its motion is."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="demands")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=1000)

    class Meta:
        ordering = ("motion_id", "number")
        constraints = (
            models.UniqueConstraint(fields=["motion", "number"], name="plan_demand_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="plan_demand_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"


class Consultation(Shown):
    """Remiss: a board or department is asked what it says of the motion, by a day."""

    motion = models.ForeignKey(Motion, models.PROTECT, related_name="consultations")
    sent_to = models.CharField(max_length=200)
    sent_on = models.DateField()
    due_on = models.DateField()
    answer = models.TextField(max_length=10_000, blank=True)
    answered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("sent_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("sent_on")), name="plan_asked_before_due"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None) | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="plan_answer_with_its_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sent_to} {self.sent_on}"


class Decision(Shown):
    """Beslut: by the council, its executive or a board. `motion` is empty when none led to it."""

    class Body(models.TextChoices):
        COUNCIL = "council", _("kommunfullmäktige")
        EXECUTIVE = "executive", _("kommunstyrelsen")
        BOARD = "board", _("en nämnd")

    motion = models.ForeignKey(Motion, models.PROTECT, null=True, blank=True, related_name="decisions")
    body = models.CharField(max_length=10, choices=Body.choices)
    board = models.CharField(max_length=120, blank=True)  # which one, when a board decided
    registry_number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    decided_on = models.DateField()
    wording = models.TextField(max_length=10_000)
    source = models.CharField(max_length=300)
    source_address = models.URLField(max_length=500, blank=True)

    class Meta:
        ordering = ("-decided_on", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def by_whom(self) -> str:
        return self.board or str(self.get_body_display())


class Outcome(models.Model):
    """Utfall: what a decision said of one demand. It is shown when its decision is."""

    class Result(models.TextChoices):
        APPROVED = "approved", _("bifallen")
        PARTLY = "partly", _("delvis bifallen")
        ANSWERED = "answered", _("besvarad")
        REJECTED = "rejected", _("avslagen")

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="outcomes")
    demand = models.ForeignKey(Demand, models.PROTECT, related_name="outcomes")
    result = models.CharField(max_length=10, choices=Result.choices)
    wording = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("decision_id", "demand__number")
        constraints = (
            models.UniqueConstraint(fields=["decision", "demand"], name="plan_outcome_once_a_demand"),
        )

    def __str__(self) -> str:
        return f"{self.demand_id}: {self.result}"
