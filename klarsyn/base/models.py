"""The tamper-evident log: lines, head, checkpoints. Nothing here points at another room's rows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class AuditEvent(models.Model):
    """Loggpost: one act. Written once; the database refuses to change or delete it."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    day = models.DateField()
    at = models.CharField(max_length=32, blank=True)  # ISO 8601 in UTC; empty where the day must do
    actor = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    team = models.CharField(max_length=60, blank=True)
    object = models.CharField(max_length=120, blank=True)
    outcome = models.CharField(max_length=10)
    detail = models.CharField(max_length=64, blank=True)  # SHA-256 of the sealed detail
    link = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        indexes = (
            models.Index(fields=["object", "sequence"], name="audit_by_object"),
            models.Index(fields=["action", "day"], name="audit_by_action"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=["ok", "refused", "failed"]), name="audit_outcome_known"
            ),
            models.CheckConstraint(condition=~Q(actor=""), name="audit_by_someone"),
        )

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"


class AuditDetail(models.Model):
    """The sealed text of a line. Destroying its keys erases it; the line and the tree stay as they are."""

    sequence = models.PositiveBigIntegerField(primary_key=True)
    sealed = models.BinaryField()
    wraps = models.JSONField(default=dict)  # reader's name -> key sealed to the reader, base64; {} = erased

    def __str__(self) -> str:
        return f"{self.sequence}"


class AuditHead(models.Model):
    """Where the log stands: what the next line hangs on. One row; writers queue at it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    size = models.PositiveBigIntegerField()
    link = models.CharField(max_length=64)
    frontier = models.JSONField()
    key = models.BinaryField()  # of the next line alone
    first_key = models.BinaryField()  # of the first line, sealed to the auditor

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(id=1), name="audit_one_head"),)

    def __str__(self) -> str:
        return f"{self.size}"


class AuditCheckpoint(models.Model):
    """A signed tree head."""

    size = models.PositiveBigIntegerField(primary_key=True)
    day = models.DateField()
    root = models.CharField(max_length=64)
    text = models.TextField()

    class Meta:
        ordering = ("size",)

    def __str__(self) -> str:
        return f"{self.size}"
