"""The action plan, its measures with their milestones, and the reviews of what came of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klarsyn.plan.models.motion import Decision, Demand
from klarsyn.plan.models.shown import Shown
from klarsyn.plan.policy import State


class ActionPlan(Shown):
    """Handlingsplan: for a period, adopted by a decision; it may replace an earlier one."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    adopted_by = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="plans")
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    class Meta:
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="plan_period_in_order"),
            models.CheckConstraint(
                condition=Q(supersedes=None) | ~Q(supersedes=F("pk")), name="plan_not_after_itself"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Measure(Shown):
    """Åtgärd: a deed of the plan. Late is told from the days, never set.

    `indicator`: the key of a published figure and which of its cells. Every value of it comes from released
    editions, that of the baseline year too.
    """

    class Direction(models.TextChoices):
        UP = "up", _("ska öka")
        DOWN = "down", _("ska minska")

    plan = models.ForeignKey(ActionPlan, models.PROTECT, related_name="measures")
    demands = models.ManyToManyField(Demand, related_name="measures", blank=True)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    what = models.TextField(max_length=5000)
    responsible_unit = models.CharField(max_length=80)  # the unit's name, as roles are held there
    starts_on = models.DateField()
    due_on = models.DateField()
    cost = models.PositiveBigIntegerField(null=True, blank=True)  # kronor in all; None = nobody has said
    funding = models.CharField(max_length=200, blank=True)
    funding_ends_on = models.DateField(null=True, blank=True)
    weight = models.DecimalField(max_digits=12, decimal_places=3, default=1)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    indicator = models.CharField(max_length=80, blank=True)
    indicator_cell = models.CharField(max_length=200, blank=True)
    baseline_year = models.PositiveSmallIntegerField(null=True, blank=True)
    target = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(null=True, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices, blank=True)

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(due_on__gte=F("starts_on")), name="plan_measure_in_order"),
            models.CheckConstraint(condition=Q(weight__gte=0), name="plan_weight_not_negative"),
        )

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """Delmål: a step of a measure that is either done or not. It is shown when its measure is."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("due_on", "pk")

    def __str__(self) -> str:
        return self.title


class Review(Shown):
    """Uppföljning: what the responsible unit says came of the measure, and why when it is late."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="reviews")
    reviewed_on = models.DateField()
    by_unit = models.CharField(max_length=120)  # the office that says it, never a person
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    came_of_it = models.TextField(max_length=5000)
    state_then = models.CharField(max_length=10, choices=State.choices)
    was_late = models.BooleanField(default=False)
    reason_late = models.TextField(max_length=2000, blank=True)
    next_review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-reviewed_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(was_late=False) | ~Q(reason_late=""), name="plan_late_with_its_reason"
            ),
        )

    def __str__(self) -> str:
        return f"{self.measure_id} {self.reviewed_on}"
