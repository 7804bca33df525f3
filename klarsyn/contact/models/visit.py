"""A visitor's ten minutes."""

from __future__ import annotations

from django.db import models


class Visit(models.Model):
    """What an open page of a visitor needs, sealed with a secret that lies in a cookie and nowhere else.

    When it ends stands inside; outside only the day, after which the row goes whatever happens.
    """

    name = models.CharField(max_length=64, primary_key=True)  # a hash of the cookie's secret
    sealed = models.BinaryField()
    day = models.DateField()

    def __str__(self) -> str:
        return "visit"
