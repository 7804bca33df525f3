"""A unit says what came of its measure and ticks off milestones. Each leaves its changes and a log line."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan import history, policy
from klarsyn.plan.models import Measure, Milestone, Review
from klarsyn.plan.motions.texts import kept
from klarsyn.plan.nobody import check_counts_nobody


def may_review(by: User, measure: Measure) -> bool:
    """Whether a role held in the very unit that answers for the measure lets them."""
    return measure.responsible_unit in by.units_of(Permission.PLAN_REVIEW)


def may_tick(by: User, measure: Measure) -> bool:
    """The unit, or whoever keeps the plan."""
    return may_review(by, measure) or by.may(Permission.PLAN_CHANGE)


@transaction.atomic
def review(
    *, measure: Measure, state: str, came_of_it: str, reason_late: str, next_review_on: date | None, by: User,
    today: date,
) -> Review:  # fmt: skip
    """What came of it until today, and the state from now on. A late one without a reason is refused."""
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if not may_review(by, row):
        raise Refused(_("Bara den enhet som ansvarar följer upp åtgärden. Inget är sparat."))
    texts = kept(came_of_it=came_of_it, reason_late=reason_late, may_be_empty=("reason_late",))
    check_counts_nobody(texts["came_of_it"], texts["reason_late"])
    left = row.milestones.filter(done_on=None)
    late = policy.is_late(row.state, row.due_on, [one.due_on for one in left], today)
    policy.check_reason(is_late=late, reason=texts["reason_late"])
    after = policy.State(state)
    policy.check_become(policy.State(row.state), after, open_milestones=left.count())
    if next_review_on is not None and next_review_on <= today:
        raise Refused(_("Nästa uppföljning ligger inte framåt i tiden. Inget är sparat."))
    made = Review.objects.create(
        measure=row, reviewed_on=today, by_unit=row.responsible_unit, reviewed_by=by, state_then=after,
        was_late=late, next_review_on=next_review_on, entered_on=today, entered_by=by,
        is_invented=by.is_demo, **texts,
    )  # fmt: skip
    history.change(row, {"state": after.value}, by=by, why=texts["reason_late"][:500])
    history.note(made, history.MADE, "", str(today), by=by)
    record(action="plan.review", by=by.pseudonym, object=history.subject_of(row))
    return made


@transaction.atomic
def tick(*, measure: Measure, milestone: Milestone, by: User, today: date) -> None:
    """The step is done today; ticked once more it is open again. Refused for another's measure."""
    row = Milestone.objects.select_for_update().filter(pk=milestone.pk, measure=measure).first()
    if row is None:
        raise Refused(_("Delmålet är inte kvar. Inget är ändrat."))
    held = Measure.objects.select_for_update().get(pk=measure.pk)
    if not may_tick(by, held):
        raise Refused(_("Bara den enhet som ansvarar bockar av delmål. Inget är ändrat."))
    if held.state not in policy.OPEN:
        raise Refused(_("Åtgärden är avslutad. Ta upp den igen i en uppföljning först. Inget är ändrat."))
    was, row.done_on = row.done_on, None if row.done_on else today
    row.save(update_fields=["done_on"])
    told = [f"{row.title}: {day}" if day else row.title for day in (was, row.done_on)]
    history.note(held, "milestone", *told, by=by)
    record(action="plan.milestone", by=by.pseudonym, object=history.subject_of(held))
