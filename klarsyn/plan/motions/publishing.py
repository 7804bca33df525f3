"""Let a row of the plan be seen outside, or take it back inside. Both stand in the history and in the log."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from klarsyn.base.audit.recording import record
from klarsyn.base.errors import Refused
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan import history
from klarsyn.plan.models import ActionPlan, Consultation, Decision, Measure, Motion, Review

Row = Motion | Consultation | Decision | ActionPlan | Measure | Review


@transaction.atomic
def publish(*, row: Row, by: User, today: date) -> None:
    """From today it may be seen by anyone, once what it hangs on is. Twice is refused."""
    _check_may(by)
    held = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if held.is_published:
        raise Refused(_("Det är redan publicerat. Inget är ändrat."))
    history.change(held, {"published_on": today}, by=by)
    record(action="plan.publish", by=by.pseudonym, object=history.subject_of(held))


@transaction.atomic
def hide(*, row: Row, by: User, today: date) -> None:
    """Nobody outside sees it any more. What somebody has already saved is theirs."""
    _check_may(by)
    held = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if not held.is_published:
        raise Refused(_("Det är inte publicerat. Inget är ändrat."))
    history.change(held, {"published_on": None}, by=by)
    record(action="plan.hide", by=by.pseudonym, object=history.subject_of(held))


def _check_may(by: User) -> None:
    if not by.may(Permission.PLAN_PUBLISH):
        raise Refused(_("Bara den planansvariga publicerar i planen. Inget är ändrat."))
