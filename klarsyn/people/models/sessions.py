"""Sessions as the database keeps them: a hash of the id, and a body that only the browser's cookie opens."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class StaffSession(models.Model):
    """A session. The id itself lies in the visitor's cookie alone; no address, no browser is kept."""

    id_hash = models.CharField(primary_key=True, max_length=64)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    sealed = models.BinaryField()
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # What the municipality's own sign-in calls the session and the person: keyed hashes, or "".
    outside_session = models.CharField(max_length=64, blank=True, db_index=True)
    outside_person = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="people_session_expiry"),)

    def __str__(self) -> str:
        return self.id_hash[:8]


class SeenLogout(models.Model):
    """A word of the municipality's own sign-in that a session is over, until it is too old to be believed."""

    name = models.CharField(primary_key=True, max_length=64)  # a hash of its own number
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.name[:8]
