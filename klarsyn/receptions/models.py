"""A reception and what is true of it from one day to another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from klarsyn.people.models import Team


class Reception(models.Model):
    """One reception of one kind. `host_code`: the municipality that runs it, maybe for several."""

    kind = models.CharField(max_length=10, choices=Team.Kind.choices)
    host_code = models.CharField(max_length=4)
    team = models.OneToOneField(Team, models.PROTECT, related_name="reception")
    is_invented = models.BooleanField(default=False)  # the demonstration's; the page says so

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["kind", "host_code"], name="receptions_one_of_a_kind"),
        )

    def __str__(self) -> str:
        return self.team.name


class Fact(models.Model):
    """One fact with its days. Of two that hold on a day the one that began later is meant.

    So a week's other opening hours need one row with an end, and the standing ones return by themselves.
    A row is never changed but for its end: what the page said on a day can be told years later.
    """

    class What(models.TextChoices):
        AGE = "age", _("Ålder")
        PHONE = "phone", _("Telefon")
        ADDRESS = "address", _("Adress")
        HOURS = "hours", _("Öppettider")
        AREAS = "areas", _("Kommuner som får komma")
        NAMELESS = "nameless", _("Beslut om arbete utan namn")

    reception = models.ForeignKey(Reception, models.CASCADE, related_name="facts")
    what = models.CharField(max_length=10, choices=What.choices)
    value = models.CharField(max_length=1000)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)  # the last day; empty = until further notice
    source = models.CharField(max_length=200)  # who or what it is known from
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stated_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("what", "-valid_from", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="receptions_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.valid_from}"
