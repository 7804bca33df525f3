"""What staff read of the plan: late first, each demand with its measures, each measure with its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from klarsyn.people.models import RoleHeld, User
from klarsyn.people.permissions import Permission
from klarsyn.people.roles import ROLES
from klarsyn.plan import history, policy
from klarsyn.plan.models import (
    ActionPlan,
    Change,
    Consultation,
    Decision,
    Demand,
    Measure,
    Motion,
    Outcome,
)
from klarsyn.plan.motions import words
from klarsyn.plan.motions.showing import plan_progress


@dataclass(frozen=True, slots=True)
class Line:
    """A measure on a list. `percent` is its share of its plan; None when it is stopped or not asked for."""

    measure: Measure
    is_late: bool
    done: int
    milestones: int
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class DemandShown:
    demand: Demand
    outcomes: tuple[Outcome, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class MotionShown:
    motion: Motion
    demands: tuple[DemandShown, ...]


@dataclass(frozen=True, slots=True)
class PlanShown:
    plan: ActionPlan
    progress: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """`mine`: what the units answer for in which the reader reviews."""

    late: tuple[Line, ...]
    mine: tuple[Line, ...]
    motions: tuple[MotionShown, ...]
    plans: tuple[PlanShown, ...]
    is_invented: bool


def overview(user: User, today: date) -> Overview:
    """Everything, in a number of queries that does not grow with it."""
    plans = tuple(_plan(one, today) for one in _plans())
    lines = [line for one in plans for line in one.lines]
    units = user.units_of(Permission.PLAN_REVIEW)
    motions = _motions(lines)
    return Overview(
        late=_in_order(line for line in lines if line.is_late),
        mine=_in_order(line for line in lines if line.measure.responsible_unit in units),
        motions=motions, plans=plans,
        is_invented=any(one.plan.is_invented for one in plans) or any(m.motion.is_invented for m in motions),
    )  # fmt: skip


def motion_shown(motion: Motion, today: date) -> MotionShown:
    """One motion, each demand with what was decided and the measures that answer it."""
    rows = Measure.objects.filter(demands__motion=motion).distinct().select_related("plan")
    lines = [line_of(one, today) for one in rows.prefetch_related("milestones", "demands")]
    return _motion(motion, lines)


def holds_invented(motion: Motion) -> bool:
    """Whether it, or something that stands on its page, is the demonstration's."""
    below = (motion.decisions, motion.consultations, Measure.objects.filter(demands__motion=motion))
    return motion.is_invented or any(rows.filter(is_invented=True).exists() for rows in below)


def plan_shown(plan: ActionPlan, today: date) -> PlanShown:
    """One plan with the shares of its measures and how far it has come."""
    return next(_plan(one, today) for one in _plans().filter(pk=plan.pk))


def line_of(measure: Measure, today: date, percent: int | None = None) -> Line:
    """The measure as on a list; its milestones at hand, or asked for."""
    steps = list(measure.milestones.all())
    left = [one.due_on for one in steps if one.done_on is None]
    is_late = policy.is_late(measure.state, measure.due_on, left, today)
    return Line(measure, is_late, len(steps) - len(left), len(steps), percent)


def units() -> list[str]:
    """The units in which somebody reviews, by name."""
    keys = [role.key for role in ROLES if Permission.PLAN_REVIEW in role.permissions]
    held = RoleHeld.objects.filter(role__in=keys).exclude(unit="")
    return sorted(set(held.values_list("unit", flat=True)))


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the history in words."""

    change: Change
    what: str
    was: str
    became: str


def told(row: Measure | Motion | ActionPlan | Decision | Consultation) -> list[Told]:
    """The row's history, newest first."""
    return [
        Told(one, words.field_name(one), words.value_words(one, one.was), words.value_words(one, one.became))
        for one in history.lines(row)
    ]


def _plans() -> QuerySet[ActionPlan]:
    return ActionPlan.objects.select_related("adopted_by", "supersedes", "superseded_by").prefetch_related(
        "measures__milestones", "measures__demands__motion"
    )


def _plan(plan: ActionPlan, today: date) -> PlanShown:
    measures = list(plan.measures.all())
    live = [one for one in measures if one.state in policy.WEIGHED]
    whole = policy.percents(policy.shares([one.weight for one in live]))
    percent = dict(zip((one.pk for one in live), whole, strict=True))
    for one in measures:
        one.plan = plan
    lines = _in_order(line_of(one, today, percent.get(one.pk)) for one in measures)
    return PlanShown(plan, plan_progress(measures), lines)


def _motions(lines: list[Line]) -> tuple[MotionShown, ...]:
    rows = Motion.objects.prefetch_related("demands__outcomes__decision")
    return tuple(_motion(one, lines) for one in rows)


def _motion(motion: Motion, lines: Iterable[Line]) -> MotionShown:
    by_demand = defaultdict(list)
    for line in lines:
        for one in line.measure.demands.all():
            by_demand[one.pk].append(line)
    return MotionShown(
        motion,
        tuple(
            DemandShown(one, tuple(one.outcomes.all()), _in_order(by_demand[one.pk]))
            for one in motion.demands.all()
        ),
    )


def _in_order(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Late first, then by the last day; what is done or stopped at the end."""
    return tuple(
        sorted(
            lines, key=lambda one: (not one.is_late, one.measure.state not in policy.OPEN, one.measure.due_on)
        )
    )
