"""What is shown to the public of several municipalities: which editions, who proposed it, who agreed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from klarsyn.report.models.edition import Edition
from klarsyn.report.models.others import OtherEdition

_WHO = settings.AUTH_USER_MODEL
_HELD = Q(withdrawn_at__isnull=True)


class Comparison(models.Model):
    """Jämförelse: one indicator of named editions, side by side. It holds no figure: the editions do."""

    indicator = models.CharField(max_length=60)
    definition = models.CharField(max_length=16)  # its version when the comparison was proposed
    measures = models.JSONField()
    is_invented = models.BooleanField()
    own = models.ManyToManyField(Edition, related_name="comparisons")
    others = models.ManyToManyField(OtherEdition, related_name="comparisons")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(_WHO, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(_WHO, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(_WHO, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | (Q(agreed_at__isnull=False, agreed_by__isnull=False) & ~Q(agreed_by=F("proposed_by"))),
                name="comparison_agreed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why="")),
                name="comparison_withdrawn_at_by_why",
            ),
            models.UniqueConstraint(
                fields=["indicator", "is_invented"],
                condition=_HELD & Q(agreed_at__isnull=True),
                name="comparison_one_proposed",
            ),
            models.UniqueConstraint(
                fields=["indicator", "is_invented"],
                condition=_HELD & Q(agreed_at__isnull=False),
                name="comparison_one_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.pk}"
