"""Reads what is published: a row is shown when it and what it hangs on are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from django.db.models import Prefetch, Q, QuerySet

from klarsyn.plan import policy
from klarsyn.plan.history import corrected, subject_of
from klarsyn.plan.models import (
    ActionPlan,
    Change,
    Consultation,
    Decision,
    Demand,
    Measure,
    Milestone,
    Motion,
    Outcome,
    Review,
)
from klarsyn.plan.motions.published import (
    PublishedChange,
    PublishedConsultation,
    PublishedDecision,
    PublishedDemand,
    PublishedMeasure,
    PublishedMilestone,
    PublishedMotion,
    PublishedOutcome,
    PublishedPlan,
    PublishedReview,
)

# What anyone may know has changed. Weights and texts of the house's own work stay inside.
PUBLIC_FIELDS: Final = frozenset(
    {"state", "starts_on", "due_on", "cost", "funding", "funding_ends_on", "responsible_unit", "target",
     "target_year", "title", "what", "milestone"}
)  # fmt: skip
_OUT: Final = Q(published_on__isnull=False)
_MEASURE_OUT: Final = _OUT & Q(plan__published_on__isnull=False)
_MOTION_OUT: Final = Q(motion=None) | Q(motion__published_on__isnull=False)


def published_motions() -> tuple[PublishedMotion, ...]:
    """Every published motion, the latest first, with what was asked, answered and decided of it."""
    days = _corrections()
    return tuple(_motion(one, days) for one in _motions())


def published_motion(slug: str) -> PublishedMotion | None:
    return next((_motion(one, _corrections()) for one in _motions().filter(slug=slug)), None)


def published_decisions() -> tuple[PublishedDecision, ...]:
    """Every published decision, the latest first; not one of a motion that is not published."""
    rows = Decision.objects.filter(_OUT & _MOTION_OUT).select_related("motion").prefetch_related("outcomes")
    days = _corrections()
    return tuple(_decision(one, days) for one in rows)


def published_plans(today: date) -> tuple[PublishedPlan, ...]:
    """Every published plan, the latest first, with its published measures."""
    decisions = {one.pk: one for one in published_decisions()}
    measures = defaultdict(list)
    for one in published_measures(today):
        measures[one.plan].append(one)
    rows = ActionPlan.objects.filter(_OUT).select_related("supersedes", "superseded_by")
    found = []
    for row in rows.prefetch_related("measures__milestones"):
        after = getattr(row, "superseded_by", None)
        found.append(
            PublishedPlan(
                row.pk, row.slug, row.title, row.starts_on, row.ends_on,
                decisions.get(row.adopted_by_id or 0), _slug_out(row.supersedes), _slug_out(after),
                plan_progress(row.measures.all()), tuple(measures[row.slug]), row.is_invented, _day(row),
            )
        )  # fmt: skip
    return tuple(found)


def published_measures(today: date) -> tuple[PublishedMeasure, ...]:
    """Every published measure of a published plan, by its last day."""
    rows = list(_measures())
    weighed = _percents(rows)
    changes = _changes(rows)
    return tuple(_measure(one, today, weighed.get(one.pk), changes[subject_of(one)]) for one in rows)


def published_measure(slug: str, today: date) -> PublishedMeasure | None:
    row = _measures().filter(slug=slug).first()
    if row is None:
        return None
    return _measure(row, today, _percents([row]).get(row.pk), _changes([row])[subject_of(row)])


def plan_progress(measures: Iterable[Measure]) -> int | None:
    """In whole percents, rounded down so that 100 means all of it; the measures with `milestones` at hand."""
    told = []
    for one in measures:
        steps = list(one.milestones.all())
        told.append((one.state, one.weight, sum(s.done_on is not None for s in steps), len(steps)))
    share = policy.progress(told)
    return None if share is None else int(share * 100)


def _motions() -> QuerySet[Motion]:
    out = Measure.objects.filter(_MEASURE_OUT)
    decided = Outcome.objects.filter(decision__published_on__isnull=False).select_related("decision")
    return Motion.objects.filter(_OUT).prefetch_related(
        Prefetch("demands", Demand.objects.order_by("number")),
        Prefetch("demands__outcomes", decided.order_by("decision__decided_on")),
        Prefetch("demands__measures", out),
        Prefetch("consultations", Consultation.objects.filter(_OUT)),
        Prefetch("decisions", Decision.objects.filter(_OUT).select_related("motion")),
        "decisions__outcomes",
    )


def _measures() -> QuerySet[Measure]:
    return (
        Measure.objects.filter(_MEASURE_OUT)
        .select_related("plan")
        .prefetch_related(
            "milestones",
            Prefetch("demands", Demand.objects.filter(motion__published_on__isnull=False)),
            Prefetch("reviews", Review.objects.filter(_OUT)),
        )
    )


def _corrections() -> Mapping[str, date]:
    return corrected("motion", "consultation", "decision")


def _corrected_on(row: Motion | Consultation | Decision, days: Mapping[str, date]) -> date | None:
    """What was put right before anyone outside could read it is nobody's news."""
    on = days.get(subject_of(row))
    return on if on is not None and row.published_on is not None and on >= row.published_on else None


def _motion(row: Motion, days: Mapping[str, date]) -> PublishedMotion:
    return PublishedMotion(
        row.pk, row.slug, row.registry_number, row.title, row.handed_in_on, row.handed_in_by, row.text,
        row.source, row.source_address,
        tuple(_demand(one) for one in row.demands.all()),
        tuple(
            PublishedConsultation(
                c.sent_to, c.sent_on, c.due_on, c.answer, c.answered_on, c.is_invented, _corrected_on(c, days)
            )
            for c in row.consultations.all()
        ),
        tuple(_decision(one, days) for one in row.decisions.all()),
        row.is_invented, _day(row), _corrected_on(row, days),
    )  # fmt: skip


def _demand(row: Demand) -> PublishedDemand:
    return PublishedDemand(
        row.pk, row.number, row.text,
        tuple(_outcome(one) for one in row.outcomes.all()),
        tuple(one.slug for one in row.measures.all()),
    )  # fmt: skip


def _outcome(row: Outcome) -> PublishedOutcome:
    return PublishedOutcome(
        row.demand_id, row.result, str(row.get_result_display()), row.wording, row.decision_id
    )


def _decision(row: Decision, days: Mapping[str, date]) -> PublishedDecision:
    return PublishedDecision(
        row.pk, row.motion.slug if row.motion else "", row.title, row.by_whom, row.registry_number,
        row.decided_on, row.wording, row.source, row.source_address,
        tuple(_outcome(one) for one in row.outcomes.all()),
        row.is_invented, _day(row), _corrected_on(row, days),
    )  # fmt: skip


def _measure(
    row: Measure, today: date, percent: int | None, changes: tuple[PublishedChange, ...]
) -> PublishedMeasure:
    steps = list(row.milestones.all())
    is_late = policy.is_late(row.state, row.due_on, [s.due_on for s in steps if s.done_on is None], today)
    return PublishedMeasure(
        row.pk, row.slug, row.plan.slug, row.plan.title, row.title, row.what, row.responsible_unit,
        row.starts_on, row.due_on, row.cost, row.funding, row.funding_ends_on,
        policy.funding_ends_early(row.funding_ends_on, row.due_on),
        percent, row.state, str(row.get_state_display()), is_late,
        row.indicator, row.indicator_cell, row.baseline_year, row.target, row.target_year,
        row.direction, tuple(one.pk for one in row.demands.all()),
        tuple(_milestone(one, row.state, today) for one in steps),
        tuple(_review(one) for one in row.reviews.all()), changes, row.is_invented, _day(row),
    )  # fmt: skip


def _milestone(row: Milestone, state: str, today: date) -> PublishedMilestone:
    is_late = state in policy.OPEN and row.done_on is None and row.due_on < today
    return PublishedMilestone(row.title, row.due_on, row.done_on, is_late)


def _review(row: Review) -> PublishedReview:
    return PublishedReview(
        row.pk, row.reviewed_on, row.by_unit, row.came_of_it, row.state_then,
        str(policy.State(row.state_then).label), row.was_late, row.reason_late, row.next_review_on,
        row.is_invented, _day(row),
    )  # fmt: skip


def _changes(rows: list[Measure]) -> dict[str, tuple[PublishedChange, ...]]:
    """Of each measure's changes those since it was published: what it was before is nobody's news."""
    since = {subject_of(one): _day(one) for one in rows}
    told = defaultdict(list)
    for one in Change.objects.filter(subject__in=since, field__in=PUBLIC_FIELDS).order_by(
        "-changed_at", "-pk"
    ):
        if one.changed_at.date() >= since[one.subject]:
            told[one.subject].append(PublishedChange(one.field, one.was, one.became, one.changed_at))
    return defaultdict(tuple, {subject: tuple(found) for subject, found in told.items()})


def _percents(rows: list[Measure]) -> dict[int, int]:
    """Each measure's share of its plan, among all that are not stopped, published or not."""
    live = Measure.objects.filter(plan__in={one.plan_id for one in rows}, state__in=policy.WEIGHED)
    by_plan = defaultdict(list)
    for pk, plan, weight in live.order_by("pk").values_list("pk", "plan_id", "weight"):
        by_plan[plan].append((pk, weight))
    found: dict[int, int] = {}
    for weighed in by_plan.values():
        whole = policy.percents(policy.shares([weight for _pk, weight in weighed]))
        found |= dict(zip((pk for pk, _weight in weighed), whole, strict=True))
    return found


def _slug_out(plan: ActionPlan | None) -> str:
    return plan.slug if plan is not None and plan.is_published else ""


def _day(row: Motion | Decision | ActionPlan | Measure | Review) -> date:
    assert row.published_on is not None
    return row.published_on
