"""The demonstration's plan: the real motion of 2021 as the press told it; all that follows is invented."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.plan import history
from klarsyn.plan.models import ActionPlan, Consultation, Decision, Measure, Motion, Outcome, Review

FILE: Final = Path(__file__).with_name("demo.toml")
KEEPER, REGISTRAR = "petra", "lars"
Told = Mapping[str, Any]


@transaction.atomic
def ensure_demo_plan(today: date | None = None) -> int:
    """The motion and the invented plan; how many measures were made. Repeatable; days count from today."""
    if not settings.DEMO:
        raise Refused(_("Den påhittade planen finns bara i demonstrationen (KLARSYN_DEMO). Inget är ändrat."))
    told = tomllib.loads(FILE.read_text(encoding="utf-8"))
    if Motion.objects.filter(slug=told["motion"]["slug"]).exists():
        return 0
    day = today or timezone.localdate()
    motion = _motion(told["motion"])
    for one in told["consultations"]:
        Consultation.objects.create(motion=motion, **_row(one), **one)
    plan = _plan(told["plan"], _decision(told["decision"], motion), day)
    for one in told["measures"]:
        _measure(plan, motion, one, day)
    return len(told["measures"])


def _motion(told: Told) -> Motion:
    texts = {name: value for name, value in told.items() if name != "demands"}
    row = _row({"published_on": told["handed_in_on"]}, REGISTRAR) | {"is_invented": False}
    motion = Motion.objects.create(**texts, **row)
    for number, text in enumerate(told["demands"], 1):
        motion.demands.create(number=number, text=text)
    history.note(motion, history.MADE, "", motion.title, by=_who(REGISTRAR))
    return motion


def _decision(told: Told, motion: Motion) -> Decision:
    texts = {name: value for name, value in told.items() if name != "outcomes"}
    made = Decision.objects.create(motion=motion, **_row(told, REGISTRAR), **texts)
    for demand, (result, wording) in zip(motion.demands.order_by("number"), told["outcomes"], strict=True):
        Outcome.objects.create(decision=made, demand=demand, result=result, wording=wording)
    return made


def _plan(told: Told, decision: Decision, today: date) -> ActionPlan:
    days = {"starts_on": date(today.year - 1, 1, 1), "ends_on": date(today.year + 1, 12, 31)}
    return ActionPlan.objects.create(
        **told, **days, adopted_by=decision, **_row({"published_on": days["starts_on"]})
    )


def _measure(plan: ActionPlan, motion: Motion, told: Told, today: date) -> None:
    apart = (
        "demands",
        "milestones",
        "reviews",
        "changes",
        "starts_in",
        "due_in",
        "funding_ends_in",
        "hidden",
    )
    texts = {name: value for name, value in told.items() if name not in apart}
    days = {"starts_on": _in(told["starts_in"], today), "due_on": _in(told["due_in"], today)}
    if "funding_ends_in" in told:
        days["funding_ends_on"] = _in(told["funding_ends_in"], today)
    row = _row({"published_on": None if told.get("hidden") else plan.starts_on})
    measure = Measure.objects.create(plan=plan, **texts, **days, **row)
    measure.demands.set(motion.demands.filter(number__in=told["demands"]))
    for title, due, done in told.get("milestones", ()):
        done_on = _in(due + done, today) if done < 0 else None
        measure.milestones.create(title=title, due_on=_in(due, today), done_on=done_on)
    history.note(measure, history.MADE, "", measure.title, by=_who(KEEPER))
    for field, was, became, why in told.get("changes", ()):
        history.note(measure, field, was, became, by=_who(KEEPER), why=why)
    for one in told.get("reviews", ()):
        _review(measure, one, today)


def _review(measure: Measure, told: Told, today: date) -> None:
    texts = {name: value for name, value in told.items() if name not in ("in", "next_in", "hidden")}
    on = _in(told["in"], today)
    next_on = _in(told["next_in"], today) if "next_in" in told else None
    Review.objects.create(
        measure=measure, reviewed_on=on, by_unit=measure.responsible_unit, next_review_on=next_on,
        was_late="reason_late" in told, **_row({"published_on": None if told.get("hidden") else on}), **texts,
    )  # fmt: skip


def _row(told: Told, who: str = KEEPER) -> dict[str, Any]:
    """What every row has: invented, and seen from the day it was, where nothing else is said."""
    day = next((told[name] for name in ("published_on", "decided_on", "sent_on") if name in told), None)
    entered = day or date(2022, 1, 10)
    return {"published_on": day, "is_invented": True, "entered_on": entered, "entered_by": _who(who)}


def _who(username: str) -> User | None:
    return User.objects.filter(username=username, is_demo=True).first()


def _in(days: int, today: date) -> date:
    return today + timedelta(days=days)
