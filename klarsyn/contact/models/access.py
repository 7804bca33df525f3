"""How a code opens what it opens, and how often wrong ones were tried."""

from __future__ import annotations

import uuid

from django.db import models

from klarsyn.base.pauses import CountedTries


class Access(models.Model):
    """What one code opens: a pair of keys, sealed with what the code derives. Who has it is nowhere.

    `tag` is a keyed hash of the locator: without the pepper nobody finds the row of a code. Whatever hangs on
    the code (a thread, a booking) names this row and goes with it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    team = models.ForeignKey("people.Team", models.PROTECT, related_name="+")
    tag = models.CharField(max_length=64, unique=True)
    salt = models.BinaryField()
    passes = models.PositiveSmallIntegerField()
    memory = models.PositiveIntegerField()
    pepper_generation = models.PositiveSmallIntegerField()
    public = models.BinaryField()  # the visitor's public key: staff seal to it, nobody here opens with it
    sealed = models.BinaryField()  # the seed of the pair, under what the code derives
    seen = models.BinaryField()  # the day the code was last used, under a key of the seed
    created_on = models.DateField()
    expires_on = models.DateField()

    class Meta:
        indexes = (models.Index(fields=["expires_on"], name="contact_access_expires"),)

    def __str__(self) -> str:
        return str(self.id)


class Tries(CountedTries):
    """Wrong codes of the last hour; counted by another keyed hash than the one above."""
