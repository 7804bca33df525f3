"""Cards with a code that is good once, calls that somebody asked for, and the numbers left of both."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from klarsyn.contact.models.access import Access


class Partner(StrEnum):
    """Who hands a card out."""

    POLICE = "police"
    COURT = "court"
    CARE = "care"
    OTHER = "other"


class CardFate(StrEnum):
    """What became of a card; by month and partner, never by card."""

    MADE = "made"
    CALL = "call"
    BOOKING = "booking"
    THREAD = "thread"


class Outcome(StrEnum):
    """How a call ended. Only this is left, as a number a month."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    ASKED_NOT = "asked_not"  # asked not to be phoned any more
    NOT_CALLED = "not_called"  # its last day came first


class Card(models.Model):
    """A card nobody has used yet. Used, it is no row at all; to whom it was handed stands nowhere.

    Its code is good to the end of a month and dated the first of one: days that many share.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.OneToOneField(Access, models.CASCADE, related_name="card")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    partner = models.CharField(max_length=10, choices=[(p, p) for p in Partner])

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(partner__in=[p.value for p in Partner]), name="contact_card_partner_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class CardCount(models.Model):
    """How many cards of a partner were made in a month, and how many led to what."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()
    partner = models.CharField(max_length=10, choices=[(p, p) for p in Partner])
    fate = models.CharField(max_length=10, choices=[(f, f) for f in CardFate])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["team", "month", "partner", "fate"], name="contact_card_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.partner} {self.fate}"


class CallRequest(models.Model):
    """Somebody who wants to be phoned. Name and number lie sealed to the team, and go after the call."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    due_on = models.DateField()
    last_on = models.DateField()  # gone after this day, phoned or not
    tries = models.PositiveSmallIntegerField(default=0)
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ("due_on", "id")
        indexes = (models.Index(fields=["epoch", "id"], name="contact_calls_by_epoch"),)

    def __str__(self) -> str:
        return str(self.id)


class CallCount(models.Model):
    """How many calls of a month ended how."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()
    outcome = models.CharField(max_length=12, choices=[(o, o) for o in Outcome])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "month", "outcome"], name="contact_call_counted_once"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.outcome}"
