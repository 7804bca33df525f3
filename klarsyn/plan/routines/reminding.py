"""What the desk says of routines: to the keeper, those that should have been looked through."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klarsyn.base.front import Reminder
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.routines.policy import RoutineState
from klarsyn.plan.routines.queries import register


def reminders(user: User) -> Iterator[Reminder]:
    if not user.may(Permission.YEAR_CHANGE):
        return
    for one in register(timezone.localdate()):
        address = reverse("plan:routine", args=[one.routine.pk])
        said = {"name": one.routine.name, "office": one.routine.office, "day": date_format(one.due_on)}
        if one.state is RoutineState.NEVER:
            yield Reminder(_("%(name)s (%(office)s) har aldrig gåtts igenom.") % said, address)
        elif one.state is RoutineState.LATE:
            text = _("%(name)s (%(office)s) skulle ha gåtts igenom %(day)s.") % said
            yield Reminder(text, address, is_late=True)
