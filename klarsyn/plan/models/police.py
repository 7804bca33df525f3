"""What is agreed with the police and done together: offices, months and counts, never a person or a place."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.models.measure import Measure


class Agreement(models.Model):
    """Överenskommelse: between an office of the municipality and a police area, for a time.

    Whoever signed is there by the title of the office alone. `forms`: agreed kinds of work, of kinds.toml.
    """

    title = models.CharField(max_length=160)
    registry_number = models.CharField(max_length=40)
    municipal_office = models.CharField(max_length=120)
    police_area = models.CharField(max_length=120)
    signed_for_municipality = models.CharField(max_length=120)  # the office's title
    signed_for_police = models.CharField(max_length=120)
    signed_on = models.DateField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # None = until it is ended
    forms = models.JSONField(default=list)
    document = models.URLField(max_length=300, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="plan_agreement_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Goal(models.Model):
    """Mål: what the parties want to reach by a day, and how they will know."""

    class State(models.TextChoices):
        OPEN = "open", _("pågår")
        MET = "met", _("nått")
        PARTLY = "partly", _("delvis nått")
        MISSED = "missed", _("inte nått")
        DROPPED = "dropped", _("lämnat")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="goals")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    follow_up = models.CharField(max_length=300)  # how it is followed up
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.text


class JointWork(models.Model):
    """Gemensamt arbete: one kind in one month, as numbers. No day, no place, no person, no free text."""

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)  # of police/kinds.toml
    occasions = models.PositiveSmallIntegerField()
    hours = models.PositiveSmallIntegerField()
    staff = models.PositiveSmallIntegerField()  # support staff, added over the occasions
    cards = models.PositiveSmallIntegerField()  # contact cards handed out
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("-year", "-month", "kind")
        constraints = (
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="plan_joint_month"),
            models.UniqueConstraint(fields=["year", "month", "kind"], name="plan_joint_kind_once_a_month"),
            # Where nothing was done, nobody took part and no card was handed out.
            models.CheckConstraint(
                condition=Q(occasions__gt=0) | Q(hours=0, staff=0, cards=0), name="plan_joint_none_is_none"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.month:02}"


class Meeting(models.Model):
    """Möte: when, which group, which offices were there, and what was said, without anybody by name."""

    class Group(models.TextChoices):
        STEERING = "steering", _("Styrgruppen")
        WORKING = "working", _("Arbetsgruppen")
        OTHER = "other", _("Annan grupp")

    held_on = models.DateField()
    group = models.CharField(max_length=10, choices=Group.choices)
    attendees = models.TextField(max_length=1000)  # offices, one a line
    notes = models.TextField(max_length=6000, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return f"{self.get_group_display()} {self.held_on}"


class AgreedMeasure(models.Model):
    """Överenskommen åtgärd: what a meeting agreed, which office does it and by when."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agreed")
    text = models.CharField(max_length=300)
    responsible = models.CharField(max_length=120)  # an office
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="agreed")

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.text
