"""A small plan made for tests: one motion, its decision, a plan with two measures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from klarsyn.plan.models import ActionPlan, Consultation, Decision, Demand, Measure, Milestone, Motion, Review

DAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True)
class Made:
    motion: Motion
    demands: tuple[Demand, Demand]
    consultation: Consultation
    decision: Decision
    plan: ActionPlan
    measure: Measure
    other: Measure
    review: Review


def whole(*, published_on: date | None = None, unit: str = "Öster") -> Made:
    """Everything once; the first measure has two milestones, one of them done, and a review."""
    row: dict[str, Any] = {"entered_on": DAY, "published_on": published_on}
    motion = Motion.objects.create(
        slug="en-motion", title="En motion", handed_in_on=DAY, handed_in_by="Ledamot (X)", text="Text",
        source="Källan", **row,
    )  # fmt: skip
    one, two = (motion.demands.create(number=n, text=f"att {n} görs") for n in (1, 2))
    asked = motion.consultations.create(sent_to="Socialnämnden", sent_on=DAY, due_on=date(2026, 5, 1), **row)
    decision = motion.decisions.create(
        body="council", registry_number="KS 2026/12", title="Beslut om motionen", decided_on=date(2026, 6, 1),
        wording="Bifalls", source="Protokoll", **row,
    )  # fmt: skip
    decision.outcomes.create(demand=one, result="approved")
    plan = ActionPlan.objects.create(
        slug="planen", title="Planen", starts_on=DAY, ends_on=date(2028, 12, 31), adopted_by=decision, **row
    )
    measure = _measure(plan, "mottagning", unit, weight=3, state="running", **row)
    measure.demands.add(one)
    Milestone.objects.create(
        measure=measure, title="Lokal", due_on=date(2026, 4, 1), done_on=date(2026, 4, 1)
    )
    Milestone.objects.create(measure=measure, title="Öppet", due_on=date(2026, 9, 1))
    review = Review.objects.create(
        measure=measure, reviewed_on=date(2026, 6, 1), by_unit=unit, came_of_it="Lokalen finns.",
        state_then="running", **row,
    )  # fmt: skip
    other = _measure(plan, "utbildning", unit, weight=1, **row)
    return Made(motion, (one, two), asked, decision, plan, measure, other, review)


def _measure(plan: ActionPlan, slug: str, unit: str, **row: Any) -> Measure:
    return Measure.objects.create(
        plan=plan, slug=slug, title=slug.title(), what="Vad", responsible_unit=unit, starts_on=DAY,
        due_on=date(2026, 12, 31), **row,
    )  # fmt: skip
