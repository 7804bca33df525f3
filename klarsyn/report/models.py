"""Editions of the mapping and the votes of those who check them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from klarsyn.report.policy import Asked, State, Verdict

_ONLINE = (State.RELEASED, State.SUPERSEDED)


class Edition(models.Model):
    """Utgåva: one frozen mapping, written out for the politicians. Once released it never changes."""

    municipality = models.CharField(max_length=4)
    year = models.PositiveSmallIntegerField()
    is_invented = models.BooleanField(default=False)
    number = models.PositiveSmallIntegerField()
    slug = models.SlugField(max_length=40, unique=True)
    content_hash = models.CharField(max_length=64)  # of the frozen mapping it shows
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="editions")
    state = models.CharField(max_length=12, choices=[(s.value, s.name) for s in State], default=State.DRAFT)
    round = models.PositiveSmallIntegerField(default=1)  # a sent-back edition is checked anew from the start
    what_changed = models.TextField(blank=True, default="")  # empty only in a first edition
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="releases"
    )

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "is_invented", "number"], name="edition_number_once"
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "is_invented"],
                condition=Q(state=State.RELEASED),
                name="edition_one_in_force",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "is_invented"],
                condition=Q(state__in=[State.DRAFT, State.IN_CHECK, State.REJECTED]),
                name="edition_one_in_the_making",
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by__isnull=True)
                | Q(released_at__isnull=False, released_by__isnull=False),
                name="edition_released_at_with_released_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ONLINE, released_at__isnull=False)
                | (~Q(state__in=_ONLINE) & Q(released_at__isnull=True)),
                name="edition_released_when_online",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(what_changed=""), name="edition_correction_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def status(self) -> State:
        return State(self.state)

    @property
    def year_word(self) -> str:
        """What stands in the address: the year, or "exempel" for invented figures."""
        return "exempel" if self.is_invented else str(self.year)


class Vote(models.Model):
    """Röst: what one checker found in one round. Unseen by others until both are in."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="votes")
    round = models.PositiveSmallIntegerField()
    checker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="report_votes")
    verdict = models.CharField(max_length=8, choices=[(v.value, v.name) for v in Verdict])
    comment = models.TextField(blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "round", "checker"], name="vote_once_a_round"),
            models.CheckConstraint(
                condition=Q(verdict=Verdict.APPROVE) | ~Q(comment=""), name="vote_rejection_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.edition} {self.verdict}"


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
