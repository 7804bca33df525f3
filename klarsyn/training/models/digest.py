"""Which heads want the week's digest as a letter, and the last week that each was sent one."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DigestWish(models.Model):
    """Veckobrev: a head who asked for it. Nothing of what the letters said is kept.

    `last_week`: the Monday of the week that was claimed before its letter was sent, so that whatever is
    killed between sends no second one.
    """

    head = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_wish")
    since = models.DateField()
    last_week = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.head_id} {self.last_week}"
