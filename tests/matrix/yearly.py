"""The year, the law's points and the routines: what their addresses point at, and their forms filled in rightly."""

from __future__ import annotations

from django.utils import timezone

from klarsyn.plan.models import Routine
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words


def _routine(_cast: Cast, _who: str) -> Words:
    made = Routine.objects.create(
        name="Provrutin",
        office="Provkontoret",
        every_months=12,
        document="prov",
        entered_on=timezone.localdate(),
    )
    return {"pk": made.pk}


YEARLY: dict[str, dict[str, Maker]] = {
    "plan:year": {
        "kept": lambda cast, who: {"year": timezone.localdate().year},
        "not there": lambda cast, who: {"year": 1999},
    },
    "plan:routine": {"kept": _routine, "not there": lambda cast, who: {"pk": GONE}},
}


def held(_cast: Cast, _who: str) -> dict[str, str]:
    day = str(timezone.localdate())
    return {"step": "done", "stage": "present", "on": day, "words": "Protokollet", "document": ""}


def note(_cast: Cast, _who: str) -> dict[str, str]:
    return {"point": "council", "words": "Rådet finns", "document": "", "dated_on": str(timezone.localdate())}


def routine(_cast: Cast, _who: str) -> dict[str, str]:
    filled = {"name": "Ny rutin", "office": "Provkontoret", "every_months": "12", "document": "prov"}
    return filled | {"reviewed_on": ""}


def review(_cast: Cast, _who: str) -> dict[str, str]:
    return {"step": "review", "on": str(timezone.localdate()), "words": ""}
