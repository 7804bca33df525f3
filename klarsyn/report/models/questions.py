"""Questions put when an edition was presented, their answers, and the speaker's own notes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from klarsyn.report.models.edition import Edition
from klarsyn.report.policy import Asked, Verdict


class EveningQuestion(models.Model):
    """Fråga: what was asked when the edition was presented; of who asked at most an office or a party."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="questions")
    text = models.TextField(blank=True, default="")  # empty only when struck
    asked_as = models.CharField(max_length=80, blank=True, default="")
    state = models.CharField(max_length=8, choices=[(s.value, s.name) for s in Asked], default=Asked.NOTED)
    due_on = models.DateField()  # when an answer is promised
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    shown_at = models.DateTimeField(null=True, blank=True)
    shown_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    struck_why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        ordering = ["noted_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(shown_at__isnull=True, shown_by__isnull=True)
                | Q(shown_at__isnull=False, shown_by__isnull=False),
                name="question_shown_at_with_shown_by",
            ),
            models.CheckConstraint(
                condition=Q(state=Asked.STRUCK, text="") & ~Q(struck_why="")
                | ~Q(state=Asked.STRUCK) & ~Q(text="") & Q(struck_why=""),
                name="question_struck_is_empty_and_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(shown_by=F("noted_by")), name="question_shown_by_another_than_noted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.pk}"


class EveningAnswer(models.Model):
    """Svar: one wording of an answer and what its checker said. A new wording is a new row: history stays."""

    question = models.ForeignKey(EveningQuestion, models.CASCADE, related_name="answers")
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verdict = models.CharField(
        max_length=8, choices=[(v.value, v.name) for v in Verdict], blank=True, default=""
    )
    comment = models.TextField(blank=True, default="")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["written_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(checked_at__isnull=True), name="answer_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(verdict="", checked_at__isnull=True, checked_by__isnull=True)
                | ~Q(verdict="") & Q(checked_at__isnull=False, checked_by__isnull=False),
                name="answer_checked_at_with_checked_by",
            ),
            models.CheckConstraint(
                condition=~Q(checked_by=F("written_by")), name="answer_checked_by_another_than_wrote"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REJECT) | ~Q(comment=""), name="answer_rejection_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.pk}"


class EveningNote(models.Model):
    """Egen anteckning: what the speaker wants to remember at one slide. Staff alone read it."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="own_notes")
    slide = models.CharField(max_length=120)  # the slide's id in the evening's slides
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "slide"], name="evening_note_one_a_slide"),
            models.CheckConstraint(condition=~Q(text=""), name="evening_note_is_never_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.slide}"
