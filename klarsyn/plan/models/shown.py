"""What every row of the plan that may be shown outside has: the day it was, and whether it is invented."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Shown(models.Model):
    """Nothing leaves before `published_on` stands. `is_invented`: the demonstration's; each page says so."""

    published_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)
    entered_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def is_published(self) -> bool:
        return self.published_on is not None
