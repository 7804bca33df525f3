"""Editions of the mapping and the votes of those who check them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from klarsyn.report.policy import State, Verdict

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
