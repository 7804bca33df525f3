"""Signs without persons and the calendar of events: what their addresses point at, and their forms filled in rightly."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from klarsyn.concerns.models import Event, Sighting
from klarsyn.concerns.observations import policy
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words


def _sign(cast: Cast, who: str, *, own: bool) -> Words:
    """A sign of the unit, logged by the one who asks or by somebody else in it."""
    today, id = timezone.localdate(), uuid4()
    by = cast.users[who] if own and who in cast.users else cast.users["trainer"]
    Sighting.objects.create(
        id=id, unit="Öster", sign="fear", place="hotel", year=today.year, month=today.month, during_event=False,
        mark=policy.mark(settings.SECRET_KEY, by.uid, id),
    )  # fmt: skip
    return {"pk": id}


def _event(in_days: int) -> Words:
    first = timezone.localdate() + timedelta(days=in_days)
    days = {"first_day": first, "last_day": first + timedelta(days=2), "entered_on": first}
    return {
        "pk": Event.objects.create(name="Provmässan", kind="fair", arena="Prov", source="prov", **days).pk
    }


SEEN: dict[str, dict[str, Maker]] = {
    "concerns:take_back_sign": {
        "own": lambda cast, who: _sign(cast, who, own=True),
        "another's": lambda cast, who: _sign(cast, who, own=False),
        "not there": lambda cast, who: {"pk": uuid4()},
    },
    "concerns:withdraw_event": {
        "coming": lambda cast, who: _event(21),
        "begun": lambda cast, who: _event(-1),
        "not there": lambda cast, who: {"pk": GONE},
    },
}


def sign(_cast: Cast, _who: str) -> dict[str, str]:
    return {"sign": "fear", "place": "hotel", "when": f"{timezone.localdate():%Y-%m} other"}


def event(_cast: Cast, _who: str) -> dict[str, str]:
    day = timezone.localdate() + timedelta(days=30)
    words = {"name": "Provmässan", "kind": "fair", "arena": "Prov", "source": "prov", "visitors": "100"}
    return {**words, "first_day": str(day), "last_day": str(day + timedelta(days=2))}
