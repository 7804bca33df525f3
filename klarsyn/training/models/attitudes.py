"""A survey of attitudes, the answers while it is open, and the counts that are left when it is closed."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AttitudeSurvey(models.Model):
    """Mätning: one group asked the same items up to three times. Nothing here is of somebody who answers.

    `stage` is the time that is asked for now; no other takes an answer. `items`, `version` and `fingerprint`
    say which words were asked, `pepper_generation` what the codes' hashes are keyed with.
    """

    class Stage(models.TextChoices):
        BEFORE = "before", _("före")
        AFTER = "after", _("direkt efter")
        LATER = "later", _("efter tre månader")
        CLOSED = "closed", _("avslutad")

    name = models.CharField(max_length=80)
    link = models.CharField(max_length=40, unique=True)  # many hold it; it opens nothing but the form
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.BEFORE)
    items = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    pepper_generation = models.PositiveSmallIntegerField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("-made_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(stage="closed", closed_on__isnull=False)
                | (~Q(stage="closed") & Q(closed_on=None)),
                name="training_survey_closed_with_its_day",
            ),
        )

    def __str__(self) -> str:
        return self.name


class AttitudeAnswer(models.Model):
    """Svar utan namn: what somebody answered at one time, under the keyed hash of a code they made.

    Its id is random and it knows its month alone, so that neither says who came first. Gone when the survey
    is closed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(AttitudeSurvey, models.CASCADE, related_name="answers")
    stage = models.CharField(max_length=10)
    tag = models.CharField(max_length=64)
    month = models.DateField()  # its first day
    fingerprint = models.CharField(max_length=64)
    answers = models.JSONField()  # item -> what was chosen; an item that was skipped is not there

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["survey", "stage", "tag"], name="training_answered_once"),
            models.CheckConstraint(
                condition=Q(stage__in=["before", "after", "later"]), name="training_answer_stage_known"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="training_answer_month_alone"),
        )

    def __str__(self) -> str:
        return f"{self.stage} {self.month:%Y-%m}"


class AttitudeCount(models.Model):
    """Antal par: how many went from one score to another on an item, of a survey that is closed.

    `item`: an item's id, "index" for the sum of attitudes, "everyone" for the people whatever they answered.
    `after` empty: asked before and in no pair; `before` empty: answered later with a code that was not there.
    """

    survey = models.ForeignKey(AttitudeSurvey, models.CASCADE, related_name="counts")
    stage = models.CharField(max_length=10)  # the later of the two
    item = models.CharField(max_length=60)
    before = models.SmallIntegerField(null=True, blank=True)
    after = models.SmallIntegerField(null=True, blank=True)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["survey", "stage", "item", "before", "after"], name="training_pairs_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} {self.stage}: {self.number}"
