"""The history of the plan: each change of each field, added and never touched again."""

from __future__ import annotations

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class AppendOnly(RuntimeError):
    """Somebody tried to rewrite history."""


class ChangeRows(models.QuerySet["Change"]):
    """Rows that can be added and read."""

    def update(self, **_values: Any) -> NoReturn:
        raise AppendOnly("a change is never rewritten")

    def delete(self) -> NoReturn:
        raise AppendOnly("a change is never taken away")


class Change(models.Model):
    """Ändring: what of which row, from what to what, when, by whom of the staff and why.

    `subject` is the kind and number of the row as text ("measure-12"): any part of the room can use it.
    """

    subject = models.CharField(max_length=40, db_index=True)
    field = models.CharField(max_length=40)
    was = models.TextField(blank=True)
    became = models.TextField(blank=True)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=500, blank=True)

    objects = ChangeRows.as_manager()

    class Meta:
        ordering = ("changed_at", "pk")

    def __str__(self) -> str:
        return f"{self.subject}.{self.field}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise AppendOnly("a change is never rewritten")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("a change is never taken away")
