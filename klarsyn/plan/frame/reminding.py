"""What the desk says of the law: to the keeper, what is to be made anew and when."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klarsyn.base.front import Reminder
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.frame.policy import PointState
from klarsyn.plan.frame.queries import points


def reminders(user: User) -> Iterator[Reminder]:
    """Points that are late, or due within the days of the law's file. What is missing stands on the page."""
    if not user.may(Permission.YEAR_CHANGE):
        return
    for one in points(timezone.localdate()):
        if one.due_on is None or one.state not in (PointState.LATE, PointState.DUE_SOON):
            continue
        said = {"section": one.point.section, "day": date_format(one.due_on)}
        is_late = one.state is PointState.LATE
        late, soon = (
            _("Lagen %(section)s: skulle ha gjorts om %(day)s."),
            _("Lagen %(section)s: ska göras om %(day)s."),
        )
        yield Reminder((late if is_late else soon) % said, reverse("plan:law"), is_late)
