"""Make and change a plan, its measures and their milestones. Each leaves its changes and a log line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan import history, policy
from klarsyn.plan.indicators import choosing
from klarsyn.plan.models import ActionPlan, Decision, Demand, Measure, Milestone
from klarsyn.plan.motions.texts import kept, slug_for

_NAMED = ("title", "what", "responsible_unit", "funding", "indicator", "indicator_cell")


@transaction.atomic
def make_plan(
    *, title: str, starts_on: date, ends_on: date, adopted_by: Decision | None, supersedes: ActionPlan | None,
    by: User, today: date,
) -> ActionPlan:  # fmt: skip
    """A plan for a period. Refused: days in the wrong order, an earlier plan that is replaced already."""
    _check_may(by)
    texts = kept(title=title)
    _check_plan(None, starts_on, ends_on, supersedes)
    plan = ActionPlan.objects.create(
        slug=slug_for(ActionPlan, texts["title"]), starts_on=starts_on, ends_on=ends_on,
        adopted_by=adopted_by, supersedes=supersedes, entered_on=today, entered_by=by, is_invented=by.is_demo,
        **texts,
    )  # fmt: skip
    _made(plan, plan.title, action="plan.make", by=by)
    return plan


@transaction.atomic
def change_plan(
    *, plan: ActionPlan, title: str, starts_on: date, ends_on: date, adopted_by: Decision | None,
    supersedes: ActionPlan | None, why: str, by: User, today: date,
) -> None:  # fmt: skip
    """The same again, with a reason. A plan that would come after itself is refused."""
    _check_may(by)
    texts = kept(title=title, why=why)
    why = texts.pop("why")
    row = ActionPlan.objects.select_for_update().get(pk=plan.pk)
    _check_plan(row, starts_on, ends_on, supersedes)
    days = {"starts_on": starts_on, "ends_on": ends_on}
    links = {"adopted_by": adopted_by, "supersedes": supersedes}
    history.change(row, {**texts, **days, **links}, by=by, why=why)
    _told("plan.change", row, by)


@transaction.atomic
def make_measure(
    *, plan: ActionPlan, demands: Collection[Demand], by: User, today: date, **values: Any
) -> Measure:
    """A measure of the plan. `values`: the fields of MeasureForm. A last day that has been is allowed."""
    _check_may(by)
    ready = _measured(values, held=("", ""), invented=by.is_demo)
    measure = Measure.objects.create(
        plan=plan, slug=slug_for(Measure, ready["title"]), entered_on=today, entered_by=by,
        is_invented=by.is_demo, **ready,
    )  # fmt: skip
    measure.demands.set(demands)
    _made(measure, measure.title, action="plan.make_measure", by=by)
    return measure


@transaction.atomic
def change_measure(
    *, measure: Measure, demands: Collection[Demand], why: str, by: User, today: date, **values: Any
) -> None:
    """The same again, with a reason. The state is changed by reviews, never here."""
    _check_may(by)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    ready = _measured(values, held=(row.indicator, row.indicator_cell), invented=row.is_invented)
    why = kept(why=why)["why"]
    history.change(row, ready, by=by, why=why)
    before, after = list(row.demands.all()), sorted(demands, key=lambda one: (one.motion_id, one.number))
    if {one.pk for one in before} != {one.pk for one in after}:
        history.note(row, "demands", _numbers(before), _numbers(after), by=by, why=why)
        row.demands.set(after)
    _told("plan.change_measure", row, by)


@transaction.atomic
def add_milestone(*, measure: Measure, title: str, due_on: date, by: User, today: date) -> Milestone:
    """A step of the measure. Refused once the measure is done or stopped."""
    _check_may(by)
    texts = kept(title=title)
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if row.state not in policy.OPEN:
        raise Refused(_("Åtgärden är avslutad. Ta upp den igen i en uppföljning först. Inget är sparat."))
    made = Milestone.objects.create(measure=row, due_on=due_on, **texts)
    history.note(row, "milestone", "", f"{made.title} ({due_on})", by=by)
    _told("plan.milestone", row, by)
    return made


@transaction.atomic
def strike_milestone(*, measure: Measure, milestone: Milestone, by: User, today: date) -> None:
    """A step that is not to be taken after all. The history keeps its name."""
    _check_may(by)
    row = Milestone.objects.select_for_update().filter(pk=milestone.pk, measure=measure).first()
    if row is None:
        raise Refused(_("Delmålet är inte kvar. Inget är ändrat."))
    history.note(measure, "milestone", f"{row.title} ({row.due_on})", "", by=by)
    row.delete()
    _told("plan.milestone", measure, by)


def _check_plan(
    plan: ActionPlan | None, starts_on: date, ends_on: date, supersedes: ActionPlan | None
) -> None:
    if ends_on < starts_on:
        raise Refused(_("Planens sista dag ligger före den första. Inget är sparat."))
    if supersedes is None:
        return
    # Read with a lock, so that two who replace the same plan at once do not make a circle between them.
    rows = ActionPlan.objects.select_for_update().values_list("pk", "supersedes_id")
    earlier = dict(rows)
    policy.check_no_circle(plan.pk if plan else None, supersedes.pk, earlier)
    others = (pk for pk, before in earlier.items() if before == supersedes.pk)
    if any(plan is None or pk != plan.pk for pk in others):
        raise Refused(_("En annan plan ersätter den redan. Inget är sparat. Välj den senaste."))


def _measured(values: Mapping[str, Any], *, held: choosing.Asked, invented: bool) -> dict[str, Any]:
    texts = kept(
        **{name: values[name] for name in _NAMED}, may_be_empty=("funding", "indicator", "indicator_cell")
    )
    if values["due_on"] < values["starts_on"]:
        raise Refused(_("Sista dagen ligger före den första. Inget är sparat; det du har skrivit står kvar."))
    if (values["target"] is None) != (values["target_year"] is None):
        raise Refused(_("Ett mål behöver både tal och år. Inget är sparat; det du har skrivit står kvar."))
    if values["target"] is not None and not (texts["indicator"] and values["direction"]):
        raise Refused(_("Ett mål behöver en indikator och en riktning. Inget är sparat."))
    asked, aim = (texts["indicator"], texts["indicator_cell"]), ("target", "target_year", "baseline_year")
    if asked != held:  # what was chosen of an earlier mapping may stay
        choosing.check_choice(*asked, invented=invented)
    choosing.check_aim(asked, **{name: values[name] for name in aim}, invented=invented)
    return {**values, **texts}


def _numbers(demands: Collection[Demand]) -> str:
    return ", ".join(f"{one.motion}: {one.number}" for one in demands)


def _check_may(by: User) -> None:
    if not by.may(Permission.PLAN_CHANGE):
        raise Refused(_("Bara den planansvariga ändrar planen. Inget är sparat."))


def _made(row: models.Model, name: str, *, action: str, by: User) -> None:
    history.note(row, history.MADE, "", name, by=by)
    _told(action, row, by)


def _told(action: str, row: models.Model, by: User) -> None:
    record(action=action, by=by.pseudonym, object=history.subject_of(row))
