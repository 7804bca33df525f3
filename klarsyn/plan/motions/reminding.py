"""What the desk says of the plan: late measures and reviews that are due, to the unit and to the keeper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from klarsyn.base.front import Reminder
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan import policy
from klarsyn.plan.models import Measure
from klarsyn.plan.motions.queries import line_of


def reminders(user: User) -> Iterator[Reminder]:
    """A line a measure for the unit that answers for it; one line in all for the keeper of the plan."""
    today, units = timezone.localdate(), user.units_of(Permission.PLAN_REVIEW)
    keeps = user.may(Permission.PLAN_CHANGE)
    if not units and not keeps:
        return
    open_ = Measure.objects.filter(state__in=policy.OPEN, plan__superseded_by=None)
    asked = open_ if keeps else open_.filter(responsible_unit__in=units)
    lines = [line_of(one, today) for one in asked.prefetch_related("milestones", "reviews")]
    for line in lines:
        if line.measure.responsible_unit in units:
            yield from _told(line.measure, line.is_late, today)
    late = sum(line.is_late for line in lines)
    if keeps and late:
        text = ngettext("%(n)d åtgärd i planen är försenad", "%(n)d åtgärder i planen är försenade", late)
        yield Reminder(text % {"n": late}, reverse("plan:overview"), is_late=True)


def _told(measure: Measure, is_late: bool, today: date) -> Iterator[Reminder]:
    address = reverse("plan:measure", args=[measure.slug])
    if is_late:
        yield Reminder(
            _("%(measure)s är försenad. Skriv varför.") % {"measure": measure}, address, is_late=True
        )
        return
    latest = next(iter(measure.reviews.all()), None)
    if latest is not None and latest.next_review_on is not None and latest.next_review_on <= today:
        said = {"measure": measure, "day": date_format(latest.next_review_on)}
        yield Reminder(_("%(measure)s skulle följas upp %(day)s.") % said, address)
