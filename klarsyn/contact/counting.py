"""Numbers a month: one more, in the transaction of the act it counts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F

from klarsyn.contact.models import BookingCount, CallCount, CardCount, ResidenceCount

Count = type[BookingCount] | type[CallCount] | type[CardCount] | type[ResidenceCount]


def one_more(model: Count, team: UUID, day: date, by: int = 1, **what: str) -> None:
    """Add to the number of the month that `day` lies in."""
    wanted: dict[str, Any] = {"team_id": team, "month": day.replace(day=1), **what}
    row, _is_new = model.objects.get_or_create(**wanted)
    model.objects.filter(pk=row.pk).update(count=F("count") + by)
