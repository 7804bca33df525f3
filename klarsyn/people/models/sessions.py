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

    class Meta:
        indexes = (models.Index(fields=["expires_at"], name="people_session_expiry"),)

    def __str__(self) -> str:
        return self.id_hash[:8]
