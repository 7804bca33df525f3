"""The work with the police: what its addresses point at, and its forms filled in rightly."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from klarsyn.plan.models import AgreedMeasure, Agreement, Goal, JointWork, Meeting
from tests.matrix.cast import Cast
from tests.matrix.watched import GONE, Maker, Words

Fields = dict[str, str]


def _agreement() -> Agreement:
    today = timezone.localdate()
    days = {"signed_on": today, "valid_from": today, "valid_to": today + timedelta(days=400)}
    return Agreement.objects.create(title="Prov", registry_number="SN 1", **days)


def _goal() -> Words:
    return {
        "pk": Goal.objects.create(
            agreement=_agreement(), text="Prov", follow_up="prov", due_on=timezone.localdate()
        ).pk
    }


def _work() -> Words:
    today, numbers = timezone.localdate(), {"occasions": 1, "hours": 1, "staff": 1, "cards": 1}
    return {"pk": JointWork.objects.create(year=today.year, month=today.month, kind="training", **numbers).pk}


def _meeting() -> Meeting:
    return Meeting.objects.create(held_on=timezone.localdate(), group="steering", attendees="Prov")


def _agreed() -> Words:
    made = AgreedMeasure.objects.create(
        meeting=_meeting(), text="Prov", responsible="prov", due_on=timezone.localdate()
    )
    return {"pk": made.pk}


_GONE: Maker = lambda cast, who: {"pk": GONE}  # noqa: E731
COOPERATED: dict[str, dict[str, Maker]] = {
    "plan:agreement": {"held": lambda cast, who: {"pk": _agreement().pk}, "not there": _GONE},
    "plan:agreement_end": {"held": lambda cast, who: {"pk": _agreement().pk}, "not there": _GONE},
    "plan:goal": {"open": lambda cast, who: _goal(), "not there": _GONE},
    "plan:joint_work_correct": {"entered": lambda cast, who: _work(), "not there": _GONE},
    "plan:meeting": {"held": lambda cast, who: {"pk": _meeting().pk}, "not there": _GONE},
    "plan:agreed": {"waiting": lambda cast, who: _agreed(), "not there": _GONE},
}


def _new_agreement(_cast: Cast, _who: str) -> Fields:
    today = str(timezone.localdate())
    texts = ("title", "municipal_office", "police_area", "signed_for_municipality", "signed_for_police")
    days = {"signed_on": today, "valid_from": today, "valid_to": ""}
    return {
        **dict.fromkeys(texts, "Prov"),
        **days,
        "registry_number": "SN 2",
        "document": "",
        "forms_agreed": "shift",
    }


def _joint_work(_cast: Cast, _who: str) -> Fields:
    numbers = {"occasions": "2", "hours": "4", "staff": "2", "cards": "1"}
    return {"when": f"{timezone.localdate():%Y-%m}", "kind": "shift", **numbers}


def _day() -> str:
    return str(timezone.localdate())


COOPERATING = {
    "plan:agreement_new": _new_agreement,
    "plan:agreement": lambda cast, who: {"text": "Mål", "due_on": _day(), "follow_up": "så"},
    "plan:agreement_end": lambda cast, who: {"end-why": "Ersatt"},
    "plan:goal": lambda cast, who: {"state": "met", "due_on": _day(), "why": "Nått"},
    "plan:joint_work": _joint_work,
    "plan:joint_work_correct": lambda cast, who: {
        "occasions": "2", "hours": "1", "staff": "1", "cards": "1", "why": "glömt",
    },
    "plan:meetings": lambda cast, who: {"held_on": _day(), "group": "steering", "attendees": "Prov", "notes": ""},
    "plan:meeting": lambda cast, who: {"text": "Prov", "responsible": "prov", "due_on": _day(), "measure": ""},
    "plan:agreed": lambda cast, who: {"done": "on"},
}  # fmt: skip
