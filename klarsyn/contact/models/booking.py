"""Published times, the times that are booked, and what is left of them: numbers a month."""

from __future__ import annotations

import uuid
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from klarsyn.contact.models.access import Access

BOTH: Final = "both"
QUARTER: Final = 15  # minutes: the grain of a day, of which a time takes so many
LENGTHS: Final = (15, 30, 45, 60, 75, 90)


class Kind(StrEnum):
    WEEKLY = "weekly"  # the same each week, inside the opening hours
    EXTRA = "extra"  # on these days besides, opening hours or not
    CLOSED = "closed"  # on these days none, or none in these hours


class Channel(StrEnum):
    """How they meet. No picture: a phone call or a visit is all that is offered."""

    PHONE = "phone"
    VISIT = "visit"


class BookingState(StrEnum):
    BOOKED = "booked"
    WITHDRAWN = "withdrawn"  # by the reception; the visitor reads it with the code, then it goes


class Ended(StrEnum):
    """How a booked time ended. Only this is left, as a number a month."""

    MET = "met"
    NOT_MET = "not_met"
    CANCELLED = "cancelled"  # by the visitor
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"  # nobody said, and its day has passed


class PublishedTimes(models.Model):
    """Utlagda tider: one row with its days, as a fact of the reception. Changed only in its end."""

    reception = models.ForeignKey("receptions.Reception", models.CASCADE, related_name="times")
    kind = models.CharField(max_length=10, choices=[(k, k) for k in Kind])
    written = models.CharField(max_length=1000, blank=True)  # as `booking.times` reads it
    minutes = models.PositiveSmallIntegerField()
    channels = models.CharField(max_length=10)  # a channel, or both
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[k.value for k in Kind]), name="contact_times_kind_known"
            ),
            models.CheckConstraint(condition=Q(minutes__in=LENGTHS), name="contact_times_length_known"),
            models.CheckConstraint(
                condition=Q(channels__in=[*(c.value for c in Channel), BOTH]), name="contact_times_way_known"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="contact_times_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"

    @property
    def ways(self) -> frozenset[Channel]:
        return frozenset(Channel) if self.channels == BOTH else frozenset({Channel(self.channels)})


class Booking(models.Model):
    """A booked time. Its day and hour stand in the clear until it has passed, by whom stands nowhere.

    `sealed`: what the visitor wanted to say beforehand, to the team alone; the same size with nothing in it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.OneToOneField(Access, models.CASCADE, related_name="booking")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in BookingState], default=BookingState.BOOKED
    )
    day = models.DateField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField()
    channel = models.CharField(max_length=10, choices=[(c, c) for c in Channel])
    epoch = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["team", "day", "begins"], name="contact_booked_by_day"),
            models.Index(fields=["epoch", "id"], name="contact_booked_by_epoch"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in BookingState]), name="contact_booked_state_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__in=[c.value for c in Channel]), name="contact_booked_way_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class TakenQuarter(models.Model):
    """A quarter of an hour that is gone: what makes two bookings of one time impossible, crossing or not."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="quarters")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    day = models.DateField()
    quarter = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "day", "quarter"], name="contact_quarter_taken_once"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.quarter}"


class Reminder(models.Model):
    """A number and a sentence for the day before, only where somebody asked. Sealed to the notifier's key,
    which opens by itself: weaker than what is sealed to people, and gone once it is sent.
    """

    booking = models.OneToOneField(Booking, models.CASCADE, related_name="reminder")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    send_on = models.DateField()
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.send_on}"


class BookingCount(models.Model):
    """How many booked times of a month ended how. All that is left of them."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    channel = models.CharField(max_length=10, choices=[(c, c) for c in Channel])
    ended = models.CharField(max_length=10, choices=[(e, e) for e in Ended])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["team", "month", "channel", "ended"], name="contact_booked_counted_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.ended}"


class ResidenceCount(models.Model):
    """Where those who came in a month live, as far as they wanted to say: a municipality, or a word."""

    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    month = models.DateField()
    residence = models.CharField(max_length=10)  # four digits, "elsewhere", "refused" or "not_asked"
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["team", "month", "residence"], name="contact_residence_once"),
        )

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.residence}"
