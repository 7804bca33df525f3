"""A conversation between somebody without a name and a team."""

from __future__ import annotations

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import Q

from klarsyn.contact.models.access import Access


class ThreadState(StrEnum):
    WAITS = "waits"  # the visitor wrote last
    HANDLED = "handled"  # answered, or needs no answer
    TAKEN = "taken"  # goes on as a case; which one stands in that case's card alone
    CLOSED = "closed"  # can be read and no more written in


class Thread(models.Model):
    """Kontakt. Its key is sealed twice: to the team's epoch, and to the visitor's own pair.

    An erased thread is no row at all: that somebody wrote on a day stands in the log alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    access = models.OneToOneField(Access, models.CASCADE, related_name="thread")
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=[(s, s) for s in ThreadState], default=ThreadState.WAITS)
    created_on = models.DateField()
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # the key's id, as its records name it
    epoch = models.PositiveIntegerField()
    for_team = models.BinaryField()
    for_visitor = models.BinaryField()

    class Meta:
        indexes = (
            models.Index(fields=["team", "state"], name="contact_by_team"),
            models.Index(fields=["epoch", "id"], name="contact_keys_by_epoch"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ThreadState]), name="contact_state_known"
            ),
        )

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """One message. Who wrote it, when exactly and what stand inside; outside only the day and the order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="messages")
    order = models.PositiveIntegerField()
    day = models.DateField()
    body = models.BinaryField()

    class Meta:
        ordering = ("thread", "order")
        constraints = (models.UniqueConstraint(fields=["thread", "order"], name="contact_order_once"),)

    def __str__(self) -> str:
        return f"{self.thread_id} {self.order}"


class Attachment(models.Model):
    """A file of a message, whole and sealed: its name, type and length stand inside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    body = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)
