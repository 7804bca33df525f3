"""What is held of other municipalities: the keys somebody decided to trust, and the editions taken in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from klarsyn.report.signing.keys import fingerprint

_WHO = settings.AUTH_USER_MODEL


class TrustedKey(models.Model):
    """Betrodd nyckel: another municipality's public key, and who decided to trust it, when and why."""

    municipality = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    public = models.CharField(max_length=64, unique=True)
    reason = models.CharField(max_length=300)
    vouched_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="vouched_for")
    trusted_at = models.DateTimeField()
    trusted_by = models.ForeignKey(_WHO, models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(_WHO, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["municipality", "trusted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True, revoked_why="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_why="")),
                name="trusted_key_revoked_at_by_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.public[:8]}"

    @property
    def words(self) -> str:
        """The key as it was read out."""
        return fingerprint(self.public)


class OtherEdition(models.Model):
    """Annan kommuns utgåva: its own released figures as signed; of one taken away only the row is left."""

    municipality = models.CharField(max_length=4)
    name = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    is_invented = models.BooleanField()
    released_on = models.DateField()
    address = models.CharField(max_length=300)
    what_changed = models.TextField(blank=True, default="")
    key = models.ForeignKey(TrustedKey, models.PROTECT, related_name="editions")
    package_sha256 = models.CharField(max_length=64)
    figures = models.JSONField()
    taken_in_at = models.DateTimeField()
    taken_in_by = models.ForeignKey(_WHO, models.PROTECT, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(_WHO, models.PROTECT, null=True, blank=True, related_name="+")
    removed_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ["name", "-year", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "year", "is_invented", "number"],
                condition=Q(removed_at__isnull=True),
                name="other_edition_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "year", "is_invented"],
                condition=Q(removed_at__isnull=True, replaced_at__isnull=True),
                name="other_edition_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, removed_why="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False) & ~Q(removed_why="")),
                name="other_edition_removed_at_by_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}-{self.year}-{self.number}"
