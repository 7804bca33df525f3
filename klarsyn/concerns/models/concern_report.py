"""A concern report about a child: its reporter's while it is written, the team's once it is sent."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from klarsyn.base.pauses import CountedTries


class Coded(models.Model):
    """A row that a code finds: `tag` is a keyed hash of the locator, the rest is how the code is read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tag = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField()
    passes = models.PositiveSmallIntegerField()
    memory = models.PositiveIntegerField()
    pepper_generation = models.PositiveSmallIntegerField()
    expires_on = models.DateField()  # the last day of the code

    class Meta:
        abstract = True


class ReportDraft(Coded):
    """What somebody has begun to write and saved. The code alone opens it; no team's key does."""

    sealed = models.BinaryField()

    class Meta:
        indexes = (models.Index(fields=["expires_on"], name="concerns_draft_expires"),)

    def __str__(self) -> str:
        return str(self.id)


class ConcernReport(Coded):
    """Orosanmälan, sent. The team's key opens the text; the code the receipt and the answer, never the text.

    `received_at`: to the minute for a professional; for anybody else to the hour, and only until the
    assessment of protection is noted, which alone needs it. `received_on` stays. When it is erased here,
    `body` and `for_team` are empty, and the row stays until the code has expired.
    """

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    received_on = models.DateField()
    received_at = models.DateTimeField(null=True, blank=True)
    is_professional = models.BooleanField()
    wants_feedback = models.BooleanField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # the key's id, as its records name it
    epoch = models.PositiveIntegerField()
    for_team = models.BinaryField()
    body = models.BinaryField()
    public = models.BinaryField()  # the reporter's: the answer is sealed to it
    seed = models.BinaryField()  # the secret half, under what the code derives
    feedback = models.BinaryField(null=True, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    erase_on = models.DateField(null=True, blank=True)  # set when the registrar has confirmed the hand-over

    class Meta:
        indexes = (models.Index(fields=["epoch", "id"], name="concerns_keys_by_epoch"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(feedback__isnull=True, feedback_on__isnull=True)
                | Q(feedback__isnull=False, feedback_on__isnull=False),
                name="concerns_feedback_whole",
            ),
            models.CheckConstraint(
                condition=Q(wants_feedback=False) | Q(is_professional=True),
                name="concerns_feedback_to_professionals",
            ),
        )

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_erased(self) -> bool:
        return not bytes(self.body)


class Act(StrEnum):
    """What is done with a report, in the order in which it usually comes."""

    PROTECTION = "protection"  # the need of protection at once is assessed
    DECISION = "decision"  # an inquiry is opened, or not
    FEEDBACK = "feedback"  # the professional is told whether
    HAND_OVER = "hand_over"  # a package was made for the registry
    REGISTERED = "registered"  # the registrar has confirmed it


class Outcome(StrEnum):
    """What an assessment or a decision came to."""

    NEEDS_NOW = "needs_now"
    NO_NEED = "no_need"
    INQUIRY = "inquiry"
    NO_INQUIRY = "no_inquiry"
    ONGOING = "ongoing"  # an inquiry was open already
    NONE = ""


class ReportAct(models.Model):
    """One thing done with a report by staff. What was written with it is sealed under the report's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(ConcernReport, models.CASCADE, related_name="acts")
    act = models.CharField(max_length=12, choices=[(a, a) for a in Act])
    outcome = models.CharField(max_length=12, choices=[(o, o) for o in Outcome], blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)  # a pseudonym, as in the log
    reference = models.CharField(max_length=60, blank=True)  # a message's id, a registry number
    words = models.BinaryField()

    class Meta:
        ordering = ("report", "at", "id")
        constraints = (
            models.CheckConstraint(condition=Q(act__in=[a.value for a in Act]), name="concerns_act_known"),
            models.CheckConstraint(
                condition=Q(outcome__in=[o.value for o in Outcome]), name="concerns_outcome_known"
            ),
            models.UniqueConstraint(
                fields=["report", "act"], condition=~Q(act=Act.HAND_OVER), name="concerns_act_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.report_id}"


class ReportTries(CountedTries):
    """Wrong codes of the last hour, of this room."""
