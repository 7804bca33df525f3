"""A fair or another large event, as the public knows it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Event(models.Model):
    """Evenemang: what, where and when, entered before it begins, since it parts the year's weeks in two."""

    class Kind(models.TextChoices):
        FAIR = "fair", _("Mässa")
        SPORT = "sport", _("Idrott")
        MUSIC = "music", _("Konsert eller festival")
        CONGRESS = "congress", _("Konferens eller kongress")
        OTHER = "other", _("Annat stort evenemang")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    arena = models.CharField(max_length=120)
    first_day = models.DateField()
    last_day = models.DateField()
    visitors = models.PositiveIntegerField(null=True, blank=True)  # expected; None = nobody has said
    source = models.CharField(max_length=200)
    entered_on = models.DateField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ("first_day", "name", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="concerns_event_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.name
