"""Units, certificates and packages: what their addresses point at, and their forms filled in rightly."""

from __future__ import annotations

from django.utils import timezone

from klarsyn.training.library import library
from klarsyn.training.models import Completion, Learner, Unit
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words


def _else(who: str) -> str:
    return "councillor" if who == "analyst" else "analyst"


def _unit(cast: Cast, head: str) -> Words:
    made = Unit.objects.create(name="Prov", kind="school")
    if head in cast.users:
        made.heads.add(cast.users[head])
    return {"pk": made.pk}


def _completion(cast: Cast, whose: str) -> Words:
    today = timezone.localdate()
    learner, _is_new = Learner.objects.get_or_create(
        user=cast.users[whose if whose in cast.users else "analyst"]
    )
    words = {
        "course": "prov",
        "version": "1.0",
        "done_on": today,
        "valid_until": today.replace(year=today.year + 2),
    }
    return {"pk": Completion.objects.create(learner=learner, **words).pk}


UNITS: dict[str, Maker] = {
    "led by oneself": lambda cast, who: _unit(cast, who),
    "led by somebody else": lambda cast, who: _unit(cast, _else(who)),
    "not there": lambda cast, who: {"pk": GONE},
}
TRAINED: dict[str, dict[str, Maker]] = {
    "training:unit": UNITS,
    "training:unit_names": UNITS,
    "training:certificate": {
        "own": lambda cast, who: _completion(cast, who),
        "another's": lambda cast, who: _completion(cast, _else(who)),
        "not there": lambda cast, who: {"pk": GONE},
    },
    "training:package": {
        "there": lambda cast, who: {"key": next(iter(library())), "language": "sv", "kind": "scorm12"},
        "not there": lambda cast, who: {"key": "finns-inte", "language": "sv", "kind": "scorm12"},
    },
}


def unit(_cast: Cast, _who: str) -> dict[str, str]:
    return {"step": "size", "size": "7"}


def units(_cast: Cast, _who: str) -> dict[str, str]:
    return {"step": "unit", "name": "Ny enhet", "kind": "school", "parent": ""}


def number(_cast: Cast, _who: str) -> dict[str, str]:
    return {"number": "ABCD EFGH 2345"}
