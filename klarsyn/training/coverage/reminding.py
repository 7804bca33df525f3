"""What the desk says of courses: to whoever is asked one, and to heads how many in their unit are late."""

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
from klarsyn.training.coverage.policy import LATE, DueState, days
from klarsyn.training.coverage.queries import Mine, asked_of_me, coverages, units_led


def reminders(user: User) -> Iterator[Reminder]:
    """One's own courses that are due, late or running out; then each unit one leads, without names."""
    today = timezone.localdate()
    soon = today + days("due_soon", today)
    for mine in asked_of_me(user, today):
        if mine.standing in LATE or mine.standing is DueState.EXPIRING or _is_soon(mine, soon):
            yield Reminder(told(mine), reverse("training:course", args=[mine.course]), mine.standing in LATE)
    led = list(units_led(user))
    covered = coverages(led, today) if led else {}
    for unit in led:
        late = sum(person.standing in LATE for one in covered[unit.pk] for person in one.people)
        words = ngettext("%(unit)s: %(n)d kurs är försenad", "%(unit)s: %(n)d kurser är försenade", late)
        text = (
            words % {"unit": unit, "n": late} if late else _("%(unit)s: ingen är försenad") % {"unit": unit}
        )
        yield Reminder(text, reverse("training:unit", args=[unit.pk]), late > 0)


def _is_soon(mine: Mine, soon: date) -> bool:
    return mine.standing is DueState.DUE and mine.due <= soon


def told(mine: Mine) -> str:
    """What is asked, in a sentence with its day."""
    until = date_format(mine.valid_until) if mine.valid_until else ""
    said = {"course": mine.title, "day": until or date_format(mine.due)}
    texts = {
        DueState.EXPIRED: _("%(course)s: ditt intyg gick ut %(day)s. Gå kursen igen."),
        DueState.EXPIRING: _("%(course)s: ditt intyg går ut %(day)s. Gå kursen igen före dess."),
        DueState.OVERDUE: _("%(course)s skulle ha varit klar %(day)s."),
        DueState.DUE: _("%(course)s ska vara klar %(day)s."),
    }
    return texts[mine.standing] % said
