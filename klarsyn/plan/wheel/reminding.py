"""What the desk says of the year: to the keeper everything, to a role the stages it answers for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klarsyn.base.front import Reminder
from klarsyn.people.models import User
from klarsyn.people.permissions import Permission
from klarsyn.plan.wheel.policy import StageState, Standing, is_reminded
from klarsyn.plan.wheel.queries import evening_of, wheel, years_kept
from klarsyn.plan.wheel.words import STAGES


def reminders(user: User) -> Iterator[Reminder]:
    """Of every year whose evening is set, from a stage's day of reminding until it is done."""
    if not user.may(Permission.YEAR_READ):
        return
    today = timezone.localdate()
    is_keeper, roles = user.may(Permission.YEAR_CHANGE), {role.key for role in user.roles}
    if is_keeper and evening_of(today.year) is None:
        text = _("Året %(year)d: kvällen i fullmäktige har ingen dag än.") % {"year": today.year}
        yield Reminder(text, reverse("plan:year", args=[today.year]))
    for year in years_kept(near=today.year):
        for one in wheel(year, today, asks_counts=False).stages:
            if is_reminded(one, today) and (is_keeper or roles.intersection(one.span.roles)):
                yield Reminder(told(year, one, today), reverse("plan:year", args=[year]), _is_late(one))


def _is_late(one: Standing) -> bool:
    return one.state is StageState.LATE or (one.state is StageState.CANNOT_TELL)


def told(year: int, one: Standing, today: date) -> str:
    """The stage and its day, in a sentence."""
    said = {"year": year, "stage": STAGES[one.stage], "day": date_format(one.span.due_on)}
    if one.state is StageState.CANNOT_TELL:
        return _("Året %(year)d, %(stage)s: anteckna om det är klart. Det skulle vara klart %(day)s.") % said
    if one.state is StageState.LATE:
        return _("Året %(year)d, %(stage)s: skulle ha varit klart %(day)s.") % said
    return _("Året %(year)d, %(stage)s: ska vara klart %(day)s.") % said
